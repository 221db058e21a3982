import { randomUUID } from 'node:crypto'
import { type FileHandle, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { IMPLEMENTATION_UID } from '../../shared/dicom-implementation.ts'
import { Pieces } from '../sealed/format.ts'
import type { ReceivedObject } from './protocol.ts'
import { IMPLEMENTATION_VERSION } from './uids.ts'

/** What an object is, as its sender said. */
export type ObjectName = Pick<ReceivedObject, 'sopClassUid' | 'sopInstanceUid' | 'transferSyntaxUid'>

/**
 * An object on its way to a file: its data set is written as it comes, behind a meta header of our own (PS3.10 7.1). The
 * header tells nothing of the sender or the time, so that the same object is the same file whenever and from wherever it
 * comes.
 */
export class ObjectFile {
  readonly path: string
  readonly #name: ObjectName
  readonly #file: FileHandle
  readonly #pieces: Pieces | null
  #bytes = 0

  private constructor(path: string, file: FileHandle, name: ObjectName, key: Uint8Array | null) {
    this.path = path
    this.#file = file
    this.#name = name
    this.#pieces = key && new Pieces(key)
  }

  /** @throws errors of the file system */
  static async create(folder: string, name: ObjectName, key: Uint8Array | null): Promise<ObjectFile> {
    const path = join(folder, `dicom-${randomUUID()}`)
    const file = new ObjectFile(path, await open(path, 'wx', 0o600), name, key)
    try {
      if (file.#pieces) await file.#file.writeFile(file.#pieces.header)
      await file.write(fileHeader(name))
    } catch (error) {
      await file.discard()
      throw error
    }
    return file
  }

  get bytes(): number {
    return this.#bytes
  }

  /** @throws errors of the file system */
  async write(chunk: Buffer): Promise<void> {
    this.#bytes += chunk.length
    for (const piece of this.#pieces ? this.#pieces.add(chunk) : [chunk]) await this.#file.writeFile(piece)
  }

  /** Waits until the disk has it. @throws errors of the file system */
  async complete(): Promise<ReceivedObject> {
    if (this.#pieces) await this.#file.writeFile(this.#pieces.last())
    await this.#file.datasync()
    await this.#file.close()
    return { path: this.path, bytes: this.#bytes, ...this.#name }
  }

  async discard(): Promise<void> {
    await this.#file.close().catch(() => undefined)
    await rm(this.path, { force: true }).catch(() => undefined)
  }
}

/** Preamble, prefix and meta information; explicit VR little endian whatever the data set is in. */
export function fileHeader({ sopClassUid, sopInstanceUid, transferSyntaxUid }: ObjectName): Buffer {
  const version = Buffer.from([0x02, 0, 0x01, 0, 0x4f, 0x42, 0, 0, 2, 0, 0, 0, 0, 1])
  const elements = Buffer.concat([
    version,
    shortElement(0x0002, 'UI', sopClassUid),
    shortElement(0x0003, 'UI', sopInstanceUid),
    shortElement(0x0010, 'UI', transferSyntaxUid),
    shortElement(0x0012, 'UI', IMPLEMENTATION_UID),
    shortElement(0x0013, 'SH', IMPLEMENTATION_VERSION),
  ])
  const length = Buffer.from([0x02, 0, 0, 0, 0x55, 0x4c, 4, 0, 0, 0, 0, 0])
  length.writeUInt32LE(elements.length, 8)
  return Buffer.concat([Buffer.alloc(128), Buffer.from('DICM'), length, elements])
}

function shortElement(number: number, vr: string, text: string): Buffer {
  const value = Buffer.from(text.length % 2 === 0 ? text : text + (vr === 'UI' ? '\0' : ' '), 'latin1')
  const header = Buffer.from([0x02, 0, 0, 0, vr.charCodeAt(0), vr.charCodeAt(1), 0, 0])
  header.writeUInt16LE(number, 2)
  header.writeUInt16LE(value.length, 6)
  return Buffer.concat([header, value])
}
