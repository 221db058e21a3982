import { ObjectFile } from '../../listener/object-file.ts'
import { STORAGE_CLASSES, TRANSFER_SYNTAXES } from '../../listener/uids.ts'
import type { Sink } from '../peer.ts'
import { type Meta, metaOf } from './meta.ts'

/**
 * An object while it comes. Its file gets a header of ours: the same object is the same file whether it came by DICOMweb
 * or by C-STORE.
 */
export class Taking {
  readonly #sink: Sink
  #held = Buffer.alloc(0)
  #file: ObjectFile | null = null
  /** It is read to its end all the same: what follows it stands behind it. */
  #became: 'failed' | 'passed-over' | null = null

  constructor(sink: Sink) {
    this.#sink = sink
  }

  /** @returns what is wrong with it, as part of a sentence */
  async add(piece: Buffer): Promise<string | null> {
    if (this.#became !== null) return null
    if (this.#file) await this.#write(this.#file, piece)
    else {
      this.#held = Buffer.concat([this.#held, piece])
      const meta = metaOf(this.#held)
      if (typeof meta === 'string') return meta
      if (meta !== null) await this.#begin(meta)
    }
    return null
  }

  async end(): Promise<'kept' | 'failed' | 'passed-over'> {
    if (this.#became !== null) return this.#became
    // It ended within its header.
    if (!this.#file) return 'failed'
    const received = await this.#file.complete().catch(() => null)
    if (received === null) return 'failed'
    return (await this.#sink.onObject(received)) === 'kept' ? 'kept' : 'failed'
  }

  /** Leaves nothing behind of what did not come to its end. */
  async discard(): Promise<void> {
    await this.#file?.discard()
  }

  async #begin(meta: Meta): Promise<void> {
    const { dataSetAt, ...name } = meta
    if (!STORAGE_CLASSES.has(name.sopClassUid)) this.#became = 'passed-over'
    else if (!TRANSFER_SYNTAXES.has(name.transferSyntaxUid)) this.#became = 'failed'
    else {
      const { folder, key } = this.#sink
      this.#file = await ObjectFile.create(folder, name, key).catch(() => null)
      if (this.#file) await this.#write(this.#file, this.#held.subarray(dataSetAt))
      else this.#became = 'failed'
    }
    this.#held = Buffer.alloc(0)
  }

  /** A disk that takes no more is no fault of the server; what it has still can be asked for again. */
  async #write(file: ObjectFile, piece: Buffer): Promise<void> {
    await file.write(piece).catch(() => {
      this.#became = 'failed'
    })
  }
}
