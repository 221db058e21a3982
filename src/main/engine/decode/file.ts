import { readStored, type StoredFile } from '../../sealed/read.ts'
import type { DecodedImage } from '../types.ts'
import { decodeImage } from './index.ts'

/** Reads and decodes one file, or one frame of it (from 0 on). Errors of `decodeImage` and `readStored`. */
export async function decodeFile(file: StoredFile, frame?: number): Promise<DecodedImage> {
  return decodeImage(await readStored(file), frame)
}
