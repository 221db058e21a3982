import { GyrusError } from '../../../../../shared/errors.ts'
import type { DicomFile } from '../file.ts'
import { isEncapsulated, SYNTAX } from '../file.ts'
import { codedFrame, nativeFrame } from '../frames.ts'
import type { ImagePixel } from '../image-pixel.ts'
import type { Codec, Uncompressed } from './codec.ts'
import { rle } from './rle.ts'

/** Compressed transfer syntaxes (PS3.6, table A-1). A new one is one file and one entry here. */
const CODECS: Record<string, Codec> = {
  '1.2.840.10008.1.2.5': rle,
}

const NATIVE = new Set<string>(Object.values(SYNTAX))

/**
 * One frame (0-based), uncompressed.
 * @throws GyrusError `dicom-unsupported`, `dicom-pixels-mismatch`, `dicom-frame-missing`, `dicom-attribute`, `image-corrupt`
 */
export async function uncompress({ syntax, set }: DicomFile, image: ImagePixel, frame: number): Promise<Uncompressed> {
  if (!isEncapsulated(set)) {
    if (!NATIVE.has(syntax)) throw new GyrusError('dicom-unsupported', { syntax })
    return { bytes: nativeFrame(set, image, frame), image, little: set.little }
  }
  const codec = CODECS[syntax]
  if (!codec) throw new GyrusError('dicom-unsupported', { syntax })
  const coded = codedFrame(set, image, frame)
  try {
    return await codec(coded, image)
  } catch (error) {
    throw error instanceof GyrusError ? error : new GyrusError('image-corrupt', {}, { cause: error })
  }
}
