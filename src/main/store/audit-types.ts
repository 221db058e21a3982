import type { AuditEntryRow, AuditPage, AuditPlace, AuditQuery, AuditVerdict } from '../../shared/audit.ts'
import type { GoneOnElsewhere } from './audit/left.ts'
import type { Asker } from './case-types.ts'

/** What was done without changing a row of the record. */
export interface LoggedAct {
  actor: string
  act:
    | 'app.started'
    | 'app.stopped'
    | 'case.opened'
    | 'case.exported'
    | 'batch.exported'
    | 'batch.reported'
    | 'monitoring.reported'
    | 'monitoring.alarm-raised'
    | 'monitoring.alarm-ended'
    | 'case.rerun'
    | 'case.frame-asked'
    | 'search.started'
    | 'search.resumed'
    | 'model.registered'
    | 'model.exported'
    | 'model.refused'
    | 'dataset.audited'
    | 'model.judged'
    | 'model.proposed'
    | 'model.withdrawn'
    | 'model.evaluated'
    | 'model.compared'
    | 'gate.changed'
    | 'gate.proposed'
    | 'gate.withdrawn'
    | 'gate.bypassed'
    | 'native-engine.install-began'
    | 'native-engine.installed'
    | 'native-engine.install-failed'
    | 'native-engine.removed'
    | 'audit.key-made'
    | 'audit.head-exported'
    | 'audit.heads-folder-set'
    | 'audit.exported'
    | 'audit.verified'
    | 'backup.removed'
    | 'backup.verified'
    | 'record.restored'
    | 'department.joined'
    | 'department.left'
    | 'department.limited'
    | 'department.retried'
    | 'record.encrypted'
    | 'record.decrypted'
    | 'record.moved'
    | 'record.left'
    | 'department.role-granted'
    | 'record.key-changed'
    | 'patient.exported'
    | 'source.refused'
    | 'pacs.tested'
    | 'pacs.searched'
    | 'pacs.retrieve-began'
    | 'pacs.retrieved'
  /** A case's, batch's or model's id, or what there is only one of: `gate`, `audit`, `native-engine`, `gyrus`. */
  subject: string
  /** Of JSON values. */
  detail: object
}

export interface AuditSettings {
  /** Names this installation in its signed heads. */
  installation: string
  headsFolder: string | null
  lastHead: { at: string; sequence: number } | null
}

/** How a verification of the audit trail is followed. */
export interface VerifyFollowing {
  signal?: AbortSignal
  onProgress?(progress: { stage: string; done: number; total: number }): void
}

export interface AuditReads {
  /** Entries of the audit trail, newest first, behind `after`. */
  listAudit(query: AuditQuery, after: AuditPlace | null, limit: number, reader?: Asker): Promise<AuditPage>
  countAudit(query: AuditQuery): Promise<number>
  /** Ids of cases and batches that end in these 8 or more hexadecimal digits. */
  idsEnding(end: string): Promise<string[]>
  auditFacets(): Promise<{ actors: string[]; acts: string[] }>
  /** One entry; null where there is none. */
  auditEntry(sequence: number): Promise<AuditEntryRow | null>
  /** The last entry; null before the first. */
  auditHead(): Promise<AuditEntryRow | null>
  auditSettings(): Promise<AuditSettings>
  /** Where this record went by a move that left it behind; null where it is the one that is gone on with. */
  goneOnElsewhere(): Promise<GoneOnElsewhere | null>
  /** @throws GyrusError `cancelled`, `database-corrupt` */
  verifyRecord(following: VerifyFollowing): Promise<AuditVerdict>
}

export interface AuditStore {
  log(act: LoggedAct): Promise<void>
  setHeadsFolder(folder: string | null, actor: string): Promise<void>
  /** `installation`: the id that the record goes by from now on; null where it keeps its own. */
  logRestored(detail: object, installation: string | null, actor: string): Promise<void>
  logHead(
    head: { at: string; sequence: number; hash: string; fingerprint: string; daily: boolean },
    actor: string,
  ): Promise<void>
}
