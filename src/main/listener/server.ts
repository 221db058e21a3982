import { createServer, type Server, type Socket } from 'node:net'
import { Association } from './association.ts'
import { Peers, plainAddress } from './peers.ts'
import type { FromListener, Kept, ListenTo, PeerName, ReceivedObject } from './protocol.ts'
import { Gone, Refused, Wire } from './wire.ts'

/** Connections beside associations: those that have not asked for one yet. */
const SPARE = 16
/** How long a peer has to take our last words, ms. */
const GRACE_MS = 2_000

/** Listens at one place, for as long as its settings are in force. */
export class Listener {
  readonly #settings: ListenTo
  readonly #send: (message: FromListener) => void
  readonly #keep: (received: ReceivedObject, from: PeerName) => Promise<Kept>
  readonly #peers: Peers
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  #associations = 0

  constructor(
    settings: ListenTo,
    send: (message: FromListener) => void,
    keep: (received: ReceivedObject, from: PeerName) => Promise<Kept>,
  ) {
    this.#settings = settings
    this.#send = send
    this.#keep = keep
    this.#peers = new Peers(settings.peers)
    this.#server = createServer({ noDelay: true, allowHalfOpen: false }, (socket) => void this.#serve(socket))
    this.#server.on('error', (error: NodeJS.ErrnoException) => send({ failed: error.code ?? error.message }))
    this.#server.listen({ host: settings.address, port: settings.port, exclusive: true }, () => {
      const at = this.#server.address()
      if (at !== null && typeof at === 'object') send({ listening: { address: at.address, port: at.port } })
    })
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  async #serve(socket: Socket): Promise<void> {
    // What goes wrong with a connection ends the wait for its bytes as well.
    socket.on('error', () => undefined)
    const address = plainAddress(socket.remoteAddress ?? '')
    const nobody = { aeTitle: '', address }
    const reason = this.#turnAway(address)
    if (reason !== null) {
      socket.destroy()
      return this.#send({ refused: reason, from: nobody })
    }
    this.#sockets.add(socket)
    const wire = new Wire(socket)
    let occupied = false
    const association = new Association({
      wire,
      settings: this.#settings,
      peers: this.#peers,
      address,
      occupy: () => {
        occupied = this.#associations < this.#settings.maxAssociations
        if (occupied) this.#associations += 1
        return occupied
      },
      onRefused: (refused, from) => this.#send({ refused, from: { ...from } }),
      onEcho: (from) => this.#send({ echo: { ...from } }),
      onObject: this.#keep,
    })
    try {
      await association.run()
      await wire.finish(null, GRACE_MS)
    } catch (error) {
      await this.#end(wire, error, association.from)
    } finally {
      if (occupied) this.#associations -= 1
      this.#sockets.delete(socket)
      wire.close()
    }
  }

  /** Before a byte is read. */
  #turnAway(address: string): 'address' | 'too-many' | null {
    if (!this.#peers.reach(address)) return 'address'
    return this.#sockets.size >= this.#settings.maxAssociations + SPARE ? 'too-many' : null
  }

  async #end(wire: Wire, error: unknown, from: PeerName): Promise<void> {
    if (error instanceof Gone) return
    if (!(error instanceof Refused)) throw error
    this.#send({ refused: error.reason, from: { ...from } })
    if (error.reason !== 'timeout') await wire.finish(error.answer, GRACE_MS)
  }
}
