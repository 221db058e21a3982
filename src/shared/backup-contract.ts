import { z } from 'zod'
import { backupRowSchema, backupStatusSchema, keptSchema } from './backup.ts'
import { instantSchema } from './cases.ts'

const kept = { daily: keptSchema, weekly: z.int().min(0).max(1_000) }

/** The part of the contract that is about backups. */
export const backupContract = {
  /** Where and how often backups are made, what is under way, and why the last one failed. */
  'backups.status': { may: 'oversee', input: z.strictObject({}), output: backupStatusSchema },
  /** All backups that the record knows of, newest first. */
  'backups.list': {
    may: 'oversee',
    input: z.strictObject({}),
    output: z.strictObject({ backups: z.array(backupRowSchema) }),
  },
  /** Begins a backup into a folder; events of type `backup` tell how it comes along. */
  'backups.start': {
    may: 'administer',
    input: z.strictObject({ folder: z.string().min(1).max(4_000) }),
    output: z.strictObject({}),
  },
  /** The same into the folder that is set: a page that may name no path can ask for it. */
  'backups.now': { may: 'administer', input: z.strictObject({}), output: z.strictObject({}) },
  /** Begins to read again all that a restore of a backup would need. It is named by when it was made, never by a path. */
  'backups.verify': {
    may: 'administer',
    input: z.strictObject({ at: instantSchema }),
    output: z.strictObject({}),
  },
  'backups.cancel': { may: 'administer', input: z.strictObject({}), output: z.strictObject({}) },
  /** A folder for one backup a day, null for none, and how many days and weeks are kept. */
  'backups.set': {
    may: 'administer',
    input: z.strictObject({ folder: z.string().min(1).max(4_000).nullable(), ...kept }),
    output: z.strictObject({}),
  },
  /** How many days and weeks are kept; the folder stays what it is. */
  'backups.keep': { may: 'administer', input: z.strictObject(kept), output: z.strictObject({}) },
} as const
