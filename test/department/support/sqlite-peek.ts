import { ask } from './ask.ts'
import { urlOf } from './database-of.ts'

/**
 * Takes the place of `better-sqlite3` in the project “store-postgres”: tests that look into a record, or alter it behind the
 * store's back, do so in the database that stands for the file. As there, each call has its answer when it returns.
 */
export default class PostgresPeek {
  readonly #url: string

  constructor(file: string) {
    this.#url = urlOf(file)
  }

  prepare(sql: string): Statement {
    return new Statement(this.#url, sql)
  }

  exec(sql: string): void {
    ask({ url: this.#url, sql: said(sql), values: [] })
  }

  /** SQLite's settings have none here. */
  pragma(_setting: string): null {
    return null
  }

  close(): void {
    ask({ url: this.#url, sql: null, values: [] })
  }
}

/** What SQLite alone says so: a guard's table stands in its name; nothing is put in the place of a row. */
const said = (sql: string) =>
  sql
    .replace(/drop trigger ((\w+)_no_\w+)/g, 'drop trigger $1 on $2')
    .replace('insert or replace', 'insert')
    .replaceAll(`x''`, `'\\x'`)

class Statement {
  readonly #url: string
  readonly #sql: string
  #as: (row: object) => unknown = (row) => row

  constructor(url: string, sql: string) {
    this.#url = url
    let nth = 0
    this.#sql = sql.replace(/\?/g, () => `$${++nth}`)
  }

  pluck(): this {
    this.#as = (row) => Object.values(row)[0]
    return this
  }

  raw(): this {
    this.#as = (row) => Object.values(row)
    return this
  }

  all(...values: unknown[]): unknown[] {
    return ask({ url: this.#url, sql: this.#sql, values }).map(this.#as)
  }

  get(...values: unknown[]): unknown {
    return this.all(...values)[0]
  }

  run(...values: unknown[]): void {
    this.all(...values)
  }
}
