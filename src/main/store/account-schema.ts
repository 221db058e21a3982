import type { Generated } from 'kysely'
import type { Role } from '../../shared/accounts.ts'
import type { Language } from '../../shared/language.ts'

/** Accounts, and what readers chose. */
export interface AccountTables {
  preferences: PreferencesTable
  language_settings: LanguageSettingsTable
  accounts: AccountsTable
  account_tokens: AccountTokensTable
  account_settings: AccountSettingsTable
}

/** One row a reader: JSON as in shared/preferences.ts. */
interface PreferencesTable {
  reader: string
  value: string
  changed_at: string
}

/** One row at most; none where no language was chosen for the department. */
interface LanguageSettingsTable {
  name: 'department'
  language: Language
}

/** Never deleted, and never renamed (triggers). */
export interface AccountsTable {
  name: string
  /** As `nameKey` makes it: unique. */
  name_key: string
  full_name: string
  role: Role
  /** Argon2id in PHC form. */
  password: string
  must_change: 0 | 1
  active: 0 | 1
  /** Failed tries in a row. */
  failures: number
  /** Of the last one, ms since 1970. */
  failed_at: number
  created_at: string
  created_by: string
  changed_at: string
  signed_in_at: string | null
}

/** Tokens with which programs act for an account; only their hashes. Never deleted. */
interface AccountTokensTable extends Refusals {
  id: string
  account: string
  sha256: string
  purpose: string
  created_at: string
  created_by: string
  expires_at: string
  revoked_at: string | null
}

/** How often in a row a token was refused, so that not every try is an entry; ms since 1970. */
interface Refusals {
  refusals: Generated<number>
  refused_at: Generated<number>
  /** Not on record since. */
  unlogged: Generated<number>
}

/** One row, once something was set. The refusals are those of tokens that nobody has. */
interface AccountSettingsTable extends Refusals {
  id: number
  lock_minutes: number
  /** Tries with names that are not there. */
  strangers: number
}
