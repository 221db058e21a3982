import { connect, type Socket } from 'node:net'

/** What a test says to a listener, byte by byte: also what no toolkit would. PS3.8 9.3, PS3.7 9.3 and annex E. */

export const MR_IMAGE = '1.2.840.10008.5.1.4.1.1.4'
export const VERIFICATION = '1.2.840.10008.1.1'
const IMPLICIT = '1.2.840.10008.1.2'

export function pdu(type: number, body: Buffer, length = body.length): Buffer {
  const header = Buffer.alloc(6)
  header.writeUInt8(type, 0)
  header.writeUInt32BE(length, 2)
  return Buffer.concat([header, body])
}

function item(type: number, value: Buffer | string): Buffer {
  const bytes = Buffer.from(value as string, 'latin1')
  const header = Buffer.from([type, 0, 0, 0])
  header.writeUInt16BE(bytes.length, 2)
  return Buffer.concat([header, bytes])
}

export interface Asked {
  calling?: string
  called?: string
  /** Abstract syntaxes, of contexts 1, 3, 5 … */
  classes?: string[]
  syntaxes?: string[]
}

export function associateRequest({ calling = 'MR1', called = 'GYRUS', classes, syntaxes = [IMPLICIT] }: Asked = {}) {
  const contexts = (classes ?? [VERIFICATION, MR_IMAGE]).map((uid, at) => {
    const transfer = syntaxes.map((syntax) => item(0x40, syntax))
    return item(0x20, Buffer.concat([Buffer.from([2 * at + 1, 0, 0, 0]), item(0x30, uid), ...transfer]))
  })
  const titles = Buffer.from(called.padEnd(16) + calling.padEnd(16), 'latin1')
  const fixed = Buffer.concat([Buffer.from([0, 1, 0, 0]), titles, Buffer.alloc(32)])
  const user = item(0x50, item(0x51, Buffer.from([0, 0, 0x40, 0])))
  return pdu(1, Buffer.concat([fixed, item(0x10, '1.2.840.10008.3.1.1.1'), ...contexts, user]))
}

export function data(context: number, control: number, value: Buffer): Buffer {
  const header = Buffer.alloc(6)
  header.writeUInt32BE(value.length + 2, 0)
  header.writeUInt8(context, 4)
  header.writeUInt8(control, 5)
  return pdu(4, Buffer.concat([header, value]))
}

export function command(elements: [number, Buffer][]): Buffer {
  return Buffer.concat(
    elements.map(([number, value]) => {
      const header = Buffer.alloc(8)
      header.writeUInt16LE(number, 2)
      header.writeUInt32LE(value.length, 4)
      return Buffer.concat([header, value])
    }),
  )
}

const short = (value: number) => Buffer.from([value & 0xff, value >> 8])
export const even = (text: string) => Buffer.from(text.length % 2 ? `${text}\0` : text, 'latin1')

export const storeCommand = (instance: string, sopClass = MR_IMAGE): Buffer =>
  command([
    [0x0002, even(sopClass)],
    [0x0100, short(0x0001)],
    [0x0110, short(7)],
    [0x0700, short(0)],
    [0x0800, short(0x0102)],
    [0x1000, even(instance)],
  ])

export const RELEASE = pdu(5, Buffer.alloc(4))

/** A connection whose answers are read PDU by PDU. */
export class TestPeer {
  readonly socket: Socket
  readonly closed: Promise<void>
  readonly #chunks: AsyncIterator<Buffer>
  #held = Buffer.alloc(0)

  constructor(port: number) {
    this.socket = connect(port, '127.0.0.1')
    this.socket.on('error', () => undefined)
    this.closed = new Promise((resolve) => this.socket.once('close', () => resolve()))
    this.#chunks = this.socket[Symbol.asyncIterator]() as AsyncIterator<Buffer>
  }

  send(...bytes: Buffer[]): this {
    for (const part of bytes) this.socket.write(part)
    return this
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

  /** Status (0000,0900) of the next response. */
  async status(): Promise<number> {
    const found = await this.next()
    if (found?.type !== 4) throw new Error(`no response, but ${found?.type ?? 'the end'}`)
    const at = found.body.indexOf(Buffer.from([0, 0, 0, 9, 2, 0, 0, 0]))
    return found.body.readUInt16LE(at + 8)
  }
}
