import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { createInterface } from 'node:readline'

type Waiting = { resolve(ok: unknown): void; reject(error: Error): void }

/** The test's end of the line to the shell's main process (entry/driver.ts). */
export class Line {
  readonly #server = createServer()
  readonly #socket: Promise<Socket>
  readonly #waiting = new Map<number, Waiting>()
  #lastId = 0
  #closed = false

  constructor(path: string) {
    this.#socket = once(this.#server.listen(path), 'connection').then(([socket]) => this.#listen(socket as Socket))
  }

  /** Runs `code`, a function of Electron's module and `arg`, in the main process. */
  async run(code: string, arg: unknown): Promise<unknown> {
    const socket = await this.#socket
    if (this.#closed) throw new Error('the shell ended')
    const id = ++this.#lastId
    const answer = new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }))
    socket.write(`${JSON.stringify({ id, code, arg })}\n`)
    return answer
  }

  close(): void {
    this.#server.close()
    void this.#socket.then((socket) => socket.destroy())
  }

  #listen(socket: Socket): Socket {
    const lines = createInterface({ input: socket })
    // A shell that was killed breaks the line; `close` says so to who waits.
    for (const end of [socket, lines]) end.on('error', () => undefined)
    lines.on('line', (text) => {
      const { id, ok, error } = JSON.parse(text) as { id: number; ok?: unknown; error?: string }
      if (error === undefined) this.#waiting.get(id)?.resolve(ok)
      else this.#waiting.get(id)?.reject(new Error(error))
    })
    socket.once('close', () => {
      this.#closed = true
      for (const { reject } of this.#waiting.values()) reject(new Error('the shell ended'))
    })
    return socket
  }
}
