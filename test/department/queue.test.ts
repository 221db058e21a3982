import { PgBoss } from 'pg-boss'
import { expect, it, onTestFinished } from 'vitest'
import type { CaseJob } from '../../src/main/core/department/queue.ts'
import { DepartmentQueue } from '../../src/main/queue/index.ts'
import { newCase } from '../support/cases.ts'
import { makeDepartment } from './support/station.ts'

const jobOf = (fileName: string): CaseJob => {
  const { id, scan } = newCase({ fileName })
  return { id, fileName, sha256: scan.sha256, again: false }
}

async function openQueue() {
  const { database } = await makeDepartment()
  const queue = await DepartmentQueue.open(database, 'a', (error) => {
    throw error
  })
  onTestFinished(() => queue.close())
  const boss = new PgBoss({ connectionString: database, supervise: false, schedule: false })
  await boss.start()
  onTestFinished(() => boss.stop())
  return { queue, boss }
}

it('a case is in the queue once, and an opened scan goes before a batch', async () => {
  const { queue, boss } = await openQueue()
  const [batch, opened] = [jobOf('batch.png'), jobOf('opened.png')]
  await queue.add([{ job: batch, priority: 'batch' }])
  await queue.add([
    { job: batch, priority: 'batch' },
    { job: opened, priority: 'opened' },
  ])
  const taken = await boss.fetch<CaseJob>('analyse', { batchSize: 1 })
  expect(taken.map(({ data }) => data.fileName)).toEqual(['opened.png'])
})

it('what nobody gets done is put aside and named, and goes through the queue again when it is asked for', async () => {
  const { queue, boss } = await openQueue()
  await boss.updateQueue('analyse', { retryLimit: 0 })
  const one = jobOf('ends-the-engine.png')
  await queue.add([{ job: one, priority: 'batch' }])
  for (const { id } of await boss.fetch('analyse')) await boss.fail('analyse', id, { reason: 'the engine ended' })
  expect((await queue.status()).putAside).toMatchObject([{ caseId: one.id, fileName: 'ends-the-engine.png' }])
  expect(await queue.retry()).toBe(1)
  expect((await queue.status()).putAside).toEqual([])
  const taken: CaseJob[] = []
  await queue.work(16, async (jobs) => {
    taken.push(...jobs)
    return jobs.map(() => 'done')
  })
  await expect.poll(() => taken).toEqual([one])
})
