import { createServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer, type Server as TlsServer } from 'node:tls'
import { Association } from './association.ts'
import { Peers, plainAddress } from './peers.ts'
import type { FromListener, Kept, ListenTo, PeerName, ReceivedObject } from './protocol.ts'
import { Gone, Refused, Wire } from './wire.ts'

/** Connections beside associations: those that have not asked for one yet. */
const SPARE = 16
/** For the handshake of TLS, ms. */
const HANDSHAKE_MS = 10_000
/** How long a peer has to take our last words, ms. */
const GRACE_MS = 2_000

/** Listens at one place, for as long as its settings are in force. */
export class Listener {
  readonly #settings: ListenTo
  readonly #send: (message: FromListener) => void
  readonly #keep: (received: ReceivedObject, from: PeerName) => Promise<Kept>
  readonly #peers: Peers
  readonly #server: Server
  /** Does the handshakes of connections that `#server` took; null without TLS. */
  readonly #secure: TlsServer | null
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
    this.#secure = this.#secured()
    this.#server = createServer({ noDelay: true, allowHalfOpen: false }, (socket) => this.#take(socket))
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

  #secured(): TlsServer | null {
    const { tls } = this.#settings
    if (tls === null) return null
    const asks = tls.clientCa !== ''
    const server = createTlsServer({
      ...{ cert: tls.certificate, key: tls.key, minVersion: 'TLSv1.2', handshakeTimeout: HANDSHAKE_MS },
      ...(asks && { ca: tls.clientCa, requestCert: true, rejectUnauthorized: true }),
    })
    server.on('secureConnection', (socket) => void this.#serve(socket))
    server.on('tlsClientError', (_, socket) => {
      const from = { aeTitle: '', address: plainAddress(socket.remoteAddress ?? '') }
      if (from.address !== '') this.#send({ refused: 'tls', from })
      socket.destroy()
    })
    return server
  }

  /** A connection that is new; who may not be here is let go of before a byte is read. */
  #take(socket: Socket): void {
    // What goes wrong with a connection ends the wait for its bytes as well.
    socket.on('error', () => undefined)
    const address = plainAddress(socket.remoteAddress ?? '')
    const reason = this.#turnAway(address)
    if (reason !== null) {
      socket.destroy()
      this.#send({ refused: reason, from: { aeTitle: '', address } })
      return
    }
    this.#sockets.add(socket)
    socket.once('close', () => this.#sockets.delete(socket))
    if (this.#secure) this.#secure.emit('connection', socket)
    else void this.#serve(socket)
  }

  async #serve(socket: Socket): Promise<void> {
    socket.on('error', () => undefined)
    const address = plainAddress(socket.remoteAddress ?? '')
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
