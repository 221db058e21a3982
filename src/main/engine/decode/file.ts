import { readStored, type StoredFile } from '../../sealed/read.ts'
import type { DecodedImage, ImageFile } from '../types.ts'
import { decodeImage } from './index.ts'
import { decodedOnce } from './recent.ts'

/**
 * Reads and decodes one file, or one in a ZIP file; of its frames the one from 0 on. The image may be that of another caller,
 * and is not to be changed. Errors of `decodeImage`, `readStored` and `readEntry`.
 */
export function decodeFile(
  { entry, frame: own, ...file }: ImageFile & { entry?: string },
  frame = own,
): Promise<DecodedImage> {
  const read = () => (entry === undefined ? readStored(file) : readEntryOf(file, entry))
  const name = `${file.path}\n${entry ?? ''}`
  const key = file.key === undefined ? '' : Buffer.from(file.key).toString('hex')
  return decodedOnce(file.path, `${name}\n${frame ?? ''}\n${key}`, async () =>
    frame === undefined ? decodeImage(await read()) : once(name, read, (bytes) => decodeImage(bytes, frame)),
  )
}

/** Few engines ever see an archive. */
const readEntryOf = async (file: StoredFile, entry: string) =>
  (await import('../archive/read.ts')).readEntry(file, entry)

interface InUse {
  bytes: Promise<Uint8Array>
  users: number
}

/** Files of which frames are being decoded: many are asked for at a time, and one may have hundreds of megabytes. */
const inUse = new Map<string, InUse>()

/** Reads a file once for all who use it at the time; with the last of them it is let go. */
async function once<T>(
  name: string,
  read: () => Promise<Uint8Array>,
  use: (bytes: Uint8Array) => Promise<T>,
): Promise<T> {
  const one = inUse.get(name) ?? { bytes: read(), users: 0 }
  inUse.set(name, one)
  one.users += 1
  try {
    return await use(await one.bytes)
  } finally {
    one.users -= 1
    if (one.users === 0 && inUse.get(name) === one) inUse.delete(name)
  }
}
