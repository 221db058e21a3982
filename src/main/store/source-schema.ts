/** The tables of sources of scans. */
export interface SourceTables {
  sources: SourcesTable
  source_files: SourceFilesTable
  pacs: PacsTable
  network_secrets: NetworkSecretsTable
}

interface SourcesTable {
  /** `listener`, or a folder's UUID. */
  id: string
  kind: 'listener' | 'folder'
  /** JSON, see shared/sources.ts. */
  settings: string
  /** JSON, see shared/source-rule.ts; null for the one that there is at first. */
  rule: string | null
}

/** Files of watched folders that are on record, so that a restart need not read them again. */
interface SourceFilesTable {
  source_id: string
  /** SHA-256 of path, size and time of change: the path itself may name a patient. */
  look: string
  /** 1 where the rule passed it over: another rule may take it. */
  passed: number
}

interface PacsTable {
  id: string
  /** JSON, see shared/pacs.ts. */
  settings: string
}

/** Passwords, tokens and private keys of connections; no page and no audit entry ever has them. */
interface NetworkSecretsTable {
  /** A PACS's id, or `listener`. */
  owner: string
  secret: string
}
