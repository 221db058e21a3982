import { readStored, type StoredFile } from '../../sealed/read.ts'
import type { DecodedImage } from '../types.ts'
import { decodeImage } from './index.ts'

/**
 * Reads and decodes one file, or one in a ZIP file; of its frames the one from 0 on. Errors of `decodeImage`, `readStored`
 * and `readEntry`.
 */
export async function decodeFile(
  { entry, ...file }: StoredFile & { entry?: string },
  frame?: number,
): Promise<DecodedImage> {
  return decodeImage(await (entry === undefined ? readStored(file) : readEntryOf(file, entry)), frame)
}

/** Few engines ever see an archive. */
const readEntryOf = async (file: StoredFile, entry: string) =>
  (await import('../archive/read.ts')).readEntry(file, entry)
