import type { Kysely } from 'kysely'
import type { LoggedBackup } from './care-types.ts'
import type { Database } from './schema.ts'

interface Told {
  path: string
  daily?: boolean
  entries?: number
  scans?: number
  lost?: number
  sound?: boolean
  reason?: string | null
}

const ACTS = ['backup.made', 'backup.verified', 'backup.removed']

/** All backups that were made and not taken away since, newest first, with how their newest verification ended. */
export async function loggedBackups(db: Kysely<Database>): Promise<LoggedBackup[]> {
  const entries = await db
    .selectFrom('audit')
    .where('act', 'in', ACTS)
    .select(['act', 'at', 'detail'])
    .orderBy('seq')
    .execute()
  const known = new Map<string, LoggedBackup>()
  for (const { act, at, detail } of entries) {
    const told = JSON.parse(detail) as Told
    const one = known.get(told.path)
    if (act === 'backup.removed') known.delete(told.path)
    else if (act === 'backup.made') known.set(told.path, madeOf(told, at))
    else if (one) one.verified = { at, sound: told.sound === true, reason: told.reason ?? null }
  }
  return [...known.values()].reverse()
}

const madeOf = ({ path, daily = false, entries = 0, scans = 0, lost = 0 }: Told, at: string): LoggedBackup => ({
  ...{ path, at, daily, entries, scans, lost },
  verified: null,
})
