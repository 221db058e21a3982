import { expect, it, onTestFinished } from 'vitest'
import { Lead } from '../../src/main/queue/lead.ts'
import { query } from './support/server.ts'
import { makeDepartment } from './support/station.ts'

it('one workstation does the department’s chores; where it ends or loses the database, another one does', async () => {
  const { database } = await makeDepartment()
  const told: string[] = []
  const seek = (name: string) => {
    const lead = new Lead(database, name)
    lead.seek(
      () => told.push(`${name} leads`),
      () => told.push(`${name} lost it`),
    )
    onTestFinished(() => lead.close())
    return lead
  }
  const a = seek('a')
  await expect.poll(() => told).toEqual(['a leads'])
  const b = seek('b')
  seek('c')
  await new Promise((done) => setTimeout(done, 4_000))
  expect(told).toEqual(['a leads'])
  for (const asked of [a, b]) expect(['a', 'b', 'c'].filter(await asked.who())).toEqual(['a'])
  await a.close()
  await expect.poll(() => told.length).toBe(2)
  const next = told[1]?.[0]
  expect(['b leads', 'c leads']).toContain(told[1])
  await query(
    database,
    `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and granted and database =
      (select oid from pg_database where datname = current_database())`,
  )
  await expect.poll(() => told.slice(2).toSorted()).toContain(`${next} lost it`)
  await expect.poll(() => told.filter((one) => one.endsWith('leads')).length).toBe(3)
})
