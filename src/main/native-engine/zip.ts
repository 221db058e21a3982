import { createWriteStream } from 'node:fs'
import { type FileHandle, mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { PassThrough } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { crc32, createInflateRaw } from 'node:zlib'

/*
 * ZIP as a wheel uses it: one disk, no encryption, below 4 GB.
 * Source: PKWARE, APPNOTE.TXT 6.3.10, sections 4.3.7 (local header), 4.3.12 (central directory), 4.3.16 (its end).
 */
const END_SIGNATURE = 0x06054b50
const END_BYTES = 22
const ENTRY_SIGNATURE = 0x02014b50
const ENTRY_BYTES = 46
const LOCAL_BYTES = 30
const STORED = 0
const DEFLATED = 8

export interface ZipEntry {
  name: string
  method: number
  crc: number
  packedBytes: number
  bytes: number
  /** Of its local header. */
  offset: number
}

/** The entries of an archive by name. @throws Error where it is no whole ZIP file */
export async function readZip(path: string): Promise<Map<string, ZipEntry>> {
  await using file = await open(path)
  const { size } = await file.stat()
  // The end record is last, but for a comment, which wheels do not have.
  const end = await readAt(file, Math.max(0, size - END_BYTES), Math.min(size, END_BYTES))
  if (end.length < END_BYTES || end.readUInt32LE(0) !== END_SIGNATURE) throw new Error('no end of the ZIP directory')
  const directory = await readAt(file, end.readUInt32LE(16), end.readUInt32LE(12))
  const entries = new Map<string, ZipEntry>()
  for (let at = 0; at < directory.length; ) {
    if (directory.readUInt32LE(at) !== ENTRY_SIGNATURE) throw new Error('the ZIP directory is damaged')
    const nameBytes = directory.readUInt16LE(at + 28)
    const name = directory.toString('utf8', at + ENTRY_BYTES, at + ENTRY_BYTES + nameBytes)
    entries.set(name, {
      name,
      method: directory.readUInt16LE(at + 10),
      crc: directory.readUInt32LE(at + 16),
      packedBytes: directory.readUInt32LE(at + 20),
      bytes: directory.readUInt32LE(at + 24),
      offset: directory.readUInt32LE(at + 42),
    })
    at += ENTRY_BYTES + nameBytes + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32)
  }
  return entries
}

export interface ExtractOptions {
  signal?: AbortSignal | undefined
  /** Told of the unpacked bytes as they are written. */
  onBytes?: (bytes: number) => void
}

/** Writes one entry to a file. @throws Error where its contents do not fit its checksum; AbortError */
export async function extractEntry(zip: string, entry: ZipEntry, target: string, options: ExtractOptions) {
  if (entry.method !== STORED && entry.method !== DEFLATED) throw new Error(`${entry.name}: unknown compression`)
  await mkdir(dirname(target), { recursive: true })
  await using file = await open(zip)
  const header = await readAt(file, entry.offset, LOCAL_BYTES)
  const start = entry.offset + LOCAL_BYTES + header.readUInt16LE(26) + header.readUInt16LE(28)
  const packed = file.createReadStream({ start, end: start + entry.packedBytes - 1, autoClose: false })
  const unpack = entry.method === DEFLATED ? createInflateRaw() : new PassThrough()
  let crc = 0
  async function* check(chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      crc = crc32(chunk, crc)
      options.onBytes?.(chunk.length)
      yield chunk
    }
  }
  await pipeline(packed, unpack, check, createWriteStream(target), { signal: options.signal })
  if (crc !== entry.crc) throw new Error(`${entry.name}: wrong checksum`)
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position)
  return buffer.subarray(0, bytesRead)
}
