/** The audit trail. */
export interface AuditTables {
  audit: AuditTable
  audit_bindings: AuditBindingsTable
  audit_settings: AuditSettingsTable
}

/** Append-only, chained: `hash` = SHA-256 over the entry and the hash before it. */
export interface AuditTable {
  seq: number
  at: string
  actor: string
  act: string
  subject: string
  /** Canonical JSON: keys sorted, no white space. */
  detail: string
  previous_hash: string
  hash: string
}

/** Which entry binds a row. An erasure takes the salt away with what it erases. */
interface AuditBindingsTable {
  /** A `BoundKind`. */
  kind: string
  key: string
  /** Of the digest that stands in the entry. */
  salt: string
  seq: number
}

interface AuditSettingsTable {
  name: 'installation' | 'heads-folder' | 'heads-last'
  value: string
}
