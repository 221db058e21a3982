import { createHash } from 'node:crypto'
import { inject } from 'vitest'
import { ask } from './ask.ts'
import { query, TEMPLATE } from './server.ts'

const nameOf = (file: string) => `t_${createHash('sha256').update(file).digest('hex').slice(0, 24)}`

/** The database that stands for a file of a test. */
export const urlOf = (file: string): string => `${inject('departmentServer')}${nameOf(file)}`

/** Makes it where it is not there yet. */
export async function ensureDatabase(file: string): Promise<string> {
  const server = `${inject('departmentServer')}postgres`
  const name = nameOf(file)
  const there = await query(server, 'select 1 from pg_database where datname = $1', [name])
  if (there.length === 0) await query(server, `create database "${name}" template "${TEMPLATE}"`)
  return urlOf(file)
}

/** A copy of one that nobody is connected to. */
export function copyDatabase(from: string, to: string): void {
  const url = `${inject('departmentServer')}postgres`
  ask({ url, sql: `drop database if exists "${nameOf(to)}"`, values: [] })
  ask({ url, sql: `create database "${nameOf(to)}" template "${nameOf(from)}"`, values: [] })
}
