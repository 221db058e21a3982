import type { Passed } from '../../shared/source-rule.ts'
import { readAssociateRequest, writeAssociateAccept } from './associate.ts'
import { COMMAND, type Command, readCommand, STATUS, writeResponse } from './command.ts'
import { type AcceptedContext, admit, negotiate } from './negotiate.ts'
import { ABORTED, abort, commandPdu, PDU, PDU_HEADER, REJECTED, reject, releaseResponse } from './pdu.ts'
import type { Peers } from './peers.ts'
import type { Kept, ListenTo, PeerName, ReceivedObject, RefusalReason } from './protocol.ts'
import { Receiving } from './receiving.ts'
import { isUid, STORAGE_CLASSES, VERIFICATION } from './uids.ts'
import { Gone, Refused, type Wire } from './wire.ts'

/** From the connection to the end of its request (the ARTIM timer of PS3.8), ms. */
const REQUEST_MS = 10_000
/** A request with 128 contexts of 20 syntaxes each has some 180 kB. */
const MAX_REQUEST = 256 * 1024
/** A command has a few hundred bytes. */
const MAX_COMMAND = 16 * 1024
/** For an object, whatever comes bit by bit, ms. */
const OBJECT_MS = 15 * 60_000
/** Control byte of a PDV (PS3.8 E.2). */
const IS_COMMAND = 1
const IS_LAST = 2

export interface AssociationParts {
  wire: Wire
  settings: ListenTo
  peers: Peers
  address: string
  /** Takes one of the places for associations; false where all are taken. */
  occupy(): boolean
  onRefused(reason: RefusalReason, from: PeerName): void
  onEcho(from: PeerName): void
  /** Settles when the core has answered for the object. */
  onObject(received: ReceivedObject, from: PeerName): Promise<Kept>
}

interface Fragment {
  context: number
  command: boolean
  last: boolean
  /** Bytes of it that are still to be taken. */
  left: number
}

/** For whoever reads the sender's log. */
const COMMENTS = { 'too-large': 'Larger than the limit here', 'not-kept': 'Could not be kept' } as const
const PASSED_COMMENTS: Record<Passed, string> = {
  modality: 'Not taken by the rule here: modality',
  'body-part': 'Not taken by the rule here: body part',
  description: 'Not taken by the rule here: description',
  picture: 'Not taken by the rule here: not DICOM',
  'no-image': 'Not taken by the rule here: holds no image',
}

interface Answer {
  status: number
  comment?: string
}

type Next = Fragment | 'released'

/** One association from its request to its end, as the side that is called (PS3.8, PS3.7; C-ECHO and C-STORE). */
export class Association {
  readonly #parts: AssociationParts
  readonly #wire: Wire
  readonly #from: PeerName
  #contexts = new Map<number, AcceptedContext>()
  /** Of the PDU that is being taken. */
  #pduLeft = 0

  constructor(parts: AssociationParts) {
    this.#parts = parts
    this.#wire = parts.wire
    this.#from = { aeTitle: '', address: parts.address }
  }

  get from(): PeerName {
    return this.#from
  }

  /** @throws Refused, Gone */
  async run(): Promise<void> {
    await this.#accept()
    for (let next = await this.#next(); next !== 'released'; next = await this.#next()) await this.#message(next)
    await this.#wire.send(releaseResponse())
  }

  async #accept(): Promise<void> {
    const { settings, peers, address, occupy } = this.#parts
    this.#wire.within(Math.min(REQUEST_MS, settings.idleSeconds * 1000))
    const { type, length } = await this.#header()
    if (type !== PDU.associateRequest) throw malformed()
    if (length > MAX_REQUEST) throw malformed()
    const request = readAssociateRequest(await this.#wire.take(length))
    this.#from.aeTitle = request.callingAe
    admit(request, { peers, address, aeTitle: settings.aeTitle })
    if (!occupy()) throw new Refused('too-many', reject(REJECTED.tooMany))
    const { answers, accepted } = negotiate(request)
    this.#contexts = accepted
    // The peer ends it by itself: it has been told of each context why not.
    if (accepted.size === 0) this.#parts.onRefused('nothing-accepted', this.#from)
    await this.#wire.send(writeAssociateAccept(request, answers, settings.maxPduKilobytes * 1024))
  }

  async #header(): Promise<{ type: number; length: number }> {
    const header = await this.#wire.take(PDU_HEADER)
    return { type: header.readUInt8(0), length: header.readUInt32BE(2) }
  }

  /** The next fragment of a message, however they are spread over PDUs. */
  async #next(): Promise<Next> {
    if (this.#pduLeft === 0) {
      this.#hurry()
      const { type, length } = await this.#header()
      if (type === PDU.releaseRequest && length === 4) {
        await this.#wire.take(length)
        return 'released'
      }
      if (type === PDU.abort) throw new Gone()
      if (type !== PDU.data) throw malformed(ABORTED.unexpected)
      if (length > this.#parts.settings.maxPduKilobytes * 1024) throw malformed()
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

  async #message(first: Fragment): Promise<void> {
    const context = this.#contexts.get(first.context)
    if (!context) throw malformed()
    const command = readCommand(await this.#commandBytes(first))
    const answer = await this.#perform(command, first.context, context)
    await this.#wire.send(commandPdu(first.context, writeResponse(command, answer.status, answer.comment)))
  }

  async #commandBytes(first: Fragment): Promise<Buffer> {
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

  async #goOn(context: number, command: boolean): Promise<Fragment> {
    const next = await this.#next()
    if (next === 'released' || next.context !== context || next.command !== command) throw malformed()
    return next
  }

  async #perform(command: Command, id: number, context: AcceptedContext): Promise<Answer> {
    if (command.field === COMMAND.echo && context.abstractSyntax === VERIFICATION && !command.hasDataSet) {
      this.#parts.onEcho(this.#from)
      return { status: STATUS.success }
    }
    if (command.field === COMMAND.store && command.hasDataSet) return this.#store(command, id, context)
    if (command.hasDataSet) await this.#pass(id)
    return { status: STATUS.unrecognised }
  }

  async #store(command: Command, id: number, context: AcceptedContext): Promise<Answer> {
    const { abstractSyntax, transferSyntax } = context
    if (abstractSyntax !== command.sopClassUid || !STORAGE_CLASSES.has(abstractSyntax)) {
      await this.#pass(id)
      return { status: STATUS.classNotSupported }
    }
    if (!isUid(command.sopInstanceUid)) {
      await this.#pass(id)
      return { status: STATUS.invalidInstance }
    }
    const name = {
      sopClassUid: abstractSyntax,
      sopInstanceUid: command.sopInstanceUid,
      transferSyntaxUid: transferSyntax,
    }
    const receiving = new Receiving(this.#parts.settings, name)
    try {
      await this.#dataSet(id, (chunk) => receiving.take(chunk))
      const received = await receiving.complete()
      if (received === 'too-large' || received === 'not-kept') return this.#refused(received, STATUS.outOfResources)
      // Whoever we wait for now is not the peer.
      this.#wire.unhurried()
      const kept = await this.#parts.onObject(received, this.#from)
      this.#hurry()
      if (kept === 'kept') return { status: STATUS.success }
      // Counted by the core: a rule that does its work is no attack.
      if (typeof kept === 'object') return { status: STATUS.notAuthorised, comment: PASSED_COMMENTS[kept.passed] }
      const status = kept === 'out-of-resources' ? STATUS.outOfResources : STATUS.cannotUnderstand
      return this.#refused('not-kept', status)
    } finally {
      await receiving.end()
    }
  }

  #refused(reason: 'too-large' | 'not-kept', status: number): Answer {
    this.#parts.onRefused(reason, this.#from)
    return { status, comment: COMMENTS[reason] }
  }

  #hurry(): void {
    this.#wire.within(this.#parts.settings.idleSeconds * 1000)
  }

  /** Takes a data set that nobody wants, up to what one may have. */
  #pass(id: number): Promise<void> {
    return this.#dataSet(id, async () => undefined)
  }

  async #dataSet(id: number, take: (chunk: Buffer) => Promise<void>): Promise<void> {
    const { settings, onRefused } = this.#parts
    const until = Date.now() + OBJECT_MS
    // As much again as may be kept: a sender is told at the end of an object, but is not listened to for ever.
    let allowed = 2 * settings.maxObjectMegabytes * 2 ** 20
    for (;;) {
      const fragment = await this.#goOn(id, false)
      for (let left = fragment.left; left > 0; ) {
        const chunk = await this.#wire.some(left)
        left -= chunk.length
        allowed -= chunk.length
        if (allowed < 0) {
          onRefused('too-large', this.#from)
          throw malformed(ABORTED.unspecified)
        }
        if (Date.now() > until) throw new Refused('timeout', abort(ABORTED.unspecified))
        await take(chunk)
      }
      if (fragment.last) return
    }
  }
}

const malformed = (reason: number = ABORTED.invalidParameter) => new Refused('malformed', abort(reason))
