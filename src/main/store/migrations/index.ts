import type { Migration } from 'kysely/migration'
import * as record from './0001-record.ts'
import * as preferences from './0002-preferences.ts'

/** Forward only. A number is given once and its migration never changes after a release. */
export const MIGRATIONS: Record<string, Migration> = {
  '0001-record': record,
  '0002-preferences': preferences,
}
