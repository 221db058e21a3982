import { z } from 'zod'
import { backupStatusSchema, keptSchema } from './backup.ts'

/** The part of the contract that is about backups. */
export const backupContract = {
  /** Where and how often backups are made, the one that is under way, and why the last one failed. */
  'backups.status': { may: 'administer', input: z.strictObject({}), output: backupStatusSchema },
  /** Begins a backup into a folder; events of type `backup` tell how it comes along. */
  'backups.start': {
    may: 'administer',
    input: z.strictObject({ folder: z.string().min(1).max(4_000) }),
    output: z.strictObject({}),
  },
  'backups.cancel': { may: 'administer', input: z.strictObject({}), output: z.strictObject({}) },
  /** A folder for one backup a day, null for none, and how many days and weeks are kept. */
  'backups.set': {
    may: 'administer',
    input: z.strictObject({
      folder: z.string().min(1).max(4_000).nullable(),
      daily: keptSchema,
      weekly: z.int().min(0).max(1_000),
    }),
    output: z.strictObject({}),
  },
} as const
