import { GyrusError } from '../../../shared/errors.ts'
import { MAX_IMAGES } from '../../../shared/pacs.ts'
import { COMMAND, type Command, readCommand, STATUS as STORE_STATUS, writeResponse } from '../../listener/command.ts'
import type { ObjectName } from '../../listener/object-file.ts'
import { mostBytes, nameOf, OBJECT_MS, Receiving } from '../../listener/receiving.ts'
import type { Sink } from '../peer.ts'
import type { Kept, Progress, What } from '../protocol.ts'
import { Association, type Called, type Message } from './association.ts'
import { Belongs } from './belongs.ts'
import { type Response, writeRequest } from './commands.ts'
import { writeIdentifier } from './identifier.ts'
import { retrieveKeys } from './keys.ts'
import { answerTo } from './response.ts'
import { isPending, STATUS, statusError } from './status.ts'
import { isOtherClass, PLAIN, QUERY, storageContexts } from './uids.ts'

/** A UID list of objects that failed has some 70 bytes for each. */
const MAX_FAILED_LIST = 4 * 2 ** 20
/** Answers that say how far it is: some tell for each object, some every second. */
const MAX_ANSWERS = 10 * MAX_IMAGES
/** PS3.4 B.2.3: the data set is not what was agreed on. */
const DOES_NOT_MATCH = 0xa900

const KEPT: Record<Kept, number> = {
  kept: STORE_STATUS.success,
  'out-of-resources': STORE_STATUS.outOfResources,
  failed: STORE_STATUS.cannotUnderstand,
}

/** C-GET: the objects come over the same association. @throws GyrusError `pacs-*`, `cancelled` */
export function get(called: Called, what: What, sink: Sink): Promise<Progress> {
  const proposed = [{ abstractSyntax: QUERY.get, transferSyntaxes: PLAIN }, ...storageContexts()]
  return Association.with(called, proposed, (association) =>
    new Retrieval(association, what, sink).run('get', undefined),
  )
}

/** C-MOVE: the PACS sends them to the listener here. @throws GyrusError `pacs-*`, `cancelled` */
export function move(called: Called, what: What, sink: Sink, destination: string): Promise<Progress> {
  const proposed = [{ abstractSyntax: QUERY.move, transferSyntaxes: PLAIN }]
  return Association.with(called, proposed, (association) =>
    new Retrieval(association, what, sink).run('move', destination),
  )
}

const SERVICES = { get: 'retrieving by C-GET', move: 'retrieving by C-MOVE' } as const

class Retrieval {
  readonly #association: Association
  readonly #what: What
  readonly #sink: Sink
  #objects = 0
  /** Of them, those that hold no image. */
  #passed = 0

  constructor(association: Association, what: What, sink: Sink) {
    this.#association = association
    this.#what = what
    this.#sink = sink
  }

  async run(by: 'get' | 'move', destination: string | undefined): Promise<Progress> {
    const association = this.#association
    const { id, transferSyntax } = association.contextOf(QUERY[by], SERVICES[by])
    const messageId = association.nextMessageId()
    const command = {
      ...{ field: COMMAND[by], messageId, sopClassUid: QUERY[by], hasDataSet: true },
      ...(destination !== undefined && { destination }),
    }
    await association.send(id, writeRequest(command), writeIdentifier(retrieveKeys(this.#what), transferSyntax))
    association.mayCancel(id, messageId)
    for (let answers = 0; answers < MAX_ANSWERS; ) {
      const message = await association.next()
      if (by === 'get' && 'request' in message.incoming) {
        await this.#receive(message.context, readCommand(message.incoming.request))
        continue
      }
      answers += 1
      const response = await this.#answer(message, command)
      const progress = progressOf(response)
      if (!isPending(response)) return this.#end(response, progress, destination)
      this.#sink.onProgress(progress)
    }
    throw this.#tooMuch('answers without an end')
  }

  async #answer(message: Message, command: { field: number; messageId: number }): Promise<Response> {
    const response = await answerTo(this.#association, message, command)
    // UIDs of what failed (0008,0058), which the counts say as well.
    if (response.hasDataSet) {
      const limits = { bytes: MAX_FAILED_LIST, time: OBJECT_MS }
      await this.#association.dataSet(message.context, limits, async () => undefined)
    }
    return response
  }

  #end(response: Response, progress: Progress, destination: string | undefined): Progress {
    const { status } = response
    const { pacs } = this.#association
    if (status === STATUS.destinationUnknown) {
      throw new GyrusError('pacs-destination-unknown', { pacs, ae: destination ?? '' })
    }
    if (status !== STATUS.success && status !== STATUS.someFailed) throw statusError(response, pacs)
    const all = progress.done + progress.failed
    if (all === 0 && this.#objects === 0) throw new GyrusError('pacs-nothing-there', { pacs })
    const passed = this.#passed
    return { ...progress, done: Math.max(0, progress.done - passed), passed, total: all - passed }
  }

  /** A C-STORE of the PACS, which waits for the answer. */
  async #receive(id: number, command: Command): Promise<void> {
    const association = this.#association
    const context = association.context(id)
    this.#objects += 1
    if (this.#objects > MAX_IMAGES) throw this.#tooMuch(`more than ${MAX_IMAGES} objects`)
    const isStore = command.field === COMMAND.store && command.hasDataSet
    if (!context || !isStore) {
      throw new GyrusError('pacs-malformed', { pacs: association.pacs, reason: 'it asks for something itself' })
    }
    if (isOtherClass(context.abstractSyntax)) return this.#passOver(id, command)
    const name = nameOf(context, command)
    const status = await this.#keep(id, typeof name === 'string' ? null : name)
    await association.send(id, writeResponse(command, status))
  }

  async #passOver(id: number, command: Command): Promise<void> {
    this.#passed += 1
    await this.#keep(id, null)
    await this.#association.send(id, writeResponse(command, STORE_STATUS.success))
  }

  /** `name`: null for one that is taken and thrown away. Gives the status for the PACS. */
  async #keep(id: number, name: ObjectName | null): Promise<number> {
    const limits = { bytes: mostBytes(this.#sink), time: OBJECT_MS }
    if (name === null) {
      await this.#association.dataSet(id, limits, async () => undefined)
      return DOES_NOT_MATCH
    }
    const receiving = new Receiving(this.#sink, name)
    const belongs = new Belongs(this.#what, name.transferSyntaxUid)
    try {
      await this.#association.dataSet(id, limits, async (chunk) => {
        belongs.take(chunk)
        await receiving.take(chunk)
      })
      if (!belongs.answer) return DOES_NOT_MATCH
      const received = await receiving.complete()
      if (typeof received === 'string') return STORE_STATUS.outOfResources
      this.#association.unhurried()
      const kept = await this.#sink.onObject(received)
      this.#association.hurry()
      // What follows would find no room either.
      if (kept === 'out-of-resources') await this.#association.cancelAsked()
      return KEPT[kept]
    } finally {
      await receiving.end()
    }
  }

  #tooMuch(reason: string): GyrusError {
    return new GyrusError('pacs-too-much', { pacs: this.#association.pacs, reason })
  }
}

function progressOf({ counts: { remaining, completed, failed, warning } }: Response): Progress {
  const done = (completed ?? 0) + (warning ?? 0)
  const lost = failed ?? 0
  return { done, failed: lost, passed: 0, total: remaining === null ? null : done + lost + remaining }
}
