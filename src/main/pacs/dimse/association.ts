import { GyrusError } from '../../../shared/errors.ts'
import type { DimseSettings } from '../../../shared/pacs.ts'
import { type DataSetLimits, Fragments } from '../../listener/fragments.ts'
import type { AcceptedContext } from '../../listener/negotiate.ts'
import { ABORTED, abort, PDU, pdu, releaseRequest } from '../../listener/pdu.ts'
import { Gone, Refused, Wire } from '../../listener/wire.ts'
import { type Accepted, type Proposed, readAssociateAccept, writeAssociateRequest } from './associate.ts'
import { type Incoming, readIncoming, writeCancel } from './commands.ts'
import { connectTo } from './connect.ts'

const ASSOCIATE_MS = 20_000
/** An answer to 128 contexts has some 5 kB. */
const MAX_ACCEPT = 256 * 1024
/** What we take in one PDU, bytes. */
const MAX_PDU = 128 * 1024
/** How long the other end may take to come to an end after it was told to, ms. */
const CANCEL_MS = 4_000
const GRACE_MS = 2_000

export interface Called {
  settings: DimseSettings
  secret: string | null
  signal: AbortSignal
}

export interface Message {
  context: number
  incoming: Incoming
}

/** One association from its request to its end, as the side that calls (PS3.8, PS3.7). */
export class Association {
  readonly #called: Called
  readonly #wire: Wire
  readonly #fragments: Fragments
  #accepted: Accepted = { contexts: new Map(), maxPdu: 0 }
  /** The request that a cancel is about. */
  #asked: { context: number; messageId: number } | null = null
  #messages = 0

  private constructor(called: Called, wire: Wire) {
    this.#called = called
    this.#wire = wire
    this.#fragments = new Fragments(wire, MAX_PDU, called.settings.waitSeconds * 1000)
  }

  /**
   * Runs `work` on an association of these contexts, and brings it to its end.
   *
   * @throws GyrusError `pacs-*`, `cancelled`
   */
  static async with<T>(
    called: Called,
    proposed: Proposed[],
    work: (association: Association) => Promise<T>,
  ): Promise<T> {
    const { settings, secret, signal } = called
    const wire = new Wire(await connectTo(settings, secret, signal))
    const association = new Association(called, wire)
    const cancel = () => association.#cancel()
    signal.addEventListener('abort', cancel, { once: true })
    try {
      await association.#associate(proposed)
      const result = await work(association)
      await association.#release()
      return result
    } catch (error) {
      throw await association.#failed(error)
    } finally {
      signal.removeEventListener('abort', cancel)
      wire.close()
    }
  }

  get pacs(): string {
    return this.#called.settings.name
  }

  /** Contexts that were accepted for a class. */
  contextsOf(abstractSyntax: string): { id: number; transferSyntax: string }[] {
    return [...this.#accepted.contexts]
      .filter(([, context]) => context.abstractSyntax === abstractSyntax)
      .map(([id, { transferSyntax }]) => ({ id, transferSyntax }))
  }

  /** @throws GyrusError `pacs-not-offered` */
  contextOf(abstractSyntax: string, service: string): { id: number; transferSyntax: string } {
    const [context] = this.contextsOf(abstractSyntax)
    if (!context) throw new GyrusError('pacs-not-offered', { pacs: this.pacs, service })
    return context
  }

  context(id: number): AcceptedContext | undefined {
    return this.#accepted.contexts.get(id)
  }

  nextMessageId(): number {
    this.#messages = (this.#messages % 0xffff) + 1
    return this.#messages
  }

  /** From now on a cancel is told to the other end, which then ends this request by itself. */
  mayCancel(context: number, messageId: number): void {
    this.#asked = { context, messageId }
  }

  /** Ends the request in the same way, for a reason of ours. */
  async cancelAsked(): Promise<void> {
    if (this.#asked) await this.#send(this.#asked.context, writeCancel(this.#asked.messageId), true)
  }

  /** @throws Gone, Refused */
  async send(context: number, command: Buffer, dataSet?: Uint8Array): Promise<void> {
    await this.#send(context, command, true)
    if (dataSet) await this.#send(context, dataSet, false)
  }

  /** The next command that comes. @throws Gone, Refused */
  async next(): Promise<Message> {
    const first = await this.#fragments.next()
    if (first === 'released') throw new Gone()
    if (!this.#accepted.contexts.has(first.context)) throw new Refused('malformed', abort(ABORTED.invalidParameter))
    return { context: first.context, incoming: readIncoming(await this.#fragments.command(first)) }
  }

  /** The data set that follows, in pieces. @throws Gone, Refused */
  dataSet(context: number, limits: Omit<DataSetLimits, 'onTooLarge'>, take: (chunk: Buffer) => Promise<void>) {
    return this.#fragments.dataSet(context, { ...limits, onTooLarge: () => undefined }, take)
  }

  /** The same, whole, where it is short. @throws Gone, Refused */
  async shortDataSet(context: number, bytes: number): Promise<Buffer> {
    const parts: Buffer[] = []
    const time = this.#called.settings.waitSeconds * 1000
    await this.dataSet(context, { bytes, time }, async (chunk) => void parts.push(chunk))
    return Buffer.concat(parts)
  }

  /** Whoever is waited for now is not the other end. */
  unhurried(): void {
    this.#wire.unhurried()
  }

  hurry(): void {
    this.#fragments.hurry()
  }

  async #associate(proposed: Proposed[]): Promise<void> {
    this.#wire.within(ASSOCIATE_MS)
    await this.#wire.send(writeAssociateRequest(this.#called.settings, proposed, MAX_PDU))
    const { type, length } = await this.#fragments.header()
    if (type === PDU.abort) throw new Gone()
    if (length > MAX_ACCEPT) throw new Refused('malformed')
    const body = await this.#wire.take(length)
    if (type === PDU.associateReject) throw rejection(body, this.pacs)
    if (type !== PDU.associateAccept) throw new Refused('malformed', abort(ABORTED.unexpected))
    this.#accepted = readAssociateAccept(body, proposed)
  }

  async #send(context: number, bytes: Uint8Array, isCommand: boolean): Promise<void> {
    // Its header of 6 bytes is in the PDU.
    const room = this.#accepted.maxPdu - 6
    for (let at = 0; at < bytes.length || at === 0; at += room) {
      const piece = bytes.subarray(at, at + room)
      const header = Buffer.alloc(6)
      header.writeUInt32BE(piece.length + 2, 0)
      header.writeUInt8(context, 4)
      header.writeUInt8((isCommand ? 1 : 0) | (at + room >= bytes.length ? 2 : 0), 5)
      this.#fragments.hurry()
      await this.#wire.send(pdu(PDU.data, Buffer.concat([header, piece])))
    }
  }

  /** What it was asked for is there; an end that is not in order changes nothing of it. */
  async #release(): Promise<void> {
    try {
      this.#wire.within(GRACE_MS)
      await this.#wire.send(releaseRequest())
      await this.#fragments.header()
      await this.#wire.finish(null, GRACE_MS)
    } catch (error) {
      if (!(error instanceof Gone || error instanceof Refused)) throw error
    }
  }

  #cancel(): void {
    if (this.#asked === null) {
      this.#wire.close()
      return
    }
    setTimeout(() => this.#wire.close(), CANCEL_MS).unref()
    void this.cancelAsked().catch(() => undefined)
  }

  /** Tells the other end that it is over, and gives what to tell the user. */
  async #failed(error: unknown): Promise<unknown> {
    const { signal } = this.#called
    const pacs = this.pacs
    if (error instanceof Refused) await this.#wire.finish(error.answer, GRACE_MS)
    else if (!(error instanceof Gone)) await this.#wire.finish(abort(ABORTED.unspecified), GRACE_MS)
    if (signal.aborted) return new GyrusError('cancelled')
    if (error instanceof Gone) return new GyrusError('pacs-ended', { pacs, reason: 'without an answer' })
    if (!(error instanceof Refused)) return error
    if (error.reason === 'timeout') return new GyrusError('pacs-timeout', { pacs })
    return new GyrusError('pacs-malformed', { pacs, reason: 'its messages cannot be read' })
  }
}

/** By the user (1), the provider at association (2) and at presentation (3), PS3.8 9.3.4. */
const REASONS: Record<string, string> = {
  '1.2': 'it works with another application context',
  '2.2': 'it does not speak this version of the protocol',
  '3.1': 'it is too busy now',
  '3.2': 'it has as many associations as it may',
}

function rejection(body: Buffer, pacs: string): GyrusError {
  const [source, reason] = [body[2] ?? 0, body[3] ?? 0]
  if (source === 1 && reason === 3) return new GyrusError('pacs-rejected-calling', { pacs })
  if (source === 1 && reason === 7) return new GyrusError('pacs-rejected-called', { pacs })
  return new GyrusError('pacs-rejected', { pacs, reason: REASONS[`${source}.${reason}`] ?? 'it gives no reason' })
}
