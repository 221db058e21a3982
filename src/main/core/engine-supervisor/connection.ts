import { GyrusError } from '../../../shared/errors.ts'
import type {
  EngineInput,
  EngineOutput,
  EngineRequestName,
  EngineTaskName,
  FromEngine,
  ProgressOf,
  TaskInput,
  TaskOutput,
  ToEngine,
} from '../../engine/protocol.ts'
import type { EngineProcess } from './process.ts'

/** How often the engine is asked whether it is alive, ms. */
const HEARTBEAT_MS = 2_000
/** How long it may stay silent while it reads, where a reader waits; a busy or slow machine takes a while to start one, ms. */
const SILENCE_MS = 15_000
const START_MS = 60_000

interface Waiting {
  resolve(output: AnyOutput): void
  reject(error: unknown): void
  onProgress?(progress: ProgressOf<EngineTaskName>): void
}

type AnyOutput = EngineOutput<EngineRequestName> | TaskOutput<EngineTaskName>

/** One life of the engine process: numbered requests, heartbeat, and one call of `onDeath`. */
export class EngineConnection {
  readonly pid: number | undefined
  readonly ready: Promise<void>
  readonly #process: EngineProcess
  readonly #waiting = new Map<number, Waiting>()
  readonly #heartbeat: NodeJS.Timeout
  readonly #silence: number
  #becomeReady!: () => void
  #lastId = 0
  #ready = false
  /** Heartbeats since its last sign. Not a time: a machine that slept, or a core that was held up, heard nothing. */
  #silentBeats = 0
  #dead = false

  /** @param silence how long it may say nothing, ms: long arithmetic is no hang where nobody waits for one image */
  constructor(process: EngineProcess, onDeath: (reason: string) => void, silence = SILENCE_MS) {
    this.#process = process
    this.#silence = silence
    this.pid = process.pid
    this.ready = new Promise((resolve) => {
      this.#becomeReady = resolve
    })
    process.onMessage((message) => this.#receive(message))
    process.onExit((reason) => {
      clearInterval(this.#heartbeat)
      this.#dead = true
      onDeath(reason)
    })
    this.#heartbeat = setInterval(() => this.#beat(), HEARTBEAT_MS)
    this.#heartbeat.unref()
  }

  /** Sends a request; it stays unanswered when the engine dies, so look after it in `onDeath`. */
  request<N extends EngineRequestName>(
    name: N,
    input: EngineInput<N>,
  ): { id: number; output: Promise<EngineOutput<N>> } {
    const { id, output } = this.#ask(name, input)
    return { id, output: output as Promise<EngineOutput<N>> }
  }

  /** The same for a long request. */
  task<N extends EngineTaskName>(
    name: N,
    input: TaskInput<N>,
    onProgress: (progress: ProgressOf<N>) => void,
  ): { id: number; output: Promise<TaskOutput<N>> } {
    const { id, output } = this.#ask(name, input, onProgress as Waiting['onProgress'])
    return { id, output: output as Promise<TaskOutput<N>> }
  }

  cancel(id: number): void {
    this.#send({ cancel: id })
  }

  kill(): void {
    this.#process.kill()
  }

  #ask(name: string, input: unknown, onProgress?: Waiting['onProgress']): { id: number; output: Promise<AnyOutput> } {
    const id = ++this.#lastId
    const output = new Promise<AnyOutput>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject, ...(onProgress && { onProgress }) })
    })
    this.#send({ id, name, input } as ToEngine)
    return { id, output }
  }

  #send(message: ToEngine): void {
    if (!this.#dead) this.#process.send(message)
  }

  #receive(message: FromEngine): void {
    // What it still said before it died: whoever waited has been told of the death.
    if (this.#dead) return
    this.#silentBeats = 0
    if ('ready' in message) {
      this.#ready = true
      this.#becomeReady()
    } else if ('progress' in message) this.#waiting.get(message.id)?.onProgress?.(message.progress)
    else this.#settle(message)
  }

  #settle(message: Exclude<FromEngine, { ready: true } | { progress: unknown }>): void {
    const waiting = this.#waiting.get(message.id)
    this.#waiting.delete(message.id)
    if ('output' in message) waiting?.resolve(message.output)
    else waiting?.reject(new GyrusError(message.failure.code, message.failure.details))
  }

  #beat(): void {
    const patience = this.#ready ? this.#silence : START_MS
    if (this.#silentBeats * HEARTBEAT_MS > patience) this.kill()
    else if (this.#ready) this.request('ping', null)
    this.#silentBeats += 1
  }
}
