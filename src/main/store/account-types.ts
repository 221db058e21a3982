import type { Account, AccountToken } from '../../shared/account-schemas.ts'
import type { Role } from '../../shared/accounts.ts'
import type { Language } from '../../shared/language.ts'
import type { Preferences } from '../../shared/preferences.ts'
import type { AuditDetail } from './audit.ts'

/** An account as it is kept: with its password's hash, which never leaves the core. */
export interface StoredAccount extends Account {
  /** Argon2id in PHC form, with its parameters. */
  password: string
  /** Of the last failed try, ms since 1970. */
  failedAt: number
}

export interface NewAccount {
  name: string
  fullName: string
  role: Role
  password: string
  mustChange: boolean
  by: string
  /** Only where there is no account yet. */
  first: boolean
}

export interface NewToken extends Omit<AccountToken, 'revokedAt'> {
  sha256: string
}

export interface StoredToken extends AccountToken {
  sha256: string
}

/** A token that was refused; null for what nobody knows. */
export interface RefusedToken {
  id: string | null
  account: string | null
  because: 'unknown' | 'revoked' | 'too-old' | 'deactivated'
  command: string
  /** ms since 1970. */
  now: number
}

/** What happened around accounts and sessions without a change of either. */
export interface AccountAct {
  actor: string
  act: 'session.refused' | 'session.locked' | 'session.ended' | 'token.used' | 'request.refused'
  subject: string
  detail: AuditDetail
}

export interface AccountReads {
  /** By name; none where the record is older than accounts. */
  accounts(): Promise<StoredAccount[]>
  /** By name, however it is written. */
  findAccount(name: string): Promise<StoredAccount | null>
  /** Newest first. */
  tokens(): Promise<StoredToken[]>
  /** The latest time of which the audit trail tells since this token was made; null where it tells of none. */
  latestSince(tokenId: string): Promise<string | null>
}

export interface AccountStore extends AccountReads {
  /** @throws GyrusError `accounts-exist`, `account-name-taken` */
  addAccount(account: NewAccount): Promise<void>
  /**
   * Counts a try as failed before its password is looked at, so that no number of tries at once gets around the delay.
   *
   * @returns null where there is no such account that is active
   * @throws GyrusError `sign-in-delayed`
   */
  countTry(name: string, now: number): Promise<StoredAccount | null>
  /**
   * The try was good: none is counted any more. Returns the account as it is now.
   *
   * @throws GyrusError `sign-in-refused` where it was deactivated, or got another password, since that was checked
   */
  signedIn(checked: Pick<StoredAccount, 'name' | 'password'>, shell: string): Promise<StoredAccount>
  /** The password was right, for something else than signing in. */
  forgetTries(name: string): Promise<void>
  /** @throws GyrusError `account-unknown` */
  setPassword(change: { name: string; password: string; mustChange: boolean; by: string }): Promise<void>
  /** @throws GyrusError `account-unknown`, `account-last-administrator` */
  setRole(name: string, role: Role, by: string): Promise<void>
  /** @throws GyrusError `account-unknown`, `account-last-administrator` */
  setActive(name: string, active: boolean, by: string): Promise<void>
  /** @throws GyrusError `account-unknown` */
  addToken(token: NewToken): Promise<void>
  /** @throws GyrusError `token-unknown` */
  revokeToken(id: string, by: string): Promise<void>
  /** An entry, unless there were too many just now. */
  logRefusedToken(refused: RefusedToken): Promise<void>
  lockMinutes(): Promise<number>
  setLockMinutes(minutes: number, by: string): Promise<void>
  logAccountAct(act: AccountAct): Promise<void>
  /** @throws GyrusError `preferences-unreadable` */
  preferencesOf(reader: string): Promise<Preferences>
  setPreferences(reader: string, chosen: Preferences): Promise<void>
  /** Of the screens, for all who chose none; null where none was chosen. */
  departmentLanguage(): Promise<Language | null>
  setDepartmentLanguage(language: Language | null, by: string): Promise<void>
}
