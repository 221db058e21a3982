import type { Command } from './command.ts'
import type { AcceptedContext } from './negotiate.ts'
import { ObjectFile, type ObjectName } from './object-file.ts'
import type { ObjectPlace, ReceivedObject } from './protocol.ts'
import { isUid, STORAGE_CLASSES } from './uids.ts'

/** For one object, whatever comes bit by bit, ms. */
export const OBJECT_MS = 15 * 60_000

/** As much again as may be kept: a sender is told at the end of an object, but is not listened to for ever. */
export const mostBytes = ({ maxObjectMegabytes }: ObjectPlace): number => 2 * maxObjectMegabytes * 2 ** 20

/** What the object of a C-STORE is, in the context that it comes in; or which of its UIDs it cannot be kept by. */
export function nameOf(
  { abstractSyntax, transferSyntax }: AcceptedContext,
  { sopClassUid, sopInstanceUid }: Command,
): ObjectName | 'class' | 'instance' {
  if (abstractSyntax !== sopClassUid || !STORAGE_CLASSES.has(abstractSyntax)) return 'class'
  if (!isUid(sopInstanceUid)) return 'instance'
  return { sopClassUid, sopInstanceUid, transferSyntaxUid: transferSyntax }
}

/** An object while it comes in. What stands in its way is told at its end, when its sender listens for an answer. */
export class Receiving {
  readonly #settings: ObjectPlace
  readonly #name: ObjectName
  #file: ObjectFile | null = null
  #refused: 'too-large' | 'not-kept' | null = null

  constructor(settings: ObjectPlace, name: ObjectName) {
    this.#settings = settings
    this.#name = name
  }

  async take(chunk: Buffer): Promise<void> {
    if (this.#refused) return
    const { incoming, key, maxObjectMegabytes } = this.#settings
    try {
      this.#file ??= await ObjectFile.create(incoming, this.#name, key)
      if (this.#file.bytes + chunk.length > maxObjectMegabytes * 2 ** 20) await this.#give('too-large')
      else await this.#file.write(chunk)
    } catch {
      await this.#give('not-kept')
    }
  }

  /** The whole object, on the disk; or why it is not. */
  async complete(): Promise<ReceivedObject | 'too-large' | 'not-kept'> {
    // Without a single byte there is no file.
    if (this.#refused || this.#file === null) return this.#refused ?? 'not-kept'
    try {
      return await this.#file.complete()
    } catch {
      await this.#give('not-kept')
      return 'not-kept'
    }
  }

  /** Leaves nothing behind, whatever became of it. */
  async end(): Promise<void> {
    await this.#file?.discard()
  }

  async #give(reason: 'too-large' | 'not-kept'): Promise<void> {
    this.#refused = reason
    await this.#file?.discard()
  }
}
