import { Receiving } from '../../listener/receiving.ts'
import { STORAGE_CLASSES } from '../../listener/uids.ts'
import { Belongs } from '../dimse/belongs.ts'
import { storageContexts } from '../dimse/uids.ts'
import type { Sink } from '../peer.ts'
import type { Kept, What } from '../protocol.ts'
import { metaOf } from './meta.ts'

/** Those that an object is asked for by C-GET, too. */
const SYNTAXES = new Set(storageContexts().flatMap(({ transferSyntaxes }) => transferSyntaxes))

/** `passed-over`: it is nothing that Gyrus reads. */
export type Became = Kept | 'passed-over'

/**
 * An object while it comes. Its file gets a header of ours: the same object is the same file whether it came by DICOMweb
 * or by C-STORE.
 */
export class Taking {
  readonly #what: What
  readonly #sink: Sink
  #held = Buffer.alloc(0)
  #receiving: { object: Receiving; belongs: Belongs } | null = null
  /** It is read to its end all the same: what follows it stands behind it. */
  #became: 'failed' | 'passed-over' | null = null

  constructor(what: What, sink: Sink) {
    this.#what = what
    this.#sink = sink
  }

  /** @returns what is wrong with it, as part of a sentence */
  async add(piece: Buffer): Promise<string | null> {
    if (this.#became !== null) return null
    if (this.#receiving) await this.#take(piece)
    else {
      this.#held = Buffer.concat([this.#held, piece])
      const meta = metaOf(this.#held)
      if (typeof meta === 'string') return meta
      if (meta === null) return null
      const { dataSetAt, ...name } = meta
      const begun = this.#held.subarray(dataSetAt)
      this.#held = Buffer.alloc(0)
      if (!STORAGE_CLASSES.has(name.sopClassUid)) this.#became = 'passed-over'
      else if (!SYNTAXES.has(name.transferSyntaxUid)) this.#became = 'failed'
      else {
        const belongs = new Belongs(this.#what, name.transferSyntaxUid)
        this.#receiving = { object: new Receiving(this.#sink, name), belongs }
        await this.#take(begun)
      }
    }
    return null
  }

  async end(): Promise<Became> {
    if (this.#became !== null) return this.#became
    // It ended within its header, or is of another study.
    if (!this.#receiving?.belongs.answer) return 'failed'
    const received = await this.#receiving.object.complete()
    return typeof received === 'string' ? 'failed' : this.#sink.onObject(received)
  }

  /** Leaves nothing behind, whatever became of it. */
  async discard(): Promise<void> {
    await this.#receiving?.object.end()
  }

  async #take(piece: Buffer): Promise<void> {
    this.#receiving?.belongs.take(piece)
    await this.#receiving?.object.take(piece)
  }
}
