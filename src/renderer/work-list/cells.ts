import type { CaseRow, SortColumn } from '../../shared/cases.ts'
import { formatConfidence } from '../../shared/labels.ts'
import { moment } from '../../shared/moment.ts'
import { foreign } from '../format.ts'
import { texts } from '../texts.ts'

/** Columns whose cells hold more than a text: see CaseRow. */
type Special = 'state' | 'fileName' | 'description' | 'label' | 'urgency'

/** What the cell of a column says of a case; null for nothing. */
export const TEXT_OF: Record<Exclude<SortColumn, Special>, (row: CaseRow) => string | null> = {
  patientName: ({ patientName }) => patientName && foreign(patientName),
  patientId: ({ patientId }) => patientId && foreign(patientId),
  studyDate: ({ studyDate }) => studyDate,
  source: ({ source }) => texts.sources[source],
  confidence: ({ confidence }) => (confidence === null ? null : formatConfidence(confidence)),
  reader: ({ reader }) => reader,
  verdict: verdictOf,
  modelId: ({ modelId }) => modelId,
  receivedAt: ({ receivedAt }) => moment(receivedAt),
}

/** What stands in the row of a failed file instead of these: why it failed. */
export const OPINION: SortColumn[] = ['source', 'label', 'confidence', 'reader', 'verdict', 'modelId']
/** The same of a case that is only listed: that it is. */
export const ANSWER: SortColumn[] = OPINION.filter((column) => column !== 'source')

function verdictOf({ verdict, verdictLabel, second }: CaseRow): string | null {
  const waits = second && texts.second.cells[second]
  if (waits) return waits
  if (!verdict) return null
  return verdictLabel ? texts.workList.says(texts.shortLabels[verdictLabel]) : texts.verdicts[verdict]
}
