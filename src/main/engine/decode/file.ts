import { readFile } from 'node:fs/promises'
import { asFileError } from '../../../shared/file-errors.ts'
import type { DecodedImage } from '../types.ts'
import { decodeImage } from './index.ts'

/** Reads and decodes one file. Errors of `decodeImage`, and `file-missing` or `file-unreadable`. */
export async function decodeFile(path: string): Promise<DecodedImage> {
  const bytes = await readFile(path).catch((error) => Promise.reject(asFileError(error)))
  return decodeImage(bytes)
}
