import type { Socket } from 'node:net'
import type { RefusalReason } from './protocol.ts'

/** What ends a connection on our side, and how it is told. */
export class Refused extends Error {
  readonly reason: RefusalReason
  /** Sent before the connection is closed, e.g. an abort; null where nothing is. */
  readonly answer: Buffer | null

  constructor(reason: RefusalReason, answer: Buffer | null = null) {
    super(reason)
    this.reason = reason
    this.answer = answer
  }
}

/** The other end has gone. */
export class Gone extends Error {}

/**
 * Bytes of a connection, taken one after another. The socket is read only as fast as they are taken, so that what a peer
 * sends ahead stays in the system's buffers, and memory does not grow with it.
 */
export class Wire {
  readonly #socket: Socket
  readonly #chunks: AsyncIterator<Buffer>
  #held: Buffer = Buffer.alloc(0)
  #timer: NodeJS.Timeout | undefined
  #late = false

  constructor(socket: Socket) {
    this.#socket = socket
    this.#chunks = socket[Symbol.asyncIterator]() as AsyncIterator<Buffer>
  }

  /** What is taken and sent from now on has to come to its end within so many ms. */
  within(ms: number): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      this.#late = true
      this.#socket.destroy()
    }, ms)
  }

  /** Whoever we wait for now is not the peer. */
  unhurried(): void {
    clearTimeout(this.#timer)
  }

  /** Exactly so many bytes; few, as they are held in memory. @throws Gone, Refused `timeout` */
  async take(length: number): Promise<Buffer> {
    while (this.#held.length < length) this.#held = Buffer.concat([this.#held, await this.#more()])
    return this.#cut(length)
  }

  /** As many as are there, at least one and at most so many. @throws Gone, Refused `timeout` */
  async some(atMost: number): Promise<Buffer> {
    if (this.#held.length === 0) this.#held = await this.#more()
    return this.#cut(Math.min(atMost, this.#held.length))
  }

  /** @throws Gone, Refused `timeout` */
  async send(bytes: Buffer): Promise<void> {
    const sent = Promise.withResolvers<void>()
    this.#socket.write(bytes, (error) => (error ? sent.reject(this.#ended()) : sent.resolve()))
    await sent.promise
  }

  close(): void {
    clearTimeout(this.#timer)
    this.#socket.destroy()
  }

  /** Lets what was sent last reach the peer, and waits no longer for it to close its end. */
  async finish(last: Buffer | null, graceMs: number): Promise<void> {
    clearTimeout(this.#timer)
    if (last) this.#socket.end(last)
    else this.#socket.end()
    this.#socket.resume()
    this.#timer = setTimeout(() => this.#socket.destroy(), graceMs)
    await new Promise((resolve) => (this.#socket.closed ? resolve(null) : this.#socket.once('close', resolve)))
    clearTimeout(this.#timer)
  }

  async #more(): Promise<Buffer> {
    const next = await this.#chunks.next().catch(() => null)
    if (next === null || next.done) throw this.#ended()
    return next.value
  }

  #cut(length: number): Buffer {
    const taken = this.#held.subarray(0, length)
    this.#held = this.#held.subarray(length)
    return taken
  }

  #ended(): Error {
    return this.#late ? new Refused('timeout') : new Gone()
  }
}
