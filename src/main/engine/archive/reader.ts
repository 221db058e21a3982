import { type FileHandle, open } from 'node:fs/promises'
import { PassThrough, Readable } from 'node:stream'
import { RandomAccessReader } from 'yauzl'

const PIECE = 64 * 1024

/** Reads anywhere in a file, which is open only while somebody holds it: nothing keeps an upload from being removed. */
export class FileReader extends RandomAccessReader {
  readonly #path: string
  #handle: Promise<FileHandle> | null = null
  #holders = 0

  constructor(path: string) {
    super()
    this.#path = path
  }

  /** @throws errors of the file system */
  async hold<T>(work: () => Promise<T>): Promise<T> {
    this.#holders += 1
    try {
      this.#handle ??= open(this.#path)
      await this.#handle
      return await work()
    } finally {
      this.#holders -= 1
      if (this.#holders === 0) await this.#letGo()
    }
  }

  async #letGo(): Promise<void> {
    const handle = this.#handle
    this.#handle = null
    await handle?.then(
      (file) => file.close(),
      () => undefined,
    )
  }

  // A stream for each record of a directory would take ten times as long.
  override read(buffer: Buffer, offset: number, length: number, position: number, done: (error: Error | null) => void) {
    this.#read(buffer, offset, length, position).then((bytes) => done(bytes < length ? cutOff() : null), done)
  }

  async #read(buffer: Buffer, offset: number, length: number, position: number): Promise<number> {
    const handle = await this.#handle
    return handle ? (await handle.read(buffer, offset, length, position)).bytesRead : 0
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.#pieces(start, end))
  }

  // Not the system's own stream, which closes the file when it is left before its end.
  async *#pieces(start: number, end: number): AsyncGenerator<Buffer> {
    const handle = await this.#handle
    for (let at = start; handle && at < end; ) {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(Math.min(PIECE, end - at)), 0, null, at)
      // Cut off: yauzl says so.
      if (bytesRead === 0) return
      yield buffer.subarray(0, bytesRead)
      at += bytesRead
    }
  }
}

const cutOff = () => new Error('unexpected end of file')

/** The same in memory. */
export class MemoryReader extends RandomAccessReader {
  readonly #bytes: Uint8Array

  constructor(bytes: Uint8Array) {
    super()
    this.#bytes = bytes
  }

  hold<T>(work: () => Promise<T>): Promise<T> {
    return work()
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return new PassThrough().end(this.#bytes.subarray(start, end))
  }
}
