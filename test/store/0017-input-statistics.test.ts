import { expect, it } from 'vitest'
import { openStore } from '../../src/main/store/index.ts'
import type { Store } from '../../src/main/store/types.ts'
import type { InputStatistics } from '../../src/shared/input-statistics.ts'
import { makeRecord, verify } from '../support/audit.ts'
import { newCase, newResult } from '../support/cases.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { undoFrom } from '../support/undo.ts'

const MEASURED: InputStatistics = { brightness: 81.5, contrast: 40.25, sharpness: 2.5, noise: 1.25, head: 0.5 }
const EVER = { from: '2000-01-01T00:00:00.000Z', until: '2100-01-01T00:00:00.000Z' }

const measured = async (store: Store) =>
  (await store.answersBetween(EVER, null, 1_000)).answers.map(({ statistics }) => statistics)

it('answers from before it have no measured pictures, later ones have, and the record stays sound', async () => {
  const file = await makeRecord(temporaryFolder())
  await undoFrom(file, '0017-input-statistics')
  const store = await openStore(file)
  const before = await measured(store)
  expect(before.length).toBeGreaterThan(0)
  expect(before.every((one) => one === null)).toBe(true)
  expect(await store.firstMeasured()).toBeNull()

  const [one, two] = [newCase(), newCase()]
  await store.receive([one, two])
  await store.complete([newResult(one.id, { statistics: MEASURED }), newResult(two.id)])
  expect((await measured(store)).slice(before.length)).toEqual([MEASURED, null])
  // What another model says of the same picture is measured, too.
  const changed = { ...MEASURED, head: 0.75 }
  await store.addResult(newResult(one.id, { modelId: 'other', statistics: changed }), 'Dr A')
  expect((await measured(store)).slice(before.length)).toEqual([null, changed])
  const first = await store.firstMeasured()
  await store.close()
  expect(first).toBeGreaterThan(0)
  expect(await verify(file)).toMatchObject({ broken: null })
})
