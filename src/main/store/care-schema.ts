import type { Generated, Selectable } from 'kysely'
import type { HoldScope } from '../../shared/retention.ts'

/** What keeps the record and what takes from it. */
export interface CareTables {
  erasures: ErasuresTable
  backup_settings: BackupSettingsTable
  image_removals: ImageRemovalsTable
  legal_holds: LegalHoldsTable
  retention_settings: RetentionSettingsTable
}

/** Append-only: the tombstones. Nothing of the patient, only that, when and by whom it was erased. */
interface ErasuresTable {
  id: Generated<number>
  case_id: string
  erased_at: string
  erased_by: string
  /** Of the salt and the reason as it was given, which is kept nowhere here (care/reason.ts). */
  reason_sha256: string
  /** Null where an older Gyrus hashed the reason alone. */
  reason_salt: string | null
}

interface BackupSettingsTable {
  name: 'folder' | 'daily' | 'weekly' | 'last'
  value: string
}

/** Append-only: of a case that stays, the copy of its image went by a rule. */
interface ImageRemovalsTable {
  id: Generated<number>
  case_id: string
  removed_at: string
  removed_by: string
  /** As `ruleName` writes it (shared/retention.ts). */
  rule: string
}

/** Append-only. A hold is in force until another row lifts it. */
interface LegalHoldsTable {
  id: Generated<number>
  case_id: string
  kind: 'hold' | 'lift'
  /** `patient`: also of all other cases with this case's patient ID, those that are still to come among them. */
  scope: HoldScope
  /** The hold that a lift ends; null for a hold. */
  lifts: number | null
  actor: string
  /** May tell of a patient: stands here only, and an erasure empties it. */
  reason: string
  at: string
}

interface RetentionSettingsTable {
  /** `clock`: up to which entry of the trail its times were found to follow each other, or were confirmed. */
  name: 'rules' | 'clock' | 'last'
  value: string
}

export type HoldRow = Selectable<LegalHoldsTable>
