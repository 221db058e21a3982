import { toGyrusError } from '../../shared/errors.ts'
import type { ReceivedObject } from '../listener/protocol.ts'
import { webPeer } from './dicomweb/index.ts'
import { dimsePeer } from './dimse/peer.ts'
import type { Peer } from './peer.ts'
import type { Asked, FromPacs, Kept, ToPacs } from './protocol.ts'

/**
 * Entry of the process that asks a PACS one thing, and ends with it: what a PACS sends is read in here, where there is no
 * database, and no key but that of the objects on their way.
 */

const ending = new AbortController()
let objects = 0
const waiting = new Map<number, (kept: Kept) => void>()

function onObject(received: ReceivedObject): Promise<Kept> {
  objects += 1
  const object = objects
  const answered = Promise.withResolvers<Kept>()
  waiting.set(object, answered.resolve)
  send({ object, received })
  return answered.promise
}

function peerOf({ settings, secret, listenerAe }: Asked): Peer {
  const { signal } = ending
  if (settings.kind === 'dimse') return dimsePeer({ settings, secret, signal }, listenerAe)
  return webPeer(settings, secret, signal)
}

async function perform(asked: Asked): Promise<unknown> {
  const peer = peerOf(asked)
  const { task } = asked
  if ('test' in task) return peer.test()
  if ('studies' in task) return peer.studies(task.studies)
  if ('series' in task) return peer.series(task.series)
  if ('images' in task) return peer.images(task.images.studyUid, task.images.seriesUid)
  if ('store' in task) return peer.store(task.store)
  const onProgress = (progress: Extract<FromPacs, { progress: unknown }>['progress']) => send({ progress })
  return peer.retrieve(task.retrieve, { ...task.place, onObject, onProgress })
}

async function take(message: ToPacs): Promise<void> {
  if ('cancel' in message) return ending.abort()
  if ('object' in message) {
    waiting.get(message.object)?.(message.kept)
    waiting.delete(message.object)
    return
  }
  try {
    send({ answer: await perform(message.ask) })
  } catch (error) {
    const { code, details } = toGyrusError(error)
    send({ failed: { code, details } })
  }
}

/** Electron's utility process talks over `parentPort`, a forked Node over `process.send`. */
const parentPort = (process as { parentPort?: ParentPort }).parentPort

interface ParentPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { data: ToPacs }) => void): void
}

function send(message: FromPacs): void {
  if (parentPort) parentPort.postMessage(message)
  // The core may have gone meanwhile; then nobody is left to be told.
  else process.send?.(message, undefined, undefined, () => undefined)
}

if (parentPort) parentPort.on('message', (event) => void take(event.data))
else process.on('message', (message: ToPacs) => void take(message))
// Ctrl+C in a terminal is meant for the core, which ends this process.
process.on('SIGINT', () => undefined)
process.on('disconnect', () => process.exit(0))
send({ ready: true })
