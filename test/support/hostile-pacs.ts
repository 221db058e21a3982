import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'
import { command, data, even, pdu } from './dicom-client.ts'

/** A PACS that says what no toolkit would. */

const short = (value: number) => Buffer.from([value & 0xff, value >> 8])

/** Reads PDUs of a connection. */
export class Caller {
  readonly socket: Socket
  readonly #chunks: AsyncIterator<Buffer>
  #held = Buffer.alloc(0)

  constructor(socket: Socket) {
    this.socket = socket
    socket.on('error', () => undefined)
    this.#chunks = socket[Symbol.asyncIterator]() as AsyncIterator<Buffer>
  }

  /** The next PDU; null where the connection has ended. */
  async next(): Promise<{ type: number; body: Buffer } | null> {
    while (this.#held.length < 6 || this.#held.length < 6 + this.#held.readUInt32BE(2)) {
      const more = await this.#chunks.next().catch(() => null)
      if (!more || more.done) return null
      this.#held = Buffer.concat([this.#held, more.value])
    }
    const end = 6 + this.#held.readUInt32BE(2)
    const found = { type: this.#held.readUInt8(0), body: this.#held.subarray(6, end) }
    this.#held = this.#held.subarray(end)
    return found
  }

  /** Takes the request for an association and agrees to each context, with the first syntax of each. */
  async accept(maxPdu = 16_384): Promise<void> {
    const request = await this.next()
    if (request) this.socket.write(acceptance(request.body, maxPdu))
  }

  /** The command and data set of a request, which are short. */
  async asked(): Promise<void> {
    await this.next()
    await this.next()
  }
}

/** Listens on a port of its own; gives the port. */
export async function hostilePacs(serve: (caller: Caller) => Promise<void>): Promise<number> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    void serve(new Caller(socket)).catch(() => undefined)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return (server.address() as { port: number }).port
}

export function acceptance(request: Buffer, maxPdu: number): Buffer {
  const contexts: Buffer[] = []
  for (let at = 68; at < request.length; at += 4 + request.readUInt16BE(at + 2)) {
    if (request.readUInt8(at) !== 0x20) continue
    const value = request.subarray(at + 4, at + 4 + request.readUInt16BE(at + 2))
    let syntax = Buffer.alloc(0)
    for (let inner = 4; inner < value.length; inner += 4 + value.readUInt16BE(inner + 2)) {
      if (value.readUInt8(inner) !== 0x40 || syntax.length > 0) continue
      syntax = Buffer.from(value.subarray(inner, inner + 4 + value.readUInt16BE(inner + 2)))
    }
    contexts.push(itemOf(0x21, Buffer.concat([Buffer.from([value.readUInt8(0), 0, 0, 0]), syntax])))
  }
  const length = Buffer.alloc(4)
  length.writeUInt32BE(maxPdu)
  const user = itemOf(0x50, itemOf(0x51, length))
  const application = itemOf(0x10, Buffer.from('1.2.840.10008.3.1.1.1'))
  return pdu(2, Buffer.concat([request.subarray(0, 68), application, ...contexts, user]))
}

function itemOf(type: number, value: Buffer): Buffer {
  const header = Buffer.from([type, 0, 0, 0])
  header.writeUInt16BE(value.length, 2)
  return Buffer.concat([header, value])
}

/** A response in context 1 to message 1. `field`: with its highest bit. */
export const response = (field: number, status: number, hasDataSet: boolean, more: [number, Buffer][] = []): Buffer =>
  data(
    1,
    3,
    command([
      [0x0100, short(field)],
      [0x0120, short(1)],
      [0x0800, short(hasDataSet ? 1 : 0x0101)],
      [0x0900, short(status)],
      ...more,
    ]),
  )

export const counts = (remaining: number, completed: number, failed: number): [number, Buffer][] => [
  [0x1020, short(remaining)],
  [0x1021, short(completed)],
  [0x1022, short(failed)],
]

/** A data set in explicit VR little endian, of elements with short lengths. */
export const dataSet = (...elements: [group: number, element: number, vr: string, value: string][]): Buffer =>
  Buffer.concat(
    elements.map(([group, element, vr, value]) => {
      const bytes = even(value)
      const header = Buffer.alloc(8)
      header.writeUInt16LE(group, 0)
      header.writeUInt16LE(element, 2)
      header.write(vr, 4, 'latin1')
      header.writeUInt16LE(bytes.length, 6)
      return Buffer.concat([header, bytes])
    }),
  )
