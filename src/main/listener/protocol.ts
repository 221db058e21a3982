import type { Passed } from '../../shared/source-rule.ts'
import type { ListenerLimits, Peer } from '../../shared/sources.ts'

/** Where objects lie until the core has them, and how large they may be. */
export interface ObjectPlace {
  /** Folder for objects: each is there until the core has answered for it. */
  incoming: string
  /** What seals them while they lie there; null where the record is in clear. It is in memory only. */
  key: Uint8Array | null
  maxObjectMegabytes: number
}

/** Where and how to listen. */
export interface ListenTo extends ListenerLimits, ObjectPlace {
  aeTitle: string
  address: string
  port: number
  peers: Peer[]
  /** Null: what is sent is not encrypted on its way. */
  tls: ServerTls | null
}

/** PEM. */
export interface ServerTls {
  certificate: string
  key: string
  /** '': senders need no certificate. */
  clientCa: string
}

/** Who is at the other end. */
export interface PeerName {
  /** What it calls itself; '' where it has not said so yet. */
  aeTitle: string
  address: string
}

/** Why an association, a connection or an object was refused. */
export const REFUSALS = [
  /** No peer has this address. */
  'address',
  /** No peer has this AE title at this address. */
  'calling-ae',
  /** It asked for another AE than ours. */
  'called-ae',
  /** Nothing that it proposed is accepted. */
  'nothing-accepted',
  /** There are as many as may be. */
  'too-many',
  /** What it sent is no DICOM, or breaks a limit of it. */
  'malformed',
  /** It said nothing for too long, or did not come to an end. */
  'timeout',
  /** An object larger than the limit. */
  'too-large',
  /** An object that could not be kept. */
  'not-kept',
  /** No TLS, or a certificate that is not accepted. */
  'tls',
] as const
export type RefusalReason = (typeof REFUSALS)[number]

/** An object that was received as a whole. */
export interface ReceivedObject {
  /** Part 10 file, sealed where there is a key. */
  path: string
  bytes: number
  sopClassUid: string
  sopInstanceUid: string
  transferSyntaxUid: string
}

/** What became of an object: on record, or why not; `passed`: by what of the rule here. */
export type Kept = 'kept' | 'out-of-resources' | 'failed' | { passed: Passed }

export type ToListener = { listen: ListenTo } | { ping: true } | { object: number; kept: Kept }

/** The first message is `ready`. An object is acknowledged to its sender when the core has answered for it. */
export type FromListener =
  | { ready: true }
  | { pong: true }
  | { listening: { address: string; port: number } }
  /** By the system's name of the error, e.g. EADDRINUSE. */
  | { failed: string }
  | { object: number; received: ReceivedObject; from: PeerName }
  | { echo: PeerName }
  | { refused: RefusalReason; from: PeerName }
