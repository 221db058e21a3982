import type { AuditEntryRow } from '../../../../shared/audit.ts'
import type { CaseDetail } from '../../../../shared/cases.ts'
import type { Failure } from '../../../../shared/errors.ts'
import type { ModelCard } from '../../../../shared/model.ts'
import type { Series } from '../../../../shared/series.ts'
import type { Picture } from '../../../engine/protocol.ts'
import type { ResultMap } from '../../explain/result-map.ts'

/** All that a case's report says. */
export interface CaseReport {
  detail: CaseDetail
  /** Of a series, or of a file of several frames; null where the case is neither. */
  series: Series | null
  /** Null where the case never had an image that can be shown. */
  picture: Picture | Failure | null
  /** The heat map of the answer, or why there is none; null where it was not asked for. */
  map: ResultMap | null
  /** Of the model that gave the standing result; null where it is not on this machine any more. */
  card: ModelCard | null
  /** The newest audit entry about the case before this report. */
  audit: AuditEntryRow
  /** Whom the report is made for. */
  madeFor: string
  /** Full names of accounts by their names. */
  fullNames: Map<string, string>
}
