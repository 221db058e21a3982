import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'
import { openStore } from '../../src/main/store/index.ts'
import type { RunSummary, TrainingRequest } from '../../src/shared/training.ts'
import { temporaryFolder } from '../support/cleanup.ts'

const REQUEST: TrainingRequest = {
  set: '/sets/a',
  map: {},
  tumours: [],
  recipe: 'head',
  changes: {},
  split: { by: 'group', validation: 0.1 },
  seed: 4,
}

const SUMMARY: RunSummary = {
  id: 'a',
  request: REQUEST,
  carriedOut: null,
  notices: [{ kind: 'split-by-group' }],
  dataSha256: 'd'.repeat(64),
  trainingSha256: 'f'.repeat(64),
  tumoursSha256: [],
  images: { training: 3, validation: 2, 'held-out': 1, testing: 1 },
  trainedOn: { glioma: 1, meningioma: 1, notumor: 1, pituitary: 0 },
  unreadable: ['x.jpg'],
  engine: 'test',
  startedAt: '2026-11-24T00:00:00.000Z',
  finishedAt: '2026-11-24T00:01:00.000Z',
  end: 'completed',
  epochs: [],
  bestEpoch: null,
  validation: null,
  temperature: 1.2,
  weightsSha256: 'e'.repeat(64),
  parity: 1e-6,
}

it('migration 0005: runs are kept with their way in the audit chain', async () => {
  const file = join(temporaryFolder(), 'gyrus.sqlite')
  const store = await openStore(file)
  onTestFinished(() => store.close())
  await store.addRun({ id: 'a', request: REQUEST, createdBy: 'Dr A' })
  await expect(store.addRun({ id: 'a', request: REQUEST, createdBy: 'Dr A' })).rejects.toMatchObject({
    code: 'training-run-exists',
  })
  const failure = { code: 'training-checkpoint', details: { reason: 'ENOSPC' } } as const
  await store.changeRun({ id: 'a', state: 'failed', failure, actor: 'Dr A' })
  expect(await store.getRun('a')).toMatchObject({ state: 'failed', failure: { code: 'training-checkpoint' } })
  await store.changeRun({ id: 'a', state: 'finished', summary: SUMMARY, actor: 'Dr B' })
  expect((await store.listRuns())[0]).toMatchObject({ state: 'finished', failure: null, summary: SUMMARY })
  await expect(store.changeRun({ id: 'b', state: 'running', actor: 'Dr A' })).rejects.toMatchObject({
    code: 'training-run-unknown',
  })
  const sqlite = new SQLite(file, { readonly: true })
  onTestFinished(() => void sqlite.close())
  const acts = sqlite.prepare('select act, actor from audit order by seq').raw().all()
  expect(acts).toEqual([
    ['training.asked', 'Dr A'],
    ['training.failed', 'Dr A'],
    ['training.finished', 'Dr B'],
  ])
})

it('a run that another version wrote is named as unreadable and hides no other', async () => {
  const file = join(temporaryFolder(), 'gyrus.sqlite')
  const store = await openStore(file)
  onTestFinished(() => store.close())
  await store.addRun({ id: 'a', request: REQUEST, createdBy: 'Dr A' })
  await store.addRun({ id: 'b', request: REQUEST, createdBy: 'Dr A' })
  await store.changeRun({ id: 'a', state: 'finished', summary: SUMMARY, actor: 'Dr A' })
  const sqlite = new SQLite(file)
  onTestFinished(() => void sqlite.close())
  sqlite.prepare(`update training_runs set summary = '{"id":"a"}' where id = 'a'`).run()
  const runs = await store.listRuns()
  expect(runs.find(({ id }) => id === 'a')).toMatchObject({
    state: 'finished',
    summary: null,
    failure: { code: 'training-run-unreadable' },
  })
  expect(runs.find(({ id }) => id === 'b')).toMatchObject({ request: REQUEST, failure: null })
})
