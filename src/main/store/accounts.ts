import type { Kysely, Selectable, Transaction } from 'kysely'
import { DEFAULT_LOCK_MINUTES, nameKey, type Role, waitSeconds } from '../../shared/accounts.ts'
import { timeNow } from '../../shared/clock.ts'
import { GyrusError } from '../../shared/errors.ts'
import type { AccountAct, NewAccount, StoredAccount } from './account-types.ts'
import { type AuditEntry, appendAudit } from './audit.ts'
import type { AccountsTable, Database } from './schema.ts'

export const SETTINGS_ROW = 1

export async function accounts(db: Kysely<Database>): Promise<StoredAccount[]> {
  if (!(await hasAccounts(db))) return []
  const rows = await db.selectFrom('accounts').selectAll().orderBy('name_key').execute()
  return rows.map(toAccount)
}

export async function findAccount(db: Kysely<Database>, name: string): Promise<StoredAccount | null> {
  const row = await db.selectFrom('accounts').where('name_key', '=', nameKey(name)).selectAll().executeTakeFirst()
  return row ? toAccount(row) : null
}

/** A record that is only read is not brought up to date first. */
export async function hasAccounts(db: Kysely<Database>): Promise<boolean> {
  const tables = await db.introspection.getTables()
  return tables.some(({ name }) => name === 'accounts')
}

/** @throws GyrusError `accounts-exist`, `account-name-taken` */
export async function addAccount(trx: Transaction<Database>, account: NewAccount): Promise<void> {
  const { name, fullName, role, password, mustChange, by, first } = account
  const any = await trx.selectFrom('accounts').select('name').limit(1).executeTakeFirst()
  if (first && any) throw new GyrusError('accounts-exist')
  const at = timeNow()
  const row = { name, name_key: nameKey(name), full_name: fullName, role, password }
  if (await findAccount(trx, name)) throw new GyrusError('account-name-taken', { name })
  await trx
    .insertInto('accounts')
    .values({ ...row, ...standing(true, mustChange), created_at: at, created_by: by, changed_at: at })
    .execute()
  await log(trx, by, 'account.added', name, { fullName, role, first })
}

const standing = (active: boolean, mustChange: boolean) =>
  ({ active: active ? 1 : 0, must_change: mustChange ? 1 : 0, failures: 0, failed_at: 0 }) as const

/**
 * A failed try that is still to come was counted before the clock was set back. From now on it counts as of now, or the
 * next try would have to wait until the clock is there again.
 */
export async function boundTries(trx: Transaction<Database>, name: string, now: number): Promise<void> {
  await trx
    .updateTable('accounts')
    .set({ failed_at: now })
    .where('name_key', '=', nameKey(name))
    .where('failed_at', '>', now)
    .execute()
}

/** @throws GyrusError `sign-in-delayed` */
export async function countTry(trx: Transaction<Database>, name: string, now: number): Promise<StoredAccount | null> {
  const account = await findAccount(trx, name)
  if (!account?.active) {
    await countStranger(trx)
    return null
  }
  const seconds = waitSeconds(account.failures, account.failedAt, now)
  if (seconds > 0) throw new GyrusError('sign-in-delayed', { seconds })
  await trx
    .updateTable('accounts')
    .set({ failures: account.failures + 1, failed_at: now })
    .where('name', '=', account.name)
    .execute()
  return account
}

/** Takes as long as to count a try with a name that is there. */
async function countStranger(trx: Transaction<Database>): Promise<void> {
  await trx
    .insertInto('account_settings')
    .values({ id: SETTINGS_ROW, lock_minutes: DEFAULT_LOCK_MINUTES, strangers: 1 })
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet((eb) => ({ strangers: eb('account_settings.strangers', '+', 1) })),
    )
    .execute()
}

/** @throws GyrusError `sign-in-refused` where it was deactivated, or got another password, since that was checked */
export async function signedIn(
  trx: Transaction<Database>,
  { name, password }: Pick<StoredAccount, 'name' | 'password'>,
  shell: string,
): Promise<StoredAccount> {
  const account = await need(trx, name)
  if (!account.active || account.password !== password) throw new GyrusError('sign-in-refused')
  const at = timeNow()
  await trx.updateTable('accounts').set({ failures: 0, signed_in_at: at }).where('name', '=', name).execute()
  // This try was counted as well, until it turned out to be good.
  await log(trx, name, 'session.started', name, { shell, failures: Math.max(0, account.failures - 1) }, at)
  return account
}

export async function forgetTries(trx: Transaction<Database>, name: string): Promise<void> {
  await trx.updateTable('accounts').set({ failures: 0 }).where('name', '=', name).execute()
}

/** @throws GyrusError `account-unknown` */
export async function setPassword(
  trx: Transaction<Database>,
  { name, password, mustChange, by }: { name: string; password: string; mustChange: boolean; by: string },
): Promise<void> {
  // A reset is also the way back for who is held up by the delay.
  await change(trx, name, { password, must_change: mustChange ? 1 : 0, failures: 0 })
  await log(trx, by, mustChange ? 'account.password-reset' : 'account.password-changed', name, {})
}

/** @throws GyrusError `account-unknown`, `account-last-administrator` */
export async function setRole(trx: Transaction<Database>, name: string, role: Role, by: string): Promise<void> {
  const before = await need(trx, name)
  if (before.role === role) return
  if (before.active && before.role === 'administrator') await refuseIfLast(trx)
  await change(trx, name, { role })
  await log(trx, by, 'account.role-changed', name, { from: before.role, to: role })
}

/** @throws GyrusError `account-unknown`, `account-last-administrator` */
export async function setActive(trx: Transaction<Database>, name: string, active: boolean, by: string): Promise<void> {
  const before = await need(trx, name)
  if (before.active === active) return
  if (!active && before.role === 'administrator') await refuseIfLast(trx)
  await change(trx, name, { active: active ? 1 : 0 })
  await log(trx, by, active ? 'account.activated' : 'account.deactivated', name, {})
}

async function refuseIfLast(trx: Transaction<Database>): Promise<void> {
  const { n } = await trx
    .selectFrom('accounts')
    .where('role', '=', 'administrator')
    .where('active', '=', 1)
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  if (n <= 1) throw new GyrusError('account-last-administrator')
}

export async function lockMinutes(db: Kysely<Database>): Promise<number> {
  const row = await db.selectFrom('account_settings').select('lock_minutes').executeTakeFirst()
  return row?.lock_minutes ?? DEFAULT_LOCK_MINUTES
}

export async function setLockMinutes(trx: Transaction<Database>, minutes: number, by: string): Promise<void> {
  const from = await lockMinutes(trx)
  await trx
    .insertInto('account_settings')
    .values({ id: SETTINGS_ROW, lock_minutes: minutes, strangers: 0 })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ lock_minutes: minutes }))
    .execute()
  await log(trx, by, 'account.lock-time-changed', 'accounts', { from, to: minutes })
}

export async function logAccountAct(trx: Transaction<Database>, { actor, act, subject, detail }: AccountAct) {
  await log(trx, actor, act, subject, detail)
}

/** @throws GyrusError `account-unknown` */
export async function need(trx: Transaction<Database>, name: string): Promise<StoredAccount> {
  const found = await findAccount(trx, name)
  if (!found) throw new GyrusError('account-unknown', { name })
  return found
}

async function change(
  trx: Transaction<Database>,
  name: string,
  values: Partial<Pick<AccountsTable, 'role' | 'active' | 'password' | 'must_change' | 'failures'>>,
): Promise<void> {
  const { numUpdatedRows } = await trx
    .updateTable('accounts')
    .set({ ...values, changed_at: timeNow() })
    .where('name', '=', name)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw new GyrusError('account-unknown', { name })
}

/** Passwords, tokens and their hashes have no place in `detail`. */
export async function log(
  trx: Transaction<Database>,
  actor: string,
  act: string,
  subject: string,
  detail: AuditEntry['detail'],
  at = timeNow(),
): Promise<void> {
  await appendAudit(trx, at, [{ actor, act, subject, detail }])
}

function toAccount(row: Selectable<AccountsTable>): StoredAccount {
  return {
    name: row.name,
    fullName: row.full_name,
    role: row.role,
    active: row.active === 1,
    mustChange: row.must_change === 1,
    createdAt: row.created_at,
    createdBy: row.created_by,
    signedInAt: row.signed_in_at,
    failures: row.failures,
    failedAt: row.failed_at,
    password: row.password,
  }
}
