import { join } from 'node:path'
import { v7 as uuidv7 } from 'uuid'
import { expect, it, onTestFinished } from 'vitest'
import { openStore } from '../../src/main/store/index.ts'
import { MAX_PASSED_OVER_PATHS, PASSED_OVER, PassedOverCount } from '../../src/shared/passed-over.ts'
import { newCase, newResult } from '../support/cases.ts'
import { temporaryFolder } from '../support/cleanup.ts'

async function openBatch() {
  const store = await openStore(join(temporaryFolder(), 'gyrus.sqlite'))
  onTestFinished(() => store.close())
  const id = uuidv7()
  const options = { subFolders: true, filter: '', skipSeen: true }
  await store.addBatch({ id, name: 'cd', origin: 'folder', options, roots: ['/cd'], by: 'Dr A' })
  await store.addBatchFiles(id, [{ root: 0, path: '/cd/Doe/IM1', failure: null }])
  return { store, id }
}

const counted = (...files: Parameters<PassedOverCount['add']>[]) => {
  const count = new PassedOverCount()
  for (const one of files) count.add(...one)
  return count.list
}

it('is kept by kind, in one order, and said anew by a walk that began again', async () => {
  const { store, id } = await openBatch()
  expect(await store.passedOver(id)).toEqual([])
  await store.batchListed(id, counted(['/cd/x', 'other'], ['/cd/SR1', 'report'], ['/cd/SR2', 'report']))
  expect(await store.passedOver(id)).toEqual([
    { kind: 'report', files: 2, paths: ['/cd/SR1', '/cd/SR2'] },
    { kind: 'other', files: 1, paths: ['/cd/x'] },
  ])
  expect((await store.getBatch(id)).passedOver).toBe(3)
  await store.batchListed(id, counted(['/cd/x', 'other']))
  expect(await store.passedOver(id)).toHaveLength(1)
  expect((await store.getBatch(id)).passedOver).toBe(1)
})

it('is bounded, however much there is', async () => {
  const count = new PassedOverCount()
  for (let i = 0; i < 10_000; i++) count.add(`/cd/${'deep/'.repeat(200)}${i}`, PASSED_OVER[i % 2] as 'report')
  expect(count.files).toBe(10_000)
  expect(count.list.map(({ files, paths }) => [files, paths.length])).toEqual([
    [5000, MAX_PASSED_OVER_PATHS],
    [5000, MAX_PASSED_OVER_PATHS],
  ])
  expect(count.list[0]?.paths[0]).toMatch(/^….*\/0$/)
  expect(count.list[0]?.paths[0]?.length).toBe(500)
  // What another counted goes on with its numbers.
  const again = new PassedOverCount().include(count.list)
  again.add('/cd/one', 'report')
  expect(again.list[0]).toMatchObject({ files: 5001 })
  expect(again.files).toBe(10_001)
})

it('names nothing any more once a case of the batch is erased', async () => {
  const { store, id } = await openBatch()
  const one = newCase({ member: { batch: id, seq: 1, again: false } })
  await store.receive([one])
  await store.complete([newResult(one.id)])
  await store.batchListed(id, counted(['/cd/Doe/SR1', 'report']))
  const other = uuidv7()
  const options = { subFolders: true, filter: '', skipSeen: true }
  await store.addBatch({ id: other, name: 'b', origin: 'folder', options, roots: ['/b'], by: 'Dr A' })
  await store.batchListed(other, counted(['/b/SR1', 'report']))
  await store.erase({ caseIds: [one.id], by: 'Dr Admin', reason: { sha256: 'a'.repeat(64), salt: 'b' } })
  expect(await store.passedOver(id)).toEqual([{ kind: 'report', files: 1, paths: [] }])
  expect(await store.passedOver(other)).toEqual([{ kind: 'report', files: 1, paths: ['/b/SR1'] }])
})
