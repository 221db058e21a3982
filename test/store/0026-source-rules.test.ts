import { expect, it } from 'vitest'
import { openStore } from '../../src/main/store/index.ts'
import { DEFAULT_RULE } from '../../src/shared/source-rule.ts'
import { DEFAULT_LISTENER, LISTENER } from '../../src/shared/sources.ts'
import { makeRecord, verify } from '../support/audit.ts'
import { DICOM_FACTS, newCase, newResult } from '../support/cases.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { undoFrom } from '../support/undo.ts'

const FOLDER = { id: 'a', on: true, path: '/in', subFolders: true }
const LIST = { ...DEFAULT_RULE, modalities: ['MR', 'OT'], does: 'list' as const }

it('a record from before it has the usual rule for each source, keeps what is set, and stays sound', async () => {
  const file = await makeRecord(temporaryFolder())
  const before = await openStore(file)
  await before.setFolder(FOLDER, 'Dr A')
  await before.addLook('a', 'one', false)
  await before.close()
  await undoFrom(file, '0026-source-rules')
  const store = await openStore(file)
  expect(await store.doneLooks('a', ['one'])).toEqual(['one'])
  for (const id of [LISTENER, 'a']) {
    expect(await store.sourceRule(id)).toEqual(DEFAULT_RULE)
    expect(await store.setSourceRule(id, LIST, 'Dr A')).toBe(true)
    expect(await store.sourceRule(id)).toEqual(LIST)
    const head = await store.auditHead()
    expect([head?.actor, head?.act, head?.subject]).toEqual(['Dr A', 'source.rule-set', id])
    expect(JSON.parse(head?.detail ?? '')).toEqual({ rule: LIST, before: DEFAULT_RULE })
  }
  expect(await store.setSourceRule('none', LIST, 'Dr A')).toBe(false)
  // The rule was set before the listener was: it is as it is at first, and keeps its rule when it is set.
  expect(await store.listenerSettings()).toEqual(DEFAULT_LISTENER)
  await store.setListener({ ...DEFAULT_LISTENER, aeTitle: 'OTHER' }, 'Dr A')
  await store.setFolder({ ...FOLDER, on: false }, 'Dr A')
  expect([await store.sourceRule(LISTENER), await store.sourceRule('a')]).toEqual([LIST, LIST])
  await store.close()
  expect(await verify(file)).toMatchObject({ broken: null })
})

it('another rule has what the one before passed over looked at again', async () => {
  const file = await makeRecord(temporaryFolder())
  const store = await openStore(file)
  await store.setFolder(FOLDER, 'Dr A')
  await store.addLook('a', 'taken', false)
  await store.addLook('a', 'passed', true)
  expect((await store.doneLooks('a', ['taken', 'passed'])).sort()).toEqual(['passed', 'taken'])
  await store.setSourceRule('a', LIST, 'Dr A')
  expect(await store.doneLooks('a', ['taken', 'passed'])).toEqual(['taken'])
  await store.close()
})

it('a listed case is found by what its header says, is nobody’s to analyse until asked for, and is bound', async () => {
  const file = await makeRecord(temporaryFolder())
  const store = await openStore(file)
  const left = (await store.pendingCases()).length
  const [one, picture] = [newCase(), newCase()]
  await store.receive([
    { ...one, listed: { dicom: DICOM_FACTS } },
    { ...picture, listed: { dicom: null } },
  ])
  expect(await store.pendingCases()).toHaveLength(left)
  const told = await store.getCase(one.id)
  expect(told).toMatchObject({ state: 'listed', patientId: DICOM_FACTS.patientId, dicom: DICOM_FACTS, result: null })
  expect((await store.auditHead())?.act).toBe('case.listed')
  await expect(store.markForSecond(one.id, 'Dr A')).rejects.toMatchObject({ code: 'second-not-markable' })
  await expect(
    store.review({ caseId: one.id, reader: 'Dr A', verdict: 'agree', label: null, comment: '' }),
  ).rejects.toMatchObject({ code: 'case-not-reviewable' })
  const pending = await store.queueListed([one.id, picture.id], 'Dr A')
  expect(pending.map(({ id }) => id).sort()).toEqual([one.id, picture.id].sort())
  await expect(store.queueListed([one.id], 'Dr A')).rejects.toMatchObject({ code: 'case-not-listed' })
  expect(await store.pendingCases()).toHaveLength(left + 2)
  // Its answer comes with the same facts: they are kept once.
  await store.complete([{ ...newResult(one.id), dicom: DICOM_FACTS }])
  expect(await store.getCase(one.id)).toMatchObject({ state: 'analysed', dicom: DICOM_FACTS })
  const acts = (await store.timelineOf(one.id)).map(({ act }) => act)
  expect(acts).toEqual(['case.listed', 'case.queued', 'case.analysed'])
  await store.close()
  expect(await verify(file)).toMatchObject({ broken: null })
})

it('the slices of a series are asked for together, of one patient alone', async () => {
  const file = await makeRecord(temporaryFolder())
  const store = await openStore(file)
  const [first, second, other, elsewhere] = [newCase(), newCase(), newCase(), newCase()]
  const list = (one: ReturnType<typeof newCase>, facts: object) => ({
    ...one,
    listed: { dicom: { ...DICOM_FACTS, ...facts } },
  })
  await store.receive([
    list(first, { seriesUid: '1.2.1', instanceNumber: 1 }),
    list(second, { seriesUid: '1.2.1', instanceNumber: 2 }),
    list(other, { seriesUid: '1.2.1', patientId: 'somebody else' }),
    list(elsewhere, { seriesUid: '1.2.2' }),
  ])
  const queued = (await store.queueListed([second.id], 'Dr A')).map(({ id }) => id)
  expect(queued.sort()).toEqual([first.id, second.id].sort())
  for (const { id } of [other, elsewhere]) expect((await store.getCase(id)).state).toBe('listed')
  await store.close()
  expect(await verify(file)).toMatchObject({ broken: null })
})

it('an erased listed case is never analysed', async () => {
  const file = await makeRecord(temporaryFolder())
  const store = await openStore(file)
  const one = newCase()
  await store.receive([{ ...one, listed: { dicom: DICOM_FACTS } }])
  await store.erase({ caseIds: [one.id], by: 'Dr A', reason: { sha256: 'a'.repeat(64), salt: 'b' } })
  expect(await store.getCase(one.id)).toMatchObject({ state: 'listed', patientId: null, dicom: null })
  await expect(store.queueListed([one.id], 'Dr A')).rejects.toMatchObject({ code: 'case-not-listed' })
  await store.close()
  expect(await verify(file)).toMatchObject({ broken: null })
})
