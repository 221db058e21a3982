import type { AccountTables } from './account-schema.ts'
import type { AuditTables } from './audit-schema.ts'
import type { BatchTables } from './batch-schema.ts'
import type { CareTables } from './care-schema.ts'
import type { CaseTables } from './case-schema.ts'
import type { DicomTables } from './dicom-schema.ts'
import type { ExperimentTables } from './experiment-schema.ts'
import type { ModelTables } from './model-schema.ts'
import type { MonitoringTables } from './monitoring-schema.ts'
import type { ReadingTables } from './reading-schema.ts'
import type { RegionTables } from './region-schema.ts'
import type { SeriesTables } from './series-schema.ts'
import type { SimilarTables } from './similar-schema.ts'
import type { SourceTables } from './source-schema.ts'

/**
 * Instants are UTC text, ISO 8601 with milliseconds, so that text order is time order in every dialect.
 * Columns that the work list sorts by are never null ('' and −1 stand for "none"): keyset paging compares
 * `(column, id)` pairs, which null would break.
 */
export interface Database
  extends AccountTables,
    AuditTables,
    BatchTables,
    CareTables,
    CaseTables,
    DicomTables,
    ExperimentTables,
    ModelTables,
    MonitoringTables,
    ReadingTables,
    RegionTables,
    SeriesTables,
    SimilarTables,
    SourceTables {}

export type * from './account-schema.ts'
export type * from './audit-schema.ts'
export type * from './batch-schema.ts'
export type * from './care-schema.ts'
export type * from './case-schema.ts'
export type * from './model-schema.ts'
export type * from './reading-schema.ts'
