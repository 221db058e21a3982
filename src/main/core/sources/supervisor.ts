import { randomBytes, randomUUID } from 'node:crypto'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type ErrorCode, GyrusError } from '../../../shared/errors.ts'
import type { ListenerSettings, ListenerStatus } from '../../../shared/sources.ts'
import type { FromListener, Kept, PeerName, ReceivedObject, RefusalReason } from '../../listener/protocol.ts'
import type { DataFolder } from '../data-folder.ts'
import type { ListenerProcess, StartListener } from './process.ts'

const HEARTBEAT_MS = 2_000
/** Heartbeats without a sign, after which it is taken for hung. */
const SILENT_BEATS = 8
/** Between two starts of a process that dies, or two tries to listen, ms; the first doubles up to the second. */
const FIRST_BACK_OFF_MS = 200
const LONGEST_BACK_OFF_MS = 60_000
const TRY_AGAIN_MS = 15_000

/** The system's names of what keeps a port from us. */
const CODES: Record<string, ErrorCode> = {
  EADDRINUSE: 'listener-port-taken',
  EADDRNOTAVAIL: 'listener-address-unknown',
  EACCES: 'listener-port-forbidden',
}

export interface SupervisorParts {
  start: StartListener
  folder: DataFolder
  /** What to call when the state has changed. */
  onChange(): void
  onRefused(reason: RefusalReason, from: PeerName): void
  onEcho(from: PeerName): void
  /** Takes an object in; its sender waits. Never rejects. */
  onObject(received: ReceivedObject & { key: Uint8Array | null }, from: PeerName): Promise<Kept>
}

/** One life of the process: its folder for objects goes with it. */
interface Life {
  process: ListenerProcess
  dir: string
  key: Uint8Array | null
  silentBeats: number
  keeping: Set<Promise<unknown>>
  /** Settles when it has ended, and nothing is left of it. */
  ended: PromiseWithResolvers<void>
}

/** Keeps the listener's process alive while it is switched on. */
export class ListenerSupervisor {
  readonly #parts: SupervisorParts
  #settings: ListenerSettings | null = null
  /** Private key for TLS. */
  #tlsKey: string | null = null
  #life: Life | null = null
  #state: ListenerStatus['state'] = 'off'
  #listening: ListenerStatus['listening'] = null
  #failure: GyrusError | null = null
  #restarts = 0
  #backOff = FIRST_BACK_OFF_MS
  #heartbeat: NodeJS.Timeout | undefined
  #later: NodeJS.Timeout | undefined

  constructor(parts: SupervisorParts) {
    this.#parts = parts
  }

  get status(): Pick<ListenerStatus, 'state' | 'listening' | 'failure' | 'restarts'> {
    const failure = this.#failure?.toFailure() ?? null
    return { state: this.#state, listening: this.#listening, failure, restarts: this.#restarts }
  }

  /** Puts settings in force: associations that are open end. */
  use(settings: ListenerSettings, tlsKey: string | null): void {
    this.#tlsKey = tlsKey
    this.#settings = settings.on ? settings : null
    clearTimeout(this.#later)
    this.#backOff = FIRST_BACK_OFF_MS
    this.#failure = null
    this.#listening = null
    if (!settings.on) {
      this.#end()
      this.#set('off')
    } else if (this.#life) void this.#listen(this.#life)
    else this.#launch()
  }

  async close(): Promise<void> {
    this.#settings = null
    clearTimeout(this.#later)
    const life = this.#life
    this.#end()
    await life?.ended.promise
  }

  #set(state: ListenerStatus['state']): void {
    this.#state = state
    this.#parts.onChange()
  }

  #launch(): void {
    const { folder, start } = this.#parts
    this.#set(this.#restarts > 0 ? 'restarting' : 'starting')
    const dir = join(folder.incoming, `dicom-${randomUUID()}`)
    const key = folder.keys === null ? null : new Uint8Array(randomBytes(32))
    const process = start()
    const life: Life = { process, dir, key, silentBeats: 0, keeping: new Set(), ended: Promise.withResolvers<void>() }
    this.#life = life
    process.onMessage((message) => void this.#receive(life, message))
    process.onExit((reason) => this.#died(life, reason))
    clearInterval(this.#heartbeat)
    this.#heartbeat = setInterval(() => this.#beat(life), HEARTBEAT_MS)
    this.#heartbeat.unref()
  }

  async #receive(life: Life, message: FromListener): Promise<void> {
    life.silentBeats = 0
    if ('object' in message) return this.#keep(life, message.object, message.received, message.from)
    if (life !== this.#life) return
    if ('ready' in message) await this.#listen(life)
    else if ('listening' in message) {
      this.#listening = message.listening
      this.#failure = null
      this.#backOff = FIRST_BACK_OFF_MS
      this.#set('ready')
    } else if ('failed' in message) this.#notListening(life, message.failed)
    else if ('refused' in message) this.#parts.onRefused(message.refused, message.from)
    else if ('echo' in message) this.#parts.onEcho(message.echo)
  }

  async #listen(life: Life): Promise<void> {
    const settings = this.#settings
    if (settings === null) return
    this.#set(this.#restarts > 0 ? 'restarting' : 'starting')
    try {
      await mkdir(life.dir, { recursive: true, mode: 0o700 })
    } catch (error) {
      return this.#notListening(life, (error as NodeJS.ErrnoException).code ?? String(error))
    }
    const { on: _, tls: asked, ...to } = settings
    const { certificate, clientCa } = asked
    const tls = asked.on ? { certificate, clientCa, key: this.#tlsKey ?? '' } : null
    life.process.send({ listen: { ...to, tls, incoming: life.dir, key: life.key } })
  }

  /** Another program has the port, or the like: that may change. */
  #notListening(life: Life, reason: string): void {
    if (life !== this.#life || this.#settings === null) return
    const { port, address } = this.#settings
    this.#listening = null
    this.#failure = new GyrusError(CODES[reason] ?? 'listener-failed', { port, address, reason })
    this.#later = setTimeout(() => this.#life && void this.#listen(this.#life), TRY_AGAIN_MS)
    this.#later.unref()
    this.#set('failed')
  }

  async #keep(life: Life, object: number, received: ReceivedObject, from: PeerName): Promise<void> {
    const kept = this.#parts.onObject({ ...received, key: life.key }, from)
    life.keeping.add(kept)
    const answer = await kept
    life.keeping.delete(kept)
    life.process.send({ object, kept: answer })
  }

  #beat(life: Life): void {
    life.silentBeats += 1
    if (life.silentBeats > SILENT_BEATS) life.process.kill()
    else life.process.send({ ping: true })
  }

  #died(life: Life, reason: string): void {
    void this.#clean(life)
    if (life !== this.#life) return
    this.#life = null
    clearInterval(this.#heartbeat)
    if (this.#settings === null) return
    this.#restarts += 1
    this.#listening = null
    this.#failure = new GyrusError('listener-failed', { reason })
    this.#later = setTimeout(() => this.#launch(), this.#backOff)
    this.#later.unref()
    this.#backOff = Math.min(2 * this.#backOff, LONGEST_BACK_OFF_MS)
    this.#set('restarting')
  }

  #end(): void {
    const life = this.#life
    this.#life = null
    clearInterval(this.#heartbeat)
    life?.process.kill()
  }

  /** What it left of objects that nobody acknowledged: their senders send them again. */
  async #clean(life: Life): Promise<void> {
    await Promise.all(life.keeping)
    // Where that fails, the next start does it.
    await rm(life.dir, { recursive: true, force: true }).catch(() => undefined)
    life.ended.resolve()
  }
}
