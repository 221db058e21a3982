import { ABORTED, abort, PDU, PDU_HEADER } from './pdu.ts'
import { Gone, Refused, type Wire } from './wire.ts'

/** A command has a few hundred bytes. */
const MAX_COMMAND = 16 * 1024
/** Control byte of a PDV (PS3.8 E.2). */
const IS_COMMAND = 1
const IS_LAST = 2

export interface Fragment {
  context: number
  command: boolean
  last: boolean
  /** Bytes of it that are still to be taken. */
  left: number
}

/** How much and how long one data set may be. */
export interface DataSetLimits {
  bytes: number
  /** ms, whatever comes bit by bit. */
  time: number
  onTooLarge(): void
}

/** Messages of one association as they come in (PS3.8 9.3.5), however they are spread over PDUs. */
export class Fragments {
  readonly #wire: Wire
  readonly #maxPdu: number
  readonly #idleMs: number
  /** Of the PDU that is being taken. */
  #pduLeft = 0

  /** @param maxPdu bytes that one PDU may have, as the other end was told */
  constructor(wire: Wire, maxPdu: number, idleMs: number) {
    this.#wire = wire
    this.#maxPdu = maxPdu
    this.#idleMs = idleMs
  }

  /** The other end has to be heard of in time from now on. */
  hurry(): void {
    this.#wire.within(this.#idleMs)
  }

  async header(): Promise<{ type: number; length: number }> {
    const header = await this.#wire.take(PDU_HEADER)
    return { type: header.readUInt8(0), length: header.readUInt32BE(2) }
  }

  /** @throws Gone, Refused */
  async next(): Promise<Fragment | 'released'> {
    if (this.#pduLeft === 0) {
      this.hurry()
      const { type, length } = await this.header()
      if (type === PDU.releaseRequest && length === 4) {
        await this.#wire.take(length)
        return 'released'
      }
      if (type === PDU.abort) throw new Gone()
      if (type !== PDU.data) throw malformed(ABORTED.unexpected)
      if (length > this.#maxPdu) throw malformed()
      this.#pduLeft = length
    }
    if (this.#pduLeft < 6) throw malformed()
    const head = await this.#wire.take(6)
    const length = head.readUInt32BE(0)
    this.#pduLeft -= 4 + length
    if (length < 2 || this.#pduLeft < 0) throw malformed()
    const control = head.readUInt8(5)
    const last = (control & IS_LAST) !== 0
    // Nothing that goes on for ever.
    if (length === 2 && !last) throw malformed()
    return { context: head.readUInt8(4), command: (control & IS_COMMAND) !== 0, last, left: length - 2 }
  }

  /** The command that begins with this fragment. @throws Gone, Refused */
  async command(first: Fragment): Promise<Buffer> {
    const parts: Buffer[] = []
    let length = 0
    for (let fragment = first; ; fragment = await this.#goOn(first.context, true)) {
      if (!fragment.command) throw malformed()
      length += fragment.left
      if (length > MAX_COMMAND) throw malformed()
      parts.push(await this.#wire.take(fragment.left))
      if (fragment.last) return Buffer.concat(parts)
    }
  }

  /** The data set that follows a command, in pieces. @throws Gone, Refused */
  async dataSet(context: number, limits: DataSetLimits, take: (chunk: Buffer) => Promise<void>): Promise<void> {
    const until = Date.now() + limits.time
    let allowed = limits.bytes
    for (;;) {
      const fragment = await this.#goOn(context, false)
      for (let left = fragment.left; left > 0; ) {
        const chunk = await this.#wire.some(left)
        left -= chunk.length
        allowed -= chunk.length
        if (allowed < 0) {
          limits.onTooLarge()
          throw malformed(ABORTED.unspecified)
        }
        if (Date.now() > until) throw new Refused('timeout', abort(ABORTED.unspecified))
        await take(chunk)
      }
      if (fragment.last) return
    }
  }

  async #goOn(context: number, command: boolean): Promise<Fragment> {
    const next = await this.next()
    if (next === 'released' || next.context !== context || next.command !== command) throw malformed()
    return next
  }
}

export const malformed = (reason: number = ABORTED.invalidParameter) => new Refused('malformed', abort(reason))
