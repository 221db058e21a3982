import type { Passed } from '../../shared/source-rule.ts'
import { readAssociateRequest, writeAssociateAccept } from './associate.ts'
import { COMMAND, type Command, readCommand, STATUS, writeResponse } from './command.ts'
import { type Fragment, Fragments, malformed } from './fragments.ts'
import { type AcceptedContext, admit, negotiate } from './negotiate.ts'
import { commandPdu, PDU, REJECTED, reject, releaseResponse } from './pdu.ts'
import type { Peers } from './peers.ts'
import type { Kept, ListenTo, PeerName, ReceivedObject, RefusalReason } from './protocol.ts'
import { mostBytes, nameOf, OBJECT_MS, Receiving } from './receiving.ts'
import { VERIFICATION } from './uids.ts'
import { Refused, type Wire } from './wire.ts'

/** From the connection to the end of its request (the ARTIM timer of PS3.8), ms. */
const REQUEST_MS = 10_000
/** A request with 128 contexts of 20 syntaxes each has some 180 kB. */
const MAX_REQUEST = 256 * 1024
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

/** One association from its request to its end, as the side that is called (PS3.8, PS3.7; C-ECHO and C-STORE). */
export class Association {
  readonly #parts: AssociationParts
  readonly #wire: Wire
  readonly #fragments: Fragments
  readonly #from: PeerName
  #contexts = new Map<number, AcceptedContext>()

  constructor(parts: AssociationParts) {
    this.#parts = parts
    this.#wire = parts.wire
    const { maxPduKilobytes, idleSeconds } = parts.settings
    this.#fragments = new Fragments(parts.wire, maxPduKilobytes * 1024, idleSeconds * 1000)
    this.#from = { aeTitle: '', address: parts.address }
  }

  get from(): PeerName {
    return this.#from
  }

  /** @throws Refused, Gone */
  async run(): Promise<void> {
    await this.#accept()
    const fragments = this.#fragments
    for (let next = await fragments.next(); next !== 'released'; next = await fragments.next())
      await this.#message(next)
    await this.#wire.send(releaseResponse())
  }

  async #accept(): Promise<void> {
    const { settings, peers, address, occupy } = this.#parts
    this.#wire.within(Math.min(REQUEST_MS, settings.idleSeconds * 1000))
    const { type, length } = await this.#fragments.header()
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

  async #message(first: Fragment): Promise<void> {
    const context = this.#contexts.get(first.context)
    if (!context) throw malformed()
    const command = readCommand(await this.#fragments.command(first))
    const answer = await this.#perform(command, first.context, context)
    await this.#wire.send(commandPdu(first.context, writeResponse(command, answer.status, answer.comment)))
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
    const name = nameOf(context, command)
    if (typeof name === 'string') {
      await this.#pass(id)
      return { status: name === 'class' ? STATUS.classNotSupported : STATUS.invalidInstance }
    }
    const receiving = new Receiving(this.#parts.settings, name)
    try {
      await this.#dataSet(id, (chunk) => receiving.take(chunk))
      const received = await receiving.complete()
      if (received === 'too-large' || received === 'not-kept') return this.#refused(received, STATUS.outOfResources)
      // Whoever we wait for now is not the peer.
      this.#wire.unhurried()
      const kept = await this.#parts.onObject(received, this.#from)
      this.#fragments.hurry()
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

  /** Takes a data set that nobody wants, up to what one may have. */
  #pass(id: number): Promise<void> {
    return this.#dataSet(id, async () => undefined)
  }

  #dataSet(id: number, take: (chunk: Buffer) => Promise<void>): Promise<void> {
    const { settings, onRefused } = this.#parts
    const bytes = mostBytes(settings)
    const onTooLarge = () => onRefused('too-large', this.#from)
    return this.#fragments.dataSet(id, { bytes, time: OBJECT_MS, onTooLarge }, take)
  }
}
