import { type CaseRow, STATE_NAMES, VERDICT_NAMES } from '../../shared/cases.ts'
import { CALLED_NAMES, formatConfidence, VERDICT_LABEL_NAMES } from '../../shared/labels.ts'
import { moment } from '../../shared/moment.ts'
import { SECOND_STATE_NAMES } from '../../shared/reading.ts'

/** The columns of the list for people, each as wide as the longest that it can hold; the file's name ends the line. */
const COLUMNS: { title: string; width: number; of(row: CaseRow): string }[] = [
  { title: 'Received', width: 16, of: ({ receivedAt }) => moment(receivedAt) },
  { title: 'Status', width: 7, of: ({ state }) => STATE_NAMES[state] },
  { title: 'AI label', width: 16, of: ({ label }) => (label ? CALLED_NAMES[label] : '') },
  {
    title: 'Conf.',
    width: 5,
    of: ({ confidence }) => (confidence === null ? '' : formatConfidence(confidence).padStart(5)),
  },
  { title: 'Verdict', width: 26, of: verdictOf },
]

const line = (cells: string[], end: string) =>
  [...cells.map((cell, i) => cell.padEnd(COLUMNS[i]?.width ?? 0)), end].join('  ')

export const CASES_HEADER = line(
  COLUMNS.map(({ title }) => title),
  'File',
)

/**
 * One line for people. Why a case failed follows its file.
 *
 * @param slices of a series
 */
export function formatCase(row: CaseRow, slices: number | null = null): string {
  const file = printable(row.fileName) + (slices === null ? '' : ` (${slices} slices)`)
  const { failure } = row
  return line(
    COLUMNS.map(({ of }) => of(row)),
    failure ? `${file}: ${failure.message} ${failure.action}` : file,
  )
}

function verdictOf({ verdict, verdictLabel, second }: CaseRow): string {
  if (second === 'marked' || second === 'open' || second === 'disputed') return SECOND_STATE_NAMES[second]
  if (verdict === null) return ''
  return verdictLabel ? `${VERDICT_NAMES[verdict]}: ${VERDICT_LABEL_NAMES[verdictLabel]}` : VERDICT_NAMES[verdict]
}

/** A file's name cannot command the terminal, nor turn the order of its letters round. */
export const printable = (name: string) => name.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '\ufffd')
