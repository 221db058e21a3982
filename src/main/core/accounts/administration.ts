import { randomBytes } from 'node:crypto'
import type { Account, AccountToken } from '../../../shared/account-schemas.ts'
import type { Role } from '../../../shared/accounts.ts'
import { GyrusError } from '../../../shared/errors.ts'
import type { Store, StoredAccount } from '../../store/types.ts'
import type { Emit } from '../events.ts'
import { checkName } from './names.ts'
import { hashPassword, newOneTimePassword } from './passwords.ts'
import { newToken } from './tokens.ts'

const DAY_MS = 86_400_000

/** The sessions that hang on the accounts; none on the command line, which has the record for itself. */
export interface Hanging {
  emit: Emit
  /** Something about the account is different now. */
  changed(name: string): Promise<void>
  /** Ends the account's sessions. */
  end(name: string, because: string): Promise<void>
  lockChanged(minutes: number): void
}

const NONE: Hanging = {
  emit: () => undefined,
  changed: async () => undefined,
  end: async () => undefined,
  lockChanged: () => undefined,
}

/** What an administrator does with accounts. `by` is who asked for it. */
export class Administration {
  readonly #parts: Hanging & { store: Store }

  constructor(parts: { store: Store; hanging?: Hanging }) {
    this.#parts = { ...(parts.hanging ?? NONE), store: parts.store }
  }

  async list(): Promise<Account[]> {
    return (await this.#parts.store.accounts()).map(({ password: _, failedAt: __, ...account }) => account)
  }

  async overview(): Promise<{ accounts: Account[]; lockMinutes: number }> {
    return { accounts: await this.list(), lockMinutes: await this.#parts.store.lockMinutes() }
  }

  /**
   * Makes an account with a one-time password, which is returned.
   *
   * @throws GyrusError `account-name-invalid`, `account-name-taken`, `account-first-administrator`
   */
  async add(account: { name: string; fullName: string; role: Role }, by: string): Promise<string> {
    const { store, emit } = this.#parts
    const name = checkName(account.name)
    const first = (await store.accounts()).length === 0
    if (first && account.role !== 'administrator') throw new GyrusError('account-first-administrator')
    const oneTime = newOneTimePassword()
    const password = await hashPassword(oneTime)
    await store.addAccount({ ...account, name, password, mustChange: true, by, first })
    emit({ type: 'accounts' })
    return oneTime
  }

  /** @throws GyrusError `account-unknown`, `account-last-administrator` */
  async setRole(text: string, role: Role, by: string): Promise<void> {
    const { name } = await this.#find(text)
    await this.#parts.store.setRole(name, role, by)
    await this.#parts.changed(name)
    this.#parts.emit({ type: 'accounts' })
  }

  /** @throws GyrusError `account-unknown`, `account-last-administrator` */
  async setActive(text: string, active: boolean, by: string): Promise<void> {
    const { name } = await this.#find(text)
    await this.#parts.store.setActive(name, active, by)
    if (!active) await this.#parts.end(name, 'deactivated')
    this.#parts.emit({ type: 'accounts' })
  }

  /** Returns the new one-time password. @throws GyrusError `account-unknown`, `account-inactive` */
  async resetPassword(text: string, by: string): Promise<string> {
    const { name, active } = await this.#find(text)
    if (!active) throw new GyrusError('account-inactive', { name })
    const oneTime = newOneTimePassword()
    await this.#parts.store.setPassword({ name, password: await hashPassword(oneTime), mustChange: true, by })
    await this.#parts.end(name, 'password')
    this.#parts.emit({ type: 'accounts' })
    return oneTime
  }

  async tokens(): Promise<AccountToken[]> {
    return (await this.#parts.store.tokens()).map(({ sha256: _, ...token }) => token)
  }

  /** @throws GyrusError `account-unknown`, `account-inactive` */
  async addToken(
    { name: text, purpose, days }: { name: string; purpose: string; days: number },
    by: string,
  ): Promise<{ id: string; token: string }> {
    const { name, active } = await this.#find(text)
    if (!active) throw new GyrusError('account-inactive', { name })
    const { token, sha256 } = newToken()
    const id = randomBytes(4).toString('hex')
    const now = Date.now()
    const [createdAt, expiresAt] = [now, now + days * DAY_MS].map((at) => new Date(at).toISOString()) as [
      string,
      string,
    ]
    await this.#parts.store.addToken({ id, account: name, sha256, purpose, createdAt, createdBy: by, expiresAt })
    this.#parts.emit({ type: 'accounts' })
    return { id, token }
  }

  /** @throws GyrusError `token-unknown` */
  async revokeToken(id: string, by: string): Promise<void> {
    await this.#parts.store.revokeToken(id, by)
    this.#parts.emit({ type: 'accounts' })
  }

  async setLock(minutes: number, by: string): Promise<void> {
    await this.#parts.store.setLockMinutes(minutes, by)
    this.#parts.lockChanged(minutes)
    this.#parts.emit({ type: 'session' })
    this.#parts.emit({ type: 'accounts' })
  }

  async #find(name: string): Promise<StoredAccount> {
    const found = await this.#parts.store.findAccount(name)
    if (!found) throw new GyrusError('account-unknown', { name })
    return found
  }
}
