import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads'
import { urlOf } from './database-of.ts'
import type { Answer, Question } from './peek-worker.ts'

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
    ask({ url: this.#url, sql, values: [] })
  }

  close(): void {
    ask({ url: this.#url, sql: null, values: [] })
  }
}

class Statement {
  readonly #url: string
  readonly #sql: string
  #plucks = false

  constructor(url: string, sql: string) {
    this.#url = url
    let nth = 0
    this.#sql = sql.replace(/\?/g, () => `$${++nth}`)
  }

  pluck(): this {
    this.#plucks = true
    return this
  }

  all(...values: unknown[]): unknown[] {
    const rows = ask({ url: this.#url, sql: this.#sql, values })
    return this.#plucks ? rows.map((row) => Object.values(row)[0]) : rows
  }

  get(...values: unknown[]): unknown {
    return this.all(...values)[0]
  }

  run(...values: unknown[]): void {
    this.all(...values)
  }
}

const flag = new Int32Array(new SharedArrayBuffer(4))
const { port1: port, port2 } = new MessageChannel()
const worker = new Worker(new URL('./peek-worker.ts', import.meta.url), {
  workerData: { port: port2, flag },
  transferList: [port2],
})
worker.unref()

function ask(question: Question): object[] {
  Atomics.store(flag, 0, 0)
  port.postMessage(question)
  Atomics.wait(flag, 0, 0)
  const answer = receiveMessageOnPort(port)?.message as Answer
  if ('rows' in answer) return answer.rows
  throw Object.assign(new Error(answer.message), { code: answer.code })
}
