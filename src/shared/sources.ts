import { z } from 'zod'
import { failureSchema } from './cases.ts'
import { certificatesSchema } from './certificates.ts'
import { passedSchema, sourceRuleSchema } from './source-rule.ts'

/** PS3.5 6.2: up to 16 characters without control characters and backslash; spaces at the ends do not count. */
export const aeTitleSchema = z
  .string()
  .trim()
  .regex(/^[ -[\]-~]{1,16}$/, 'An AE title has 1 to 16 ASCII characters without backslash.')

/** One address, or a network as 10.1.2.0/24. */
const addressesSchema = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], {
  error: 'An IP address such as 10.1.2.3, or a network such as 10.1.2.0/24, is needed.',
})

/** Who may send: both have to fit. */
export const peerSchema = z.strictObject({ aeTitle: aeTitleSchema, address: addressesSchema })
export type Peer = z.infer<typeof peerSchema>

const MAX_PEERS = 200
/** The largest file that is taken in, MB. */
const MAX_OBJECT_MEGABYTES = 512

const limits = {
  /** Associations at a time; who comes when all are taken is told to try again later. */
  maxAssociations: z.int().min(1).max(64),
  /** One object, MB. */
  maxObjectMegabytes: z.int().min(1).max(MAX_OBJECT_MEGABYTES),
  /** One PDU, kB: what the peer is told, and held to. */
  maxPduKilobytes: z.int().min(4).max(1_024),
  /** Without a sign of the peer, and for one PDU to come to its end, s. */
  idleSeconds: z.int().min(5).max(600),
}
const limitsSchema = z.strictObject(limits)
export type ListenerLimits = z.infer<typeof limitsSchema>

/** TLS of the listener; its private key is kept apart. */
const listenerTlsSchema = z.strictObject({
  on: z.boolean(),
  /** Its own, with those between it and the one that others trust behind it. */
  certificate: certificatesSchema,
  /** Who has to have signed a sender's certificate; '': senders need none. */
  clientCa: certificatesSchema,
})
export type ListenerTls = z.infer<typeof listenerTlsSchema>
const NO_TLS: ListenerTls = { on: false, certificate: '', clientCa: '' }

export const listenerSettingsSchema = z.strictObject({
  on: z.boolean(),
  aeTitle: aeTitleSchema,
  /** 0 lets the system choose one: for tests. */
  port: z.int().min(0).max(65_535),
  /** Of this machine: only who reaches it can connect. */
  address: z.union([z.ipv4(), z.ipv6()], { error: 'An IP address of this machine is needed.' }),
  /** Nobody where it is empty. */
  peers: z.array(peerSchema).max(MAX_PEERS),
  /** What a Gyrus from before it wrote has none. */
  tls: listenerTlsSchema.default(NO_TLS),
  ...limits,
})
export type ListenerSettings = z.infer<typeof listenerSettingsSchema>

/** There is one. */
export const LISTENER = 'listener'
/** The listener, or a watched folder. */
export const sourceIdSchema = z.union([z.literal(LISTENER), z.uuid()])

export const DEFAULT_LISTENER: ListenerSettings = {
  on: false,
  aeTitle: 'GYRUS',
  port: 11_112,
  address: '127.0.0.1',
  peers: [],
  tls: NO_TLS,
  maxAssociations: 8,
  maxObjectMegabytes: MAX_OBJECT_MEGABYTES,
  maxPduKilobytes: 128,
  idleSeconds: 60,
}

export const folderSettingsSchema = z.strictObject({
  on: z.boolean(),
  path: z.string().min(1).max(4_000),
  subFolders: z.boolean(),
})
export type FolderSettings = z.infer<typeof folderSettingsSchema>
export type WatchedFolder = FolderSettings & { id: string }

export const SOURCE_STATES = ['off', 'starting', 'ready', 'restarting', 'failed'] as const

/** Why something was refused; the listener's words (listener/protocol.ts). */
const refusalSchema = z.strictObject({
  at: z.string(),
  reason: z.string(),
  /** '' where it did not say. */
  aeTitle: z.string(),
  address: z.string(),
})
export type Refusal = z.infer<typeof refusalSchema>

/** Since midnight UTC, or since Gyrus started where that is later. */
const todaySchema = z.strictObject({
  received: z.int(),
  /** On record already. */
  known: z.int(),
  refused: z.int(),
  /** Not taken by the rule, by what of it. */
  passed: passedSchema,
})
export type Today = z.infer<typeof todaySchema>

export const listenerStatusSchema = z.strictObject({
  settings: listenerSettingsSchema,
  /** Whether a private key is kept for TLS. */
  hasKey: z.boolean(),
  rule: sourceRuleSchema,
  state: z.enum(SOURCE_STATES),
  /** Where it listens; null while it does not. */
  listening: z.strictObject({ address: z.string(), port: z.int() }).nullable(),
  failure: failureSchema.nullable(),
  /** Times that its process had to be started again since Gyrus started. */
  restarts: z.int(),
  /** The last object, and the last echo; null where none came since Gyrus started. */
  last: z.strictObject({ at: z.string(), aeTitle: z.string(), address: z.string() }).nullable(),
  echoed: z.strictObject({ at: z.string(), aeTitle: z.string(), address: z.string() }).nullable(),
  today: todaySchema,
  /** The newest 20. */
  refused: z.array(refusalSchema),
})
export type ListenerStatus = z.infer<typeof listenerStatusSchema>

export const folderStatusSchema = folderSettingsSchema.extend({
  id: z.uuid(),
  rule: sourceRuleSchema,
  state: z.enum(SOURCE_STATES),
  /** Why it cannot be looked through. */
  failure: failureSchema.nullable(),
  /** When it was looked through last; null for never since Gyrus started. */
  lookedAt: z.string().nullable(),
  /** When its last new file was taken. */
  lastAt: z.string().nullable(),
  /** Files that are not complete yet, or wait for their turn. */
  waiting: z.int(),
  today: todaySchema,
  /** Files and folders in it that cannot be taken; the newest 20. */
  problems: z.array(z.strictObject({ path: z.string(), failure: failureSchema })),
})
export type FolderStatus = z.infer<typeof folderStatusSchema>
