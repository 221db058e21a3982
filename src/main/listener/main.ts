import type { FromListener, Kept, ListenTo, PeerName, ReceivedObject, ToListener } from './protocol.ts'
import { Listener } from './server.ts'

/**
 * Entry of the listener process: everything that peers in the network send is read in here, where there is no database,
 * and no key but that of the objects on their way.
 */

let listener: Listener | null = null
/** One change of the settings after another. */
let turn: Promise<void> = Promise.resolve()
let objects = 0
const waiting = new Map<number, (kept: Kept) => void>()

function keep(received: ReceivedObject, from: PeerName): Promise<Kept> {
  objects += 1
  const object = objects
  const answered = Promise.withResolvers<Kept>()
  waiting.set(object, answered.resolve)
  send({ object, received, from: { ...from } })
  return answered.promise
}

function answer(message: ToListener): void {
  if ('ping' in message) send({ pong: true })
  else if ('object' in message) {
    waiting.get(message.object)?.(message.kept)
    waiting.delete(message.object)
  } else turn = turn.then(() => listen(message.listen))
}

async function listen(to: ListenTo): Promise<void> {
  await listener?.close()
  listener = null
  try {
    listener = new Listener(to, send, keep)
  } catch (error) {
    // A certificate that cannot be used.
    send({ failed: error instanceof Error ? error.message : String(error) })
  }
}

/** Electron's utility process talks over `parentPort`, a forked Node over `process.send`. */
const parentPort = (process as { parentPort?: ParentPort }).parentPort

interface ParentPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { data: ToListener }) => void): void
}

function send(message: FromListener): void {
  if (parentPort) parentPort.postMessage(message)
  // The core may have gone meanwhile; then nobody is left to be told.
  else process.send?.(message, undefined, undefined, () => undefined)
}

if (parentPort) parentPort.on('message', (event) => answer(event.data))
else process.on('message', answer)
// Ctrl+C in a terminal is meant for the core, which ends the listener.
process.on('SIGINT', () => undefined)
process.on('disconnect', () => process.exit(0))
send({ ready: true })
