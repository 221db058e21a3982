import type { Kysely, Transaction } from 'kysely'
import { timeNow } from '../../shared/clock.ts'
import { DEFAULT_RULE, type SourceRule, sourceRuleSchema } from '../../shared/source-rule.ts'
import {
  DEFAULT_LISTENER,
  type FolderSettings,
  folderSettingsSchema,
  LISTENER,
  type ListenerSettings,
  listenerSettingsSchema,
  type WatchedFolder,
} from '../../shared/sources.ts'
import { type AuditDetail, appendAudit } from './audit.ts'
import { isKept } from './of-series.ts'
import { setNetworkSecret, switchPacsOff } from './pacs.ts'
import type { Database } from './schema.ts'
import { switchSendingOff } from './sendings.ts'

/** What an older or newer Gyrus wrote otherwise is as it was at first: off. */
export async function listenerSettings(db: Kysely<Database>): Promise<ListenerSettings> {
  const row = await db.selectFrom('sources').where('id', '=', LISTENER).select('settings').executeTakeFirst()
  return listenerSettingsSchema.catch(DEFAULT_LISTENER).parse(row ? JSON.parse(row.settings) : DEFAULT_LISTENER)
}

export async function watchedFolders(db: Kysely<Database>): Promise<WatchedFolder[]> {
  const rows = await db.selectFrom('sources').where('kind', '=', 'folder').selectAll().orderBy('id').execute()
  return rows.flatMap(({ id, settings }) => {
    const { data } = folderSettingsSchema.safeParse(JSON.parse(settings))
    return data ? [{ id, ...data }] : []
  })
}

/** `key`: for TLS; null takes it away, undefined leaves it. */
export async function setListener(
  trx: Transaction<Database>,
  settings: ListenerSettings,
  by: string,
  key?: string | null,
): Promise<void> {
  const before = await listenerSettings(trx)
  await setNetworkSecret(trx, LISTENER, key)
  await put(trx, { id: LISTENER, kind: 'listener', settings: JSON.stringify(settings) })
  const changed = key === undefined ? {} : { key: key === null ? 'removed' : 'changed' }
  await log(trx, 'source.saved', LISTENER, { settings, before, ...changed }, by)
}

export async function setFolder(trx: Transaction<Database>, folder: WatchedFolder, by: string): Promise<void> {
  const { id, ...settings } = folder
  const known = (await watchedFolders(trx)).find((one) => one.id === id)
  const before: FolderSettings | null = known ? { path: known.path, subFolders: known.subFolders, on: known.on } : null
  await put(trx, { id, kind: 'folder', settings: JSON.stringify(settings) })
  await log(trx, 'source.saved', id, { settings, before }, by)
}

/** What an older or newer Gyrus wrote otherwise is as it was at first. */
export async function sourceRule(db: Kysely<Database>, id: string): Promise<SourceRule> {
  const row = await db.selectFrom('sources').where('id', '=', id).select('rule').executeTakeFirst()
  return sourceRuleSchema.catch(DEFAULT_RULE).parse(row?.rule ? JSON.parse(row.rule) : DEFAULT_RULE)
}

/** What the rule before passed over is to be looked at again. Returns whether there is such a source. */
export async function setSourceRule(
  trx: Transaction<Database>,
  id: string,
  rule: SourceRule,
  by: string,
): Promise<boolean> {
  const before = await sourceRule(trx, id)
  // The listener is there before anybody has set it.
  if (id === LISTENER) await keepListener(trx)
  const changed = await trx
    .updateTable('sources')
    .set({ rule: JSON.stringify(rule) })
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirst()
  if (!changed) return false
  await trx.deleteFrom('source_files').where('source_id', '=', id).where('passed', '=', 1).execute()
  await log(trx, 'source.rule-set', id, { rule, before }, by)
  return true
}

const keepListener = async (trx: Transaction<Database>) =>
  put(trx, { id: LISTENER, kind: 'listener', settings: JSON.stringify(await listenerSettings(trx)) })

/** Returns whether there was one. */
export async function removeFolder(trx: Transaction<Database>, id: string, by: string): Promise<boolean> {
  const folder = (await watchedFolders(trx)).find((one) => one.id === id)
  if (!folder) return false
  await trx.deleteFrom('sources').where('id', '=', id).execute()
  await trx.deleteFrom('source_files').where('source_id', '=', id).execute()
  await log(trx, 'source.removed', id, { path: folder.path }, by)
  return true
}

/** For a record that was made of another one, which takes what comes. */
export async function switchSourcesOff(trx: Transaction<Database>, by: string): Promise<void> {
  const listener = await listenerSettings(trx)
  if (listener.on) await setListener(trx, { ...listener, on: false }, by)
  for (const folder of await watchedFolders(trx)) if (folder.on) await setFolder(trx, { ...folder, on: false }, by)
  await switchSendingOff(trx, by)
  await switchPacsOff(trx, by)
}

/** Of these looks at files those that are done. A look is a digest: a file's name may tell of a patient. */
export async function doneLooks(db: Kysely<Database>, source: string, looks: string[]): Promise<string[]> {
  const rows = await db
    .selectFrom('source_files')
    .where('source_id', '=', source)
    .where('look', 'in', looks)
    .select('look')
    .execute()
  return rows.map(({ look }) => look)
}

/** @param passed whether the rule passed the file over */
export async function addLook(
  trx: Transaction<Database>,
  source: string,
  look: string,
  passed: boolean,
): Promise<void> {
  await trx
    .insertInto('source_files')
    .values({ source_id: source, look, passed: passed ? 1 : 0 })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** The newest case of this file that is still listed, itself or its series, and has its image; null where there is none. */
export async function caseOfScan(db: Kysely<Database>, sha256: string): Promise<string | null> {
  const row = await db
    .selectFrom('cases')
    .where('scan_sha256', '=', sha256)
    .where(isKept('cases'))
    .where('id', 'not in', (eb) => eb.selectFrom('series').select('case_id'))
    .where('id', 'not in', (eb) => eb.selectFrom('erasures').select('case_id'))
    .where('id', 'not in', (eb) => eb.selectFrom('image_removals').select('case_id'))
    .select('id')
    .orderBy('received_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.id ?? null
}

async function put(
  trx: Transaction<Database>,
  row: { id: string; kind: 'listener' | 'folder'; settings: string },
): Promise<void> {
  await trx
    .insertInto('sources')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ settings: row.settings }))
    .execute()
}

const log = (trx: Transaction<Database>, act: string, subject: string, detail: AuditDetail, actor: string) =>
  appendAudit(trx, timeNow(), [{ actor, act, subject, detail }])
