import type { Readable } from 'node:stream'
import { crc32 } from 'node:zlib'
import { GyrusError } from '../../../shared/errors.ts'
import type { StoredFile } from '../../sealed/read.ts'
import { MAX_ENTRY_BYTES } from './limits.ts'
import { type Archive, type ArchiveFile, asArchiveError, checkRatio, openArchive } from './open.ts'

const STORED = 0
const DEFLATED = 8

/**
 * What one file of an archive holds, in memory alone: it is never written under the name that the archive gives it.
 *
 * @param name as `listArchive` gave it
 * @throws GyrusError errors of `openArchive` and `checkReadable`; `archive-checksum`; `file-missing` where there is none
 */
export async function readEntry(file: StoredFile, name: string): Promise<Uint8Array> {
  const archive = await openArchive(file)
  const found = archive.byName.get(name)
  if (!found) throw new GyrusError('file-missing')
  return readFound(archive, found)
}

/** The same for one that was found. */
export async function readFound(archive: Archive, found: ArchiveFile): Promise<Uint8Array> {
  checkReadable(found)
  const { entry } = found
  const content = await unpack(archive, found, entry.uncompressedSize)
  if (content.length !== entry.uncompressedSize)
    throw new GyrusError('archive-damaged', { reason: 'a file is cut off' })
  if (crc32(content) !== entry.crc32) throw new GyrusError('archive-checksum')
  return content
}

/** The first bytes of a file; less where that is all. Errors as for `readEntry`. */
export function readHead(archive: Archive, file: ArchiveFile, bytes: number): Promise<Uint8Array> {
  return unpack(archive, file, Math.min(bytes, file.entry.uncompressedSize))
}

/** @throws GyrusError `archive-encrypted`, `archive-method`, `file-too-large`, `archive-ratio` */
export function checkReadable({ entry }: ArchiveFile): void {
  const { compressionMethod, compressedSize, uncompressedSize } = entry
  if (entry.isEncrypted()) throw new GyrusError('archive-encrypted')
  if (compressionMethod !== STORED && compressionMethod !== DEFLATED) {
    throw new GyrusError('archive-method', { method: compressionMethod })
  }
  if (uncompressedSize > MAX_ENTRY_BYTES) {
    const megabytes = Math.round(uncompressedSize / 2 ** 20)
    throw new GyrusError('file-too-large', { megabytes, limitMegabytes: MAX_ENTRY_BYTES / 2 ** 20 })
  }
  checkRatio(uncompressedSize, compressedSize)
}

/** Never holds more than one piece of the stream beyond `bytes`, whatever the archive states. */
function unpack({ zip, reader }: Archive, { entry }: ArchiveFile, bytes: number): Promise<Buffer> {
  return reader.hold(async () => {
    try {
      return await take(await zip.openReadStreamPromise(entry), bytes)
    } catch (error) {
      throw asArchiveError(error)
    }
  })
}

async function take(stream: Readable, bytes: number): Promise<Buffer> {
  const pieces: Buffer[] = []
  let length = 0
  // Read to its end where all is wanted: only there the library knows that it gave no more than was stated.
  for await (const piece of stream) {
    pieces.push(piece as Buffer)
    length += pieces.at(-1)?.length ?? 0
    if (length > bytes) break
  }
  return Buffer.concat(pieces, length)
}
