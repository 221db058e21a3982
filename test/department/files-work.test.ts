import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, inject, it, onTestFinished } from 'vitest'
import { temporaryFolder } from '../support/cleanup.ts'
import { openPaths, openTestCore } from '../support/core.ts'
import { writePicture } from '../support/images.ts'
import { KEYS, S3Server } from './support/s3.ts'
import { query } from './support/server.ts'
import { makeDepartment, type TestDepartment } from './support/station.ts'
import { WorkerProcess } from './support/worker.ts'

const found = inject('s3Server')
beforeEach(({ skip }) => {
  if (found.path === undefined) skip(found.reason)
})

async function setUp(more = ''): Promise<{ s3: S3Server; department: TestDepartment }> {
  const s3 = await S3Server.start(found, onTestFinished)
  const department = await makeDepartment({ files: s3.address('dept', more), ...KEYS })
  return { s3, department }
}

async function pictures(count: number): Promise<string> {
  const images = join(temporaryFolder(), 'images')
  mkdirSync(images)
  for (let seed = 0; seed < count; seed++) await writePicture(images, `${1000 + seed}.png`, seed)
  return images
}

const hashesIn = (folder: string) =>
  readdirSync(folder).map((name) =>
    createHash('sha256')
      .update(readFileSync(join(folder, name)))
      .digest('hex'),
  )

async function expectOnce({ database }: TestDepartment, cases: number): Promise<void> {
  const [counted] = await query(
    database,
    `select count(*)::int as results, count(distinct case_id)::int as cases,
    (select count(*)::int from gyrus.cases where state = 'analysed') as analysed from gyrus.results`,
  )
  expect(counted).toEqual({ results: cases, cases, analysed: cases })
}

it('two workers and who asked share nothing but the store: each result is there once', async () => {
  const { s3, department } = await setUp()
  const images = await pictures(60)
  const { core } = await openTestCore(department.station('asks'))
  const workers = await Promise.all(
    ['b', 'c'].map((name) => WorkerProcess.start(department.station(name), onTestFinished)),
  )
  const outcomes = await openPaths(core, images)
  expect(outcomes.map(({ status }) => status)).toEqual(Array(60).fill('analysed'))
  await expectOnce(department, 60)
  const scans = hashesIn(images)
  expect(s3.keys('dept').filter((key) => key.startsWith('scans/'))).toEqual(
    scans.map((sha256) => `scans/${sha256.slice(0, 2)}/${sha256}`).sort(),
  )
  const fetched = ['b', 'c'].map(
    (name) =>
      scans.filter((one) => existsSync(join(department.station(name), 'copies', 'scans', one.slice(0, 2), one))).length,
  )
  expect(fetched.every((n) => n > 0)).toBe(true)
  expect((await core.store.verifyRecord({})).broken).toBeNull()
  for (const worker of workers) expect(await worker.end()).toBe(0)
})
