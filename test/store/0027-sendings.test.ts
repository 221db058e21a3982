import { v7 as uuidv7 } from 'uuid'
import { expect, it } from 'vitest'
import { openStore } from '../../src/main/store/index.ts'
import type { Store } from '../../src/main/store/types.ts'
import { auditQuerySchema } from '../../src/shared/audit.ts'
import { makeRecord, verify } from '../support/audit.ts'
import { DICOM_FACTS, newCase, newResult } from '../support/cases.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { webSettings } from '../support/dicomweb.ts'
import { undoFrom } from '../support/undo.ts'

const PACS = uuidv7()
const DOC = 'Dr A'

async function openRecord() {
  const file = await makeRecord(temporaryFolder())
  const store = await openStore(file)
  await store.setPacs({ id: PACS, settings: webSettings('http://127.0.0.1:1', { name: 'Archive' }) }, DOC)
  return { file, store }
}

/** A DICOM case with a verdict of theirs. */
async function reviewed(store: Store, dicom = true): Promise<{ id: string; verdictId: number }> {
  const one = newCase()
  await store.receive([one])
  await store.complete([{ ...newResult(one.id), ...(dicom && { dicom: DICOM_FACTS }) }])
  await store.review({ caseId: one.id, reader: DOC, verdict: 'agree', label: null, comment: '' })
  return { id: one.id, verdictId: (await store.getCase(one.id)).verdicts[0]?.id as number }
}

const later = () => new Date(Date.now() + 1_000).toISOString()
const due = async (store: Store) => (await store.dueSendings(later())).map(({ caseId, why }) => [caseId, why])
const acts = async (store: Store, id: string) =>
  (await store.listAudit(auditQuerySchema.parse({ subject: id }), null, 50)).entries
    .filter(({ act }) => act.startsWith('case.send') || act === 'case.sent')
    .map(({ actor, act }) => [actor, act])
    .reverse()

it('a record from before it sends nothing by itself', async () => {
  const file = await makeRecord(temporaryFolder())
  await undoFrom(file, '0027-sendings')
  const store = await openStore(file)
  expect([await store.sendTo(), await store.nextSending()]).toEqual([null, null])
  const { id, verdictId } = await reviewed(store)
  await store.sign({ caseId: id, verdictId, reader: DOC })
  expect(await store.sendingsOf(id)).toEqual([])
  await expect(store.setSendTo(PACS, DOC)).rejects.toMatchObject({ code: 'pacs-unknown' })
  await store.close()
})

it('a signed DICOM case is in the queue with its signature, and an amended one takes its place', async () => {
  const { file, store } = await openRecord()
  await store.setSendTo(PACS, DOC)
  expect(await store.auditHead()).toMatchObject({ act: 'sending.set', detail: expect.stringContaining('Archive') })
  const [image, picture] = [await reviewed(store), await reviewed(store, false)]
  expect(await due(store)).toEqual([])
  for (const { id, verdictId } of [image, picture]) await store.sign({ caseId: id, verdictId, reader: DOC })
  expect(await due(store)).toEqual([[image.id, 'signed']])
  const amendment = { verdict: 'disagree', label: 'other', comment: '', reason: 'x' } as const
  await store.amend({ caseId: image.id, verdictId: image.verdictId, reader: DOC, ...amendment })
  expect(await due(store)).toEqual([[image.id, 'signed']])
  expect((await store.sendingsOf(image.id)).map(({ state }) => state)).toEqual(['waiting', 'superseded'])
  // The first one was on its way already: that it arrived is true.
  const [second, first] = await store.sendingsOf(image.id)
  await store.sent(first?.id as number, [{ kind: 'SR', uid: '2.25.1' }])
  await store.sent(second?.id as number, [{ kind: 'SR', uid: '2.25.2' }])
  expect((await store.sendingsOf(image.id)).map(({ state }) => state)).toEqual(['sent', 'sent'])
  expect(await acts(store, image.id)).toEqual(Array(2).fill(['gyrus', 'case.sent']))
  await store.close()
  expect(await verify(file)).toMatchObject({ broken: null })
})

it('what waits for a second reader is sent when nobody has still to speak', async () => {
  const { store } = await openRecord()
  await store.setSendTo(PACS, DOC)
  const { id, verdictId } = await reviewed(store)
  await store.markForSecond(id, DOC)
  await store.sign({ caseId: id, verdictId, reader: DOC })
  expect(await due(store)).toEqual([])
  await store.readSecond({ caseId: id, reader: 'Dr B', verdict: 'disagree', label: 'meningioma', comment: '' })
  expect((await store.getCase(id)).second).toBe('disputed')
  expect(await due(store)).toEqual([])
  const decided = { caseId: id, reader: 'Dr C', verdict: 'agree', label: null, comment: '' } as const
  await store.adjudicate({ ...decided, verdictId })
  expect(await due(store)).toEqual([[id, 'signed']])
  await store.close()
})

it('a failure is tried again, told once, and given up when asked; a kill changes nothing', async () => {
  const { file, store } = await openRecord()
  const { id } = await reviewed(store)
  const sending = await store.askToSend({ caseId: id, pacs: PACS, by: DOC })
  const failed = {
    id: sending,
    code: 'pacs-unreachable',
    details: { pacs: 'Archive', reason: 'ECONNREFUSED' },
  } as const
  const nextAt = later()
  for (let tries = 1; tries <= 3; tries += 1) await store.sendingFailed({ ...failed, nextAt })
  expect(await store.sendingsOf(id)).toMatchObject([
    { state: 'waiting', tries: 3, nextAt, why: 'asked', by: DOC, failure: { code: 'pacs-unreachable' } },
  ])
  expect(await store.sendingCounts()).toEqual({ waiting: 1, failing: 1 })
  await store.close()
  const again = await openStore(file)
  expect(await again.nextSending()).toBe(nextAt)
  expect(await again.dueSendings(new Date().toISOString())).toEqual([])
  await again.sendingFailed({ ...failed, nextAt: null })
  expect(await again.failingSendings(10)).toMatchObject([{ id: sending, state: 'failed', tries: 4, nextAt: null }])
  await again.retrySending(sending, 'Dr B')
  expect(await again.dueSendings(later())).toMatchObject([{ id: sending, tries: 4 }])
  await again.giveUpSending(sending, 'Dr B')
  expect(await again.sendingCounts()).toEqual({ waiting: 0, failing: 0 })
  await expect(again.retrySending(sending, DOC)).rejects.toMatchObject({ code: 'sending-unknown' })
  await expect(again.giveUpSending(99, DOC)).rejects.toMatchObject({ code: 'sending-unknown' })
  expect(await acts(again, id)).toEqual([
    [DOC, 'case.send-asked'],
    [DOC, 'case.send-failed'],
    [DOC, 'case.send-failed'],
    ['Dr B', 'case.send-asked'],
    ['Dr B', 'case.send-given-up'],
  ])
  await again.close()
})

it('nothing goes to a PACS that was removed, of a case that was erased, or from a record made of another', async () => {
  const { store } = await openRecord()
  await store.setSendTo(PACS, DOC)
  const [erased, kept] = [await reviewed(store), await reviewed(store)]
  for (const { id, verdictId } of [erased, kept]) await store.sign({ caseId: id, verdictId, reader: DOC })
  await store.erase({ caseIds: [erased.id], by: DOC, reason: { salt: 'b'.repeat(32), sha256: 'a'.repeat(64) } })
  expect(await due(store)).toEqual([[kept.id, 'signed']])
  await store.switchSourcesOff(DOC)
  expect([await store.sendTo(), await due(store)]).toEqual([null, []])
  await store.setSendTo(PACS, DOC)
  await store.removePacs(PACS, DOC)
  expect(await store.sendTo()).toBeNull()
  await store.close()
})
