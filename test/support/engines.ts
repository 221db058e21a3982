import { afterAll } from 'vitest'
import type { EngineProcess, StartEngine } from '../../src/main/core/engine-supervisor/process.ts'
import type { FromEngine, ToEngine } from '../../src/main/engine/protocol.ts'
import { forkEngine } from '../../src/main/fork-engine.ts'
import { MODEL_DIR } from '../../src/main/installation.ts'

/** As many as one test uses beside each other; more are ended. */
const MOST_IDLE = 2
const engines = new Set<SharedEngine>()
/** They give way to others after their first task, so none of them reads. */
const idle = { reading: new Set<SharedEngine>(), tasks: new Set<SharedEngine>() }

afterAll(async () => {
  await Promise.all([...engines].map((engine) => engine.end()))
})

/**
 * For one core. Its engines are those of earlier cores of the same test file where there are any: tests would spend most of
 * their time on engines that start and prove the shipped model once more. An engine that was killed, that was at work when
 * it was let go, that has a key or that loaded native code is nobody else's.
 */
export function sharedEngine(): StartEngine {
  let first = true
  return () => {
    // The one that reads is started with the core.
    const pool = first ? idle.reading : idle.tasks
    first = false
    const [engine = new SharedEngine(pool)] = pool
    pool.delete(engine)
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

class SharedEngine {
  readonly #pool: Set<SharedEngine>
  readonly #process = forkEngine()
  readonly #ready: Promise<void>
  readonly #gone: Promise<void>
  readonly #asked = new Map<number, { request: Request; onAnswer(answer: Answer): void }>()
  #borrower: Borrower | undefined
  #spoilt = false
  #lastId = 0
  /** What it says of the shipped model, where that is the last one that it was to load. */
  #shipped: Promise<Answer> | undefined

  constructor(pool: Set<SharedEngine>) {
    this.#pool = pool
    engines.add(this)
    const ready = Promise.withResolvers<void>()
    const gone = Promise.withResolvers<void>()
    this.#ready = ready.promise
    this.#gone = gone.promise
    this.#process.onMessage((message) => ('ready' in message ? ready.resolve() : this.#receive(message)))
    this.#process.onExit((reason) => {
      gone.resolve()
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

  /** Settles when its process is gone. */
  end(): Promise<void> {
    this.#forget()
    this.#process.kill()
    return this.#gone
  }

  #forget(): void {
    engines.delete(this)
    this.#pool.delete(this)
  }

  #giveBack(borrower: Borrower): void {
    const busy = [...this.#asked.values()].some(({ request }) => request.name !== 'ping' && !loadsShipped(request))
    if (busy || this.#spoilt || this.#pool.size >= MOST_IDLE || !engines.has(this)) {
      void this.end()
    } else {
      this.#borrower = undefined
      this.#pool.add(this)
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
    this.#spoilt ||= staysInIt(request)
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

/** What another core's engine would not have. */
const staysInIt = ({ input, ...request }: Request) =>
  'files' in request || (input !== null && 'nativeDir' in input && input.nativeDir !== null)
