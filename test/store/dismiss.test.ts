import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { openStore } from '../../src/main/store/index.ts'
import { verify } from '../support/audit.ts'
import { anyCase, newCase, newResult, OUTSIDE } from '../support/cases.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { addEdited } from '../support/edited.ts'
import { addSlice, groupNow } from '../support/series.ts'

const GLIOMA = { label: 'glioma', confidences: { glioma: 1, meningioma: 0, notumor: 0, pituitary: 0 } } as const

it('takes what the model does not judge, and edited pictures, off the list until somebody has read them, and nothing else', async () => {
  const file = join(temporaryFolder(), 'gyrus.sqlite')
  const store = await openStore(file)
  onTestFinished(() => store.close().catch(() => undefined))
  const [letter, read, judged] = ['letter', 'read', 'judged'].map((fileName) => newCase({ fileName }))
  if (!letter || !read || !judged) throw new Error('three cases')
  await store.receive([letter, read, judged])
  await store.complete([newResult(letter.id, OUTSIDE), newResult(read.id, OUTSIDE), newResult(judged.id)])
  await store.review({ caseId: read.id, reader: 'Dr A', verdict: 'cannot-tell', label: null, comment: '' })
  const edited = await addEdited(store, judged.id, { fileName: 'edited', ...GLIOMA })
  for (const id of [read.id, judged.id])
    await expect(store.dismiss(id, 'Dr A')).rejects.toMatchObject({ code: 'case-not-dismissable' })
  for (const id of [letter.id, edited]) await store.dismiss(id, 'Dr A')
  const { rows, all, unread } = await store.listCases(anyCase, 0, 10)
  expect(rows.map(({ fileName }) => fileName).toSorted()).toEqual(['judged', 'read'])
  expect({ all, unread }).toEqual({ all: 2, unread: 1 })
  await store.close()
  expect(await verify(file)).toMatchObject({ broken: null })
})

it('takes a series off the list as a whole, and no slice of it', async () => {
  const file = join(temporaryFolder(), 'gyrus.sqlite')
  const store = await openStore(file)
  onTestFinished(() => store.close().catch(() => undefined))
  const slices = [await addSlice(store, 10, { result: OUTSIDE }), await addSlice(store, 20, { result: OUTSIDE })]
  const series = await groupNow(store)
  await expect(store.dismiss(slices[0] ?? '', 'Dr A')).rejects.toMatchObject({ code: 'case-is-slice' })
  await store.dismiss(series, 'Dr A')
  expect((await store.listCases(anyCase, 0, 10)).all).toBe(0)
  await store.close()
  expect(await verify(file)).toMatchObject({ broken: null })
})
