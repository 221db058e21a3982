import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { openStore } from '../../src/main/store/index.ts'
import type { Store } from '../../src/main/store/types.ts'
import { caseQuerySchema } from '../../src/shared/cases.ts'
import { verify } from '../support/audit.ts'
import { newCase, newResult } from '../support/cases.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { addEdited } from '../support/edited.ts'
import { undoFrom } from '../support/undo.ts'

const READER = 'Dr A'
const SURE = { glioma: 1, meningioma: 0, notumor: 0, pituitary: 0 }
const NONE = { glioma: 0, meningioma: 0, notumor: 1, pituitary: 0 }
const byUrgency = caseQuerySchema.parse({ sort: { column: 'urgency', direction: 'desc' } })
const order = async (store: Store, blind: string | null = null) =>
  (await store.listCases(byUrgency, 0, 100, blind)).rows.map(({ fileName, urgency }) => [fileName, urgency !== null])

async function open(file: string): Promise<Store> {
  const store = await openStore(file)
  onTestFinished(() => store.close().catch(() => undefined))
  return store
}

/** A sure “no tumour” that nobody has read, and a picture that was made of it, which is called a sure tumour. */
async function fill(store: Store): Promise<void> {
  const real = newCase({ fileName: 'real' })
  await store.receive([real])
  await store.complete([newResult(real.id, { label: 'notumor', confidences: NONE })])
  await addEdited(store, real.id, { fileName: 'edited', label: 'glioma', confidences: SURE })
}

const EXPECTED = [
  ['real', true],
  ['edited', false],
]

it('puts an edited picture behind what waits, whatever the model says of it, and gives it no points', async () => {
  const file = join(temporaryFolder(), 'gyrus.sqlite')
  const store = await open(file)
  await fill(store)
  expect(await order(store)).toEqual(EXPECTED)
  // By waiting alone, too, for who first says what they think.
  expect((await order(store, READER)).map(([name]) => name)).toEqual(['real', 'edited'])
  await store.setUrgencyRule({ tumour: 5, uncertainty: 0, waiting: 0, unjudged: 0, unreadable: 0 }, READER)
  expect(await order(store)).toEqual(EXPECTED)
  await store.close()
  expect(await verify(file)).toMatchObject({ broken: null })
})

it('does so in a record from before, which was sound in the old order and is in the new one', async () => {
  const file = join(temporaryFolder(), 'gyrus.sqlite')
  const first = await open(file)
  await fill(first)
  await first.close()
  await undoFrom(file, '0039-edited-last')
  const store = await open(file)
  expect(await order(store)).toEqual(EXPECTED)
  await store.close()
  expect(await verify(file)).toMatchObject({ broken: null })
})
