import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeEach, expect, inject, it, onTestFinished } from 'vitest'
import { openPaths, openTestCore } from '../support/core.ts'
import { expectOnce, inStore } from './support/in-store.ts'
import { pictures } from './support/pictures.ts'
import { WorkerProcess } from './support/worker.ts'

const found = inject('s3Server')
beforeEach(({ skip }) => {
  if (found.path === undefined) skip(found.reason)
})

const hashesIn = (folder: string) =>
  readdirSync(folder).map((name) =>
    createHash('sha256')
      .update(readFileSync(join(folder, name)))
      .digest('hex'),
  )

it('two workers and who asked share nothing but the store: each result is there once', async () => {
  const { s3, department } = await inStore()
  const { core } = await openTestCore(department.station('asks'), { limits: { cases: false } })
  const workers = await Promise.all(
    ['b', 'c'].map((name) => WorkerProcess.start(department.station(name), onTestFinished)),
  )
  const scans: string[] = []
  const fetchedBy = (name: string) =>
    scans.filter((one) => existsSync(join(department.station(name), 'copies', 'scans', one.slice(0, 2), one)))
  // On a busy machine one of them can be done with all of a folder before the other has looked.
  while (fetchedBy('b').length === 0 || fetchedBy('c').length === 0) {
    const images = await pictures(60, scans.length)
    const outcomes = await openPaths(core, images)
    expect(outcomes.map(({ status }) => status)).toEqual(Array(60).fill('analysed'))
    scans.push(...hashesIn(images))
  }
  await expectOnce(department, scans.length)
  expect(s3.keys('dept').filter((key) => key.startsWith('scans/'))).toEqual(
    scans.map((sha256) => `scans/${sha256.slice(0, 2)}/${sha256}`).sort(),
  )
  expect((await core.store.verifyRecord({})).broken).toBeNull()
  for (const worker of workers) expect(await worker.end()).toBe(0)
})

it('workers that are killed while they fetch lose nothing and double nothing', async () => {
  const { s3, department } = await inStore()
  const images = await pictures(100)
  const { core } = await openTestCore(department.station('asks'))
  const outcomes = openPaths(core, images)
  const root = department.station('b')
  for (let kill = 0; kill < 3; kill++) {
    const worker = await WorkerProcess.start(root, onTestFinished)
    await sleep(200 + kill * 150)
    await worker.kill()
  }
  expect((await outcomes).map(({ status }) => status)).toEqual(Array(100).fill('analysed'))
  await expectOnce(department, 100)
  expect(s3.keys('dept').filter((key) => key.startsWith('scans/'))).toHaveLength(100)
  // What a kill left in half is gone at the next start, and was never read.
  const worker = await WorkerProcess.start(root, onTestFinished)
  expect(readdirSync(join(root, 'copies', 'incoming', 'b'))).toEqual([])
  expect(await worker.end()).toBe(0)
}, 240_000)
