import { z } from 'zod'

/** A workstation of a department, as the queue last heard of it. */
export const stationSchema = z.strictObject({
  name: z.string(),
  host: z.string(),
  /** `works`: takes jobs; `rests`: is open and takes none, as where the model in force cannot be used; `silent`: not heard of. */
  state: z.enum(['works', 'rests', 'silent']),
  /** Cases that it has in hand. */
  active: z.int(),
  /** Of its core process: the part of a processor, and bytes. Null before they were measured. */
  processor: z.number().nullable(),
  memoryBytes: z.number().nullable(),
  startedAt: z.string(),
  heardAt: z.string(),
})
export type Station = z.infer<typeof stationSchema>

/** Cases that no workstation got done, put aside. */
export const putAsideSchema = z.strictObject({ caseId: z.string(), fileName: z.string(), at: z.string() })
export type PutAside = z.infer<typeof putAsideSchema>

/** So many of those that were put aside are named. */
export const NAMED = 20

export const departmentSchema = z.strictObject({
  /** Which workstation this is. */
  here: z.string(),
  /** Whether it does the chores: watched folders, the listener, sending, retention. */
  leads: z.boolean(),
  stations: z.array(stationSchema),
  queue: z.strictObject({
    waiting: z.int(),
    underWay: z.int(),
    /** How long the oldest waits, s; null where none does. */
    oldestSeconds: z.number().nullable(),
    /** Null until it was counted. */
    donePerMinute: z.number().nullable(),
    putAside: z.int(),
  }),
  putAside: z.array(putAsideSchema),
})
export type DepartmentStatus = z.infer<typeof departmentSchema>

export const departmentContract = {
  /** Null where there is one workstation. */
  'department.get': { may: 'oversee', input: z.strictObject({}), output: departmentSchema.nullable() },
  /** Has what was put aside tried again. */
  'department.retry': { may: 'administer', input: z.strictObject({}), output: z.strictObject({ cases: z.int() }) },
} as const
