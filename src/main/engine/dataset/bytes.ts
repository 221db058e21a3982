import { createHash } from 'node:crypto'
import { GyrusError } from '../../../shared/errors.ts'
import { asFileError } from '../../../shared/file-errors.ts'
import { readSetFile } from './sealed.ts'
import type { LabelledImage } from './types.ts'

/** A file of a set, and what it must hash to where that is known. */
export type ImageFile = Pick<LabelledImage, 'file' | 'path' | 'sha256'>

export interface ImageBytes {
  bytes: Uint8Array
  /** Hexadecimal. */
  sha256: string
}

/**
 * The bytes of one image of a set; those of a frozen set are checked to be what was frozen. Training and evaluation read
 * through this, so that nothing is learned from an image that somebody has exchanged.
 *
 * @throws GyrusError `file-missing`, `file-unreadable`; for an image with a known hash only `dataset-file-altered`
 */
export async function readImageBytes({ file, path, sha256: expected }: ImageFile): Promise<ImageBytes> {
  const altered = () => new GyrusError('dataset-file-altered', { file, path })
  const bytes = await readSetFile(path).catch((error) => Promise.reject(expected ? altered() : asFileError(error)))
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  if (expected && sha256 !== expected) throw altered()
  return { bytes, sha256 }
}
