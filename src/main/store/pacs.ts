import type { Kysely, Transaction } from 'kysely'
import { timeNow } from '../../shared/clock.ts'
import { GyrusError } from '../../shared/errors.ts'
import { type KnownPacs, type Pacs, type PacsSettings, pacsSettingsSchema } from '../../shared/pacs.ts'
import { type AuditDetail, appendAudit } from './audit.ts'
import type { Database } from './schema.ts'
import type { PacsChange } from './source-types.ts'

/** By name. What a newer Gyrus wrote otherwise is not there. */
export async function allPacs(db: Kysely<Database>): Promise<KnownPacs[]> {
  const rows = await db
    .selectFrom('pacs')
    .leftJoin('network_secrets', 'network_secrets.owner', 'pacs.id')
    .select(['pacs.id', 'pacs.settings', 'network_secrets.owner'])
    .execute()
  const known = rows.flatMap(({ id, settings, owner }) => {
    const { data } = pacsSettingsSchema.safeParse(JSON.parse(settings))
    return data ? [{ id, settings: data, hasSecret: owner !== null }] : []
  })
  return known.sort((a, b) => a.settings.name.localeCompare(b.settings.name, 'en'))
}

/** @throws GyrusError `pacs-unknown` */
export async function pacsById(db: Kysely<Database>, id: string): Promise<Pacs> {
  const known = (await allPacs(db)).find((one) => one.id === id)
  if (!known) throw new GyrusError('pacs-unknown')
  return { id, ...known.settings }
}

/** `owner`: a connection's id; null where none is kept. */
export async function networkSecret(db: Kysely<Database>, owner: string): Promise<string | null> {
  const row = await db.selectFrom('network_secrets').where('owner', '=', owner).select('secret').executeTakeFirst()
  return row?.secret ?? null
}

/** `secret`: null takes it away, undefined leaves it. */
export async function setNetworkSecret(
  trx: Transaction<Database>,
  owner: string,
  secret: string | null | undefined,
): Promise<void> {
  if (secret === undefined) return
  await trx.deleteFrom('network_secrets').where('owner', '=', owner).execute()
  if (secret !== null) await trx.insertInto('network_secrets').values({ owner, secret }).execute()
}

/**
 * A secret stays with the place that it was given for: whoever changes that gives it anew.
 *
 * @throws GyrusError `pacs-name-taken`
 */
export async function setPacs(trx: Transaction<Database>, change: PacsChange, by: string): Promise<void> {
  const { id, settings } = change
  const known = await allPacs(trx)
  const before: PacsSettings | null = known.find((one) => one.id === id)?.settings ?? null
  const moved = before !== null && placeOf(before) !== placeOf(settings)
  const secret = change.secret === undefined && moved ? null : change.secret
  const { name } = settings
  if (known.some((one) => one.id !== id && sameName(one.settings.name, name))) {
    throw new GyrusError('pacs-name-taken', { name })
  }
  await trx
    .insertInto('pacs')
    .values({ id, settings: JSON.stringify(settings) })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ settings: JSON.stringify(settings) }))
    .execute()
  await setNetworkSecret(trx, id, secret)
  const secretIs = secret === undefined ? 'kept' : secret === null ? 'removed' : 'changed'
  await log(trx, 'pacs.saved', id, { settings, before, secret: secretIs }, by)
}

/** Returns whether there was one. */
export async function removePacs(trx: Transaction<Database>, id: string, by: string): Promise<boolean> {
  const known = (await allPacs(trx)).find((one) => one.id === id)
  if (!known) return false
  await trx.deleteFrom('pacs').where('id', '=', id).execute()
  await setNetworkSecret(trx, id, null)
  await log(trx, 'pacs.removed', id, { name: known.settings.name }, by)
  return true
}

/** For a record that was made of another one. */
export async function switchPacsOff(trx: Transaction<Database>, by: string): Promise<void> {
  for (const { id, settings } of await allPacs(trx)) {
    if (settings.on) await setPacs(trx, { id, settings: { ...settings, on: false } }, by)
  }
}

const placeOf = (settings: PacsSettings): string =>
  settings.kind === 'dimse' ? `${settings.host}:${settings.port}` : settings.url

const sameName = (one: string, other: string) => one.toLowerCase() === other.toLowerCase()

const log = (trx: Transaction<Database>, act: string, subject: string, detail: AuditDetail, actor: string) =>
  appendAudit(trx, timeNow(), [{ actor, act, subject, detail }])
