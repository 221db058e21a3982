import { FILE_COLUMNS, type FileColumn, type SortColumn } from '../../shared/cases.ts'
import { texts } from '../texts.ts'

export interface Column {
  sort: SortColumn
  title: string
  /** Narrowest width, rem; a column of no share has just this. */
  least: number
  /** Share of the width that is left. */
  share: number
  end: boolean
}

const column = (sort: SortColumn, least: number, share = 0, end = false): Column => ({
  sort,
  title: texts.columns[sort],
  least,
  share,
  end,
})

/** The work list's columns from left to right. Of file name and description one is there. */
const COLUMNS: Column[] = [
  column('state', 5.8),
  column('urgency', 4.8, 0, true),
  column('patientName', 6, 1.1),
  column('patientId', 4.8, 0.4),
  column('studyDate', 6.85),
  column('fileName', 8.6, 2),
  column('description', 8.6, 2),
  column('source', 4.6),
  column('label', 9.8, 0.5),
  column('confidence', 3.9, 0, true),
  column('reader', 4.8, 0.5),
  column('verdict', 7.2, 1),
  column('modelId', 5.1, 0.5),
  column('receivedAt', 9.9),
]

const isFileColumn = (sort: SortColumn): sort is FileColumn => FILE_COLUMNS.includes(sort as FileColumn)

/**
 * Columns that have something to show. In the order of urgency the points have a column, in the place of the model's id, so that
 * all fit: @param points whether they are told. What no file of the whole record says of itself takes no room. By the whole
 * record, not the query, so that searching moves nothing. The one that sorts stays, so that it can be seen and changed.
 */
export function columnsFor(filled: FileColumn[], sort: SortColumn, points: boolean): Column[] {
  const described = filled.includes('description')
  const urgency = sort === 'urgency' && points
  return COLUMNS.filter(({ sort: one }) => {
    if (one === 'urgency') return urgency
    if (one === 'modelId') return !urgency
    if (one === sort) return true
    if (one === 'fileName') return !described
    return !isFileColumn(one) || filled.includes(one)
  })
}

/** The grid's tracks; all rows share them. */
export const tracksOf = (columns: Column[]) =>
  columns.map(({ least, share }) => (share > 0 ? `minmax(${least}rem, ${share}fr)` : `${least}rem`)).join(' ')

/** Narrower than this the list scrolls sideways, rem. With all columns it fits 1366 px. */
export const leastWidth = (columns: Column[]) => columns.reduce((sum, { least }) => sum + least, 2.25)
