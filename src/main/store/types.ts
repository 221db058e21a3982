import type { AccountReads, AccountStore } from './account-types.ts'
import type { AuditReads, AuditStore } from './audit-types.ts'
import type { BatchReads, BatchStore } from './batch-types.ts'
import type { CareReads, CareStore } from './care-types.ts'
import type { CaseReads, CaseStore } from './case-types.ts'
import type { ExperimentReads, ExperimentStore } from './experiment-types.ts'
import type { ModelReads, ModelStore } from './model-types.ts'
import type { MonitoringReads, MonitoringStore } from './monitoring-types.ts'
import type { ObjectReads, ObjectStore } from './object-types.ts'
import type { ReadingReads, ReadingStore } from './reading-types.ts'
import type { SendingReads, SendingStore } from './sending-types.ts'
import type { SeriesReads, SeriesStore } from './series-types.ts'
import type { SimilarReads } from './similar-types.ts'
import type { SourceReads, SourceStore } from './source-types.ts'

export interface ReadStore
  extends AccountReads,
    AuditReads,
    BatchReads,
    CareReads,
    CaseReads,
    ExperimentReads,
    ModelReads,
    MonitoringReads,
    ObjectReads,
    ReadingReads,
    SendingReads,
    SeriesReads,
    SimilarReads,
    SourceReads {
  close(): Promise<void>
}

/**
 * The record. Each method is one transaction with its audit entries in it: all of it is there after a kill, or none.
 * Methods that take a list exist so that a busy intake shares one transaction among many cases.
 */
export interface Store
  extends ReadStore,
    AccountStore,
    AuditStore,
    BatchStore,
    CareStore,
    CaseStore,
    ExperimentStore,
    ModelStore,
    MonitoringStore,
    ObjectStore,
    ReadingStore,
    SendingStore,
    SeriesStore,
    SourceStore {}

export type * from './account-types.ts'
export type * from './audit-types.ts'
export type * from './batch-types.ts'
export type * from './care-types.ts'
export type * from './case-types.ts'
export type * from './experiment-types.ts'
export type * from './frame-types.ts'
export type * from './model-types.ts'
export type * from './monitoring-types.ts'
export type * from './object-types.ts'
export type * from './reading-types.ts'
export type * from './sending-types.ts'
export type * from './series-types.ts'
export type * from './similar-types.ts'
export type * from './source-types.ts'
