import type { AuditEntryRow } from '../../../../shared/audit.ts'

/** How entries are written: something before, each entry, something after. */
export interface EntryFormat {
  mediaType: string
  extension: string
  before: string
  /** @param first whether none was written before */
  entry(entry: AuditEntryRow, about: About, first: boolean): string
  after: string
}

/** What the entries are of. */
export interface About {
  /** Id of the installation. */
  installation: string
}
