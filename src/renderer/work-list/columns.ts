import type { SortColumn } from '../../shared/cases.ts'
import { texts } from '../texts.ts'

export interface Column {
  sort: SortColumn
  title: string
  /** A track of the grid; all rows share the same tracks. */
  width: string
  end?: boolean
}

const column = (sort: SortColumn, width: string, end = false): Column => ({
  sort,
  title: texts.columns[sort],
  width,
  end,
})

/** The work list's columns from left to right. */
export const COLUMNS: Column[] = [
  column('state', '5.8rem'),
  column('patientName', 'minmax(6rem, 1.1fr)'),
  column('patientId', 'minmax(4.8rem, 0.4fr)'),
  column('studyDate', '6.85rem'),
  // No file that Gyrus reads yet brings a description: the column shows file names, and sorts by what it shows.
  { ...column('fileName', 'minmax(7.4rem, 2fr)'), title: texts.columns.description },
  column('source', '4.6rem'),
  column('label', 'minmax(8.2rem, 0.8fr)'),
  column('confidence', '3.9rem', true),
  column('reader', 'minmax(4.8rem, 0.5fr)'),
  column('verdict', 'minmax(8.1rem, 1fr)'),
  column('modelId', 'minmax(6.9rem, 0.5fr)'),
  column('receivedAt', '9.9rem'),
]

export const TRACKS = COLUMNS.map(({ width }) => width).join(' ')
