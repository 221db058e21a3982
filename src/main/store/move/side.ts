import type { Row } from './cells.ts'
import type { Table } from './tables.ts'

/** Rows one after another, and where the next ones begin. */
export interface Page {
  rows: Row[]
  /** Of each row, in decimal digits. */
  places: string[]
}

/** A database that rows are read from, all of one moment. */
export interface Source {
  count(table: Table): Promise<number>
  /** The next rows behind a place, in their order. */
  page(table: Table, after: string, limit: number): Promise<Page>
}

/** An empty database that rows are put into, all of them in one transaction. */
export interface Target extends Source {
  add(table: Table, page: Page): Promise<void>
}

/** What some workstation has still to do, or does: no other one would go on with it. */
export const UNFINISHED = `select name from batches where state in ('queued', 'running')
  union all select id from training_runs where state in ('queued', 'running') limit 1`

/** Before the first row, whatever its number. */
export const BEFORE_ALL = String(-(2n ** 63n))
