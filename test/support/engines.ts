import { afterAll } from 'vitest'
import { MODEL_DIR } from '../../src/main/compose.ts'
import type { EngineProcess, StartEngine } from '../../src/main/core/engine-supervisor/process.ts'
import type { FromEngine, ToEngine } from '../../src/main/engine/protocol.ts'
import { forkEngine } from '../../src/main/fork-engine.ts'

/** As many as the cores of one test use beside each other; more are ended. */
const MOST_IDLE = 2
const engines = new Set<ReadingEngine>()
const idle = new Set<ReadingEngine>()

afterAll(() => {
  for (const engine of engines) engine.end()
})

/**
 * For one core. Its first engine, the one that reads, is that of an earlier core of the same test file where there is
 * one: tests would spend most of their time on engines that start and prove the shipped model once more. An engine that
 * was killed, that was at work when its core closed or that is to do a task is nobody else's.
 */
export function sharedEngine(): StartEngine {
  let first = true
  return () => {
    if (!first) return forkEngine()
    first = false
    const [engine = new ReadingEngine()] = idle
    idle.delete(engine)
    return engine.lend()
  }
}

type Answer = Extract<FromEngine, { id: number }>
type Request = Exclude<ToEngine, { cancel: number }>

/** A core's listeners. */
interface Borrower {
  onMessage(message: FromEngine): void
  onExit(reason: string): void
}

class ReadingEngine {
  readonly #process = forkEngine()
  readonly #ready: Promise<void>
  readonly #asked = new Map<number, { request: Request; onAnswer(answer: Answer): void }>()
  #borrower: Borrower | undefined
  #lastId = 0
  /** What it says of the shipped model, where that is the last one that it was to load. */
  #shipped: Promise<Answer> | undefined

  constructor() {
    engines.add(this)
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#ready = promise
    this.#process.onMessage((message) => ('ready' in message ? resolve() : this.#receive(message)))
    this.#process.onExit((reason) => {
      this.#forget()
      this.#borrower?.onExit(reason)
    })
  }

  lend(): EngineProcess {
    const borrower: Borrower = { onMessage: () => undefined, onExit: () => undefined }
    this.#borrower = borrower
    const whileLent = (work: () => void) => {
      if (this.#borrower === borrower) work()
    }
    void this.#ready.then(() => whileLent(() => borrower.onMessage({ ready: true })))
    const answer = (message: Answer) => whileLent(() => borrower.onMessage(message))
    return {
      pid: this.#process.pid,
      send: (message) => whileLent(() => this.#send(message, answer)),
      onMessage: (listener) => {
        borrower.onMessage = listener
      },
      onExit: (listener) => {
        borrower.onExit = listener
      },
      kill: () => whileLent(() => this.#giveBack(borrower)),
    }
  }

  end(): void {
    this.#forget()
    this.#process.kill()
  }

  #forget(): void {
    engines.delete(this)
    idle.delete(this)
  }

  #giveBack(borrower: Borrower): void {
    const busy = [...this.#asked.values()].some(({ request }) => request.name !== 'ping' && !loadsShipped(request))
    if (busy || idle.size >= MOST_IDLE || !engines.has(this)) {
      this.end()
    } else {
      this.#borrower = undefined
      idle.add(this)
      setImmediate(() => borrower.onExit('SIGKILL'))
    }
  }

  #send(message: ToEngine, answer: (answer: Answer) => void): void {
    if ('cancel' in message) {
      this.#cancel(message.cancel)
    } else if (loadsShipped(message)) {
      this.#shipped ??= new Promise<Answer>((resolve) => this.#ask(message, resolve))
      void this.#shipped.then((told) => answer({ ...told, id: message.id }))
    } else {
      if (message.name === 'load-model') this.#shipped = undefined
      this.#ask(message, (told) => answer({ ...told, id: message.id }))
    }
  }

  #ask(request: Request, onAnswer: (answer: Answer) => void): void {
    this.#lastId += 1
    this.#asked.set(this.#lastId, { request, onAnswer })
    this.#process.send({ ...request, id: this.#lastId })
  }

  #cancel(theirs: number): void {
    for (const [id, { request }] of this.#asked) if (request.id === theirs) this.#process.send({ cancel: id })
  }

  #receive(message: Answer): void {
    const asked = this.#asked.get(message.id)
    if (!('progress' in message)) this.#asked.delete(message.id)
    asked?.onAnswer(message)
  }
}

/** Of the model's folder nothing is known on record, so it is loaded as it is; and nothing changes it. */
const loadsShipped = ({ name, input }: Request) =>
  name === 'load-model' && input.dir === MODEL_DIR && input.known === undefined
