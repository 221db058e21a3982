import { expect, inject, onTestFinished } from 'vitest'
import { KEYS, S3Server } from './s3.ts'
import { query } from './server.ts'
import { makeDepartment, type TestDepartment } from './station.ts'

/** A department whose files lie in a store of its own, below `dept`. @param more of its address */
export async function inStore(more = ''): Promise<{ s3: S3Server; department: TestDepartment }> {
  const s3 = await S3Server.start(inject('s3Server'), onTestFinished)
  return { s3, department: await makeDepartment({ files: s3.address('dept', more), ...KEYS }) }
}

/** Each case has one result and is analysed. */
export async function expectOnce({ database }: Pick<TestDepartment, 'database'>, cases: number): Promise<void> {
  const [counted] = await query(
    database,
    `select count(*)::int as results, count(distinct case_id)::int as cases,
    (select count(*)::int from gyrus.cases where state = 'analysed') as analysed,
    (select count(*)::int from gyrus.cases) as known from gyrus.results`,
  )
  expect(counted).toEqual({ results: cases, cases, analysed: cases, known: cases })
}
