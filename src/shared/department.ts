import { z } from 'zod'
import { failureSchema } from './cases.ts'
import { LABELS } from './labels.ts'

/** A workstation of a department, as the queue last heard of it. */
export const stationSchema = z.strictObject({
  name: z.string(),
  host: z.string(),
  /** `works`: takes jobs; `rests`: is open and takes none, as where the model in force cannot be used; `silent`: not heard of. */
  state: z.enum(['works', 'rests', 'silent']),
  /** Whether it does the chores: watched folders, the listener, sending, retention. */
  leads: z.boolean(),
  /** Cases that it has in hand. */
  active: z.int(),
  /** So many it takes at a time; null where it takes none, or is not heard of. */
  casesAtOnce: z.int().nullable(),
  /** What it trains: nothing, the last layer of a network, or whole ones, on its processor or on a GPU. */
  trains: z.enum(['nothing', 'head', 'native', 'gpu']),
  /** Training run that it has in hand. */
  run: z.string().nullable(),
  startedAt: z.string(),
  heardAt: z.string(),
})
export type Station = z.infer<typeof stationSchema>

/** Cases that no workstation got done, put aside. */
export const putAsideSchema = z.strictObject({ caseId: z.string(), fileName: z.string(), at: z.string() })

/** So many of those that were put aside are named. */
export const NAMED = 20

export const departmentSchema = z.strictObject({
  /** Which workstation this is. */
  here: z.string(),
  stations: z.array(stationSchema),
  queue: z.strictObject({
    waiting: z.int(),
    underWay: z.int(),
    /** How long the oldest waits, s; null where none does. */
    oldestSeconds: z.number().nullable(),
    /** Results that came into the record within the last minute. */
    doneLastMinute: z.int(),
    putAside: z.int(),
    /** Training runs that no workstation has yet. */
    trainings: z.int(),
  }),
  putAside: z.array(putAsideSchema),
})
export type DepartmentStatus = z.infer<typeof departmentSchema>

/** For whoever waits for a case. */
export const workSchema = z.strictObject({
  /** Open workstations that take cases. */
  readers: z.int(),
  /** Why this one takes none, though it is set to: its shared files are not there, or the model in force cannot be used. */
  unfit: failureSchema.nullable(),
})
export type DepartmentWork = z.infer<typeof workSchema>

/** Where the workstations of a department keep what they share, as an administrator gives it. */
export const departmentSettingsSchema = z.strictObject({
  /** `postgres://user:password@host:port/database` */
  database: z.string().trim().min(1).max(1_000),
  /** Folder on a drive that all workstations have, or the address of a store (`parseFilesPlace`). */
  files: z.string().trim().min(1).max(1_000),
  /** Of a store, as whom it is asked. */
  filesKey: z.string().trim().max(1_000).optional(),
  filesSecret: z.string().trim().max(1_000).optional(),
})
export type DepartmentSettings = z.infer<typeof departmentSettingsSchema>

/** How they are set here, without password, key and secret. */
export const shownSettingsSchema = z.strictObject({
  /** Null where there is one workstation. */
  database: z.string().nullable(),
  files: z.string().nullable(),
  /** Host and name of the database that this Gyrus was begun with; null where it is its own record. */
  inForce: z.string().nullable(),
  /** What a form begins with: what is set, else what this Gyrus was begun with. What it leaves out of that is kept. */
  offered: z
    .strictObject({ database: z.string(), files: z.string(), hasPassword: z.boolean(), hasKey: z.boolean() })
    .nullable(),
  /** By GYRUS_DATABASE, which a page does not change. */
  byEnvironment: z.boolean(),
  /** Whether what is set is another thing than this Gyrus was begun with. */
  fromNextStart: z.boolean(),
})
export type ShownSettings = z.infer<typeof shownSettingsSchema>

/** What was found where the settings lead. */
export const triedSchema = z.strictObject({
  /** Of PostgreSQL. */
  version: z.string(),
  /** Whether there is a record, and how many cases it has; null where its tables are still to be made. */
  cases: z.int().nullable(),
})
export type Tried = z.infer<typeof triedSchema>

/** What a workstation takes of the department's work. */
export const workLimitsSchema = z.strictObject({
  /** Whether it reads cases; what is opened on it is read by others then. */
  cases: z.boolean(),
  /** So many at a time: few leave a weak machine free for whoever sits at it. */
  casesAtOnce: z.int().min(1).max(64),
  /** Whether it trains. */
  trainings: z.boolean(),
})
export type WorkLimits = z.infer<typeof workLimitsSchema>

export const DEFAULT_LIMITS: WorkLimits = { cases: true, casesAtOnce: 32, trainings: true }

/** A case that was read here while the department's record was away, and is not in it yet. */
export const unsentSchema = z.strictObject({
  caseId: z.string(),
  fileName: z.string(),
  receivedAt: z.string(),
  /** Whether it was analysed, or could not be; else it waits for that. */
  read: z.boolean(),
  /** Null where the model does not judge the image. */
  label: z.enum(LABELS).nullable(),
  confidence: z.number().nullable(),
  failure: failureSchema.nullable(),
  /** Whether the answer is kept from this reader, whose impression comes first. */
  kept: z.boolean(),
})
export type Unsent = z.infer<typeof unsentSchema>

export const outboxSchema = z.strictObject({
  cases: z.array(unsentSchema),
  /** Whether the department's database does not answer. */
  away: z.boolean(),
})
export type OutboxStatus = z.infer<typeof outboxSchema>

export const departmentContract = {
  /** What is not yet in the department's record; events of type `outbox` tell of changes. Empty where there is one workstation. */
  'department.outbox': { may: 'read', input: z.strictObject({}), output: outboxSchema },
  /** Who reads; events of type `outbox` tell of `unfit`. Null where there is one workstation. */
  'department.work': { may: 'read', input: z.strictObject({}), output: workSchema.nullable() },
  'department.settings': { may: 'oversee', input: z.strictObject({}), output: shownSettingsSchema },
  /** Tries settings, and keeps nothing. */
  'department.try': { may: 'administer', input: departmentSettingsSchema, output: triedSchema },
  /** Tries settings and keeps them, from the next start on. */
  'department.join': { may: 'administer', input: departmentSettingsSchema, output: triedSchema },
  /** Goes back to a record of this workstation’s own, from the next start on. */
  'department.leave': { may: 'administer', input: z.strictObject({}), output: z.strictObject({}) },
  /** Null where there is one workstation. */
  'department.get': { may: 'oversee', input: z.strictObject({}), output: departmentSchema.nullable() },
  /** What this workstation takes; null where it is alone. */
  'department.limits': { may: 'oversee', input: z.strictObject({}), output: workLimitsSchema.nullable() },
  /** At once; what it has in hand comes to its end. */
  'department.setLimits': { may: 'administer', input: workLimitsSchema, output: workLimitsSchema },
  /** Has what was put aside tried again. */
  'department.retry': { may: 'administer', input: z.strictObject({}), output: z.strictObject({ cases: z.int() }) },
} as const
