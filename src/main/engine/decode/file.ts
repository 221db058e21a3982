import { readStored, type StoredFile } from '../../sealed/read.ts'
import type { DecodedImage } from '../types.ts'
import { decodeImage } from './index.ts'

/** Reads and decodes one file. Errors of `decodeImage` and `readStored`. */
export async function decodeFile(file: StoredFile): Promise<DecodedImage> {
  return decodeImage(await readStored(file))
}
