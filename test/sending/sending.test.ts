import { readFileSync } from 'node:fs'
import { expect, it, onTestFinished } from 'vitest'
import type { Core } from '../../src/main/core/index.ts'
import { READER, signIn, signInRole } from '../support/accounts.ts'
import { verify } from '../support/audit.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { ask, openPaths, openTestCore } from '../support/core.ts'
import { missing } from '../support/dicom-tools.ts'
import { needsShared } from '../support/needs-shared.ts'
import { Orthanc } from '../support/orthanc.ts'
import { addPacs, byDimse, byWeb, sendingIs } from '../support/sending.ts'
import { shared } from '../support/shared.ts'

const SLICE = shared('dicom/series-t1/N2D_0240.dcm')
const REASON = missing('orthanc') ?? missing('orthancWeb') ?? missing('dcmdump')
const LONG = { timeout: 120_000 }

needsShared(SLICE)
const whole = it.skipIf(SLICE === null)

async function openSlice(folder = temporaryFolder()) {
  const { core, close } = await openTestCore(folder)
  await signIn(core)
  const [outcome] = await openPaths(core, SLICE as string)
  return { core, close, folder, id: outcome?.caseId as string }
}

async function sign(core: Core, id: string): Promise<number> {
  await ask(core, 'cases.review', { id, verdict: 'agree' })
  const { verdicts } = await ask(core, 'cases.get', { id })
  const verdict = verdicts[0]?.id as number
  await ask(core, 'cases.sign', { id, verdict })
  return verdict
}

const acts = async (core: Core, id: string) =>
  (await ask(core, 'cases.timeline', { id })).entries
    .filter(({ pacs }) => pacs !== null)
    .map(({ actor, act, pacs }) => [actor, act, pacs])

whole.for([
  ['by DICOMweb', byWeb],
  ['by DIMSE', byDimse],
] as const)(
  'a signed result goes to the PACS by itself, into the study of its image: %s',
  LONG,
  async ([, by], { skip }) => {
    if (REASON) return skip(REASON)
    const orthanc = await Orthanc.start(onTestFinished, { web: true })
    await orthanc.store(readFileSync(SLICE as string))
    const { core, close, id } = await openSlice()
    await core.resume()
    const pacs = await addPacs(core, by(orthanc))
    // Off by default.
    expect(await ask(core, 'sending.get', {})).toEqual({ to: null })
    await ask(core, 'sending.set', { to: pacs })
    const verdict = await sign(core, id)
    expect(await sendingIs(core, id, 'sent')).toMatchObject({
      why: 'signed',
      by: READER,
      tries: 1,
      pacsName: 'ARCHIVE',
    })
    // Image, report and picture, of one study.
    expect(await orthanc.count()).toMatchObject({ CountStudies: 1, CountSeries: 3, CountInstances: 3 })

    const amendment = { verdict: 'disagree', label: 'other', reason: 'Biopsy', comment: 'x' } as const
    await ask(core, 'cases.amend', { id, amends: verdict, ...amendment })
    expect((await sendingIs(core, id, 'sent')).id).toBeGreaterThan(1)
    expect(await orthanc.count()).toMatchObject({ CountStudies: 1, CountSeries: 3, CountInstances: 5 })
    const [first, , second] = await core.store.objectsOf(id)
    const report = Buffer.from(await orthanc.fetch(second?.uid as string)).toString('latin1')
    expect(report).toContain(first?.uid as string)
    expect(await acts(core, id)).toEqual(Array(2).fill(['gyrus', 'case.sent', 'ARCHIVE']))
    await close()
    expect(await verify(core.folder.database)).toMatchObject({ broken: null })
  },
)

whole(
  'a PACS that is away is tried again, and shown; what waited when Gyrus ended is sent at its next start',
  LONG,
  async ({ skip }) => {
    if (REASON) return skip(REASON)
    const orthanc = await Orthanc.start(onTestFinished, { web: true })
    const { core, close, folder, id } = await openSlice()
    const pacs = await addPacs(core, byWeb(orthanc))
    await ask(core, 'sending.set', { to: pacs })
    await orthanc.stop()
    await core.resume()
    await sign(core, id)
    const failed = await sendingIs(core, id, 'waiting', 1)
    expect(failed.failure?.code).toBe('pacs-unreachable')
    expect(Date.parse(failed.nextAt ?? '') - Date.now()).toBeGreaterThan(20_000)
    expect(await ask(core, 'sendings.count', {})).toEqual({ waiting: 1, failing: 1 })
    expect((await ask(core, 'sendings.failing', {})).sendings).toMatchObject([{ caseId: id, id: failed.id }])
    await ask(core, 'sendings.retry', { id: failed.id })
    await sendingIs(core, id, 'waiting', 2)
    await ask(core, 'sendings.retry', { id: failed.id })
    await close()

    await orthanc.again()
    const again = await openTestCore(folder)
    await again.core.resume()
    const sent = await sendingIs(again.core, id, 'sent')
    expect(sent.failure).toBeNull()
    expect(await ask(again.core, 'sendings.count', {})).toEqual({ waiting: 0, failing: 0 })
    expect(await orthanc.count()).toMatchObject({ CountInstances: 2 })
    expect((await acts(again.core, id)).map(([, act]) => act)).toEqual([
      'case.send-failed',
      'case.send-asked',
      'case.send-asked',
      'case.sent',
    ])
  },
)

whole('a reader sends a case by hand, as far as there are objects of it', LONG, async ({ skip }) => {
  if (REASON) return skip(REASON)
  const orthanc = await Orthanc.start(onTestFinished, { web: true })
  const { core, id } = await openSlice()
  await core.resume()
  const pacs = await addPacs(core, byWeb(orthanc))
  const send = () => ask(core, 'cases.send', { id, pacs })
  await expect(send()).rejects.toThrow('objects-not-signed')
  expect(await ask(core, 'sendings.of-case', { id })).toEqual({ sendings: [] })
  await ask(core, 'objects.set', { beforeSigning: true })
  await send()
  expect(await sendingIs(core, id, 'sent')).toMatchObject({ why: 'asked', by: READER })
  await ask(core, 'objects.set', { beforeSigning: false })
  await sign(core, id)
  await send()
  await sendingIs(core, id, 'sent')
  expect(await orthanc.count()).toMatchObject({ CountStudies: 1, CountInstances: 4 })
  expect(await acts(core, id)).toEqual([
    [READER, 'case.send-asked', 'ARCHIVE'],
    [READER, 'case.sent', 'ARCHIVE'],
    [READER, 'case.send-asked', 'ARCHIVE'],
    [READER, 'case.sent', 'ARCHIVE'],
  ])
  const auditor = await signInRole(core, 'auditor')
  expect(await core.request('cases.send', { id, pacs }, auditor)).toMatchObject({ failure: { code: 'not-allowed' } })
  expect(await core.request('sendings.of-case', { id }, auditor)).toMatchObject({ ok: { sendings: [{}, {}] } })
  await expect(ask(core, 'cases.send', { id, pacs: crypto.randomUUID() })).rejects.toThrow('pacs-unknown')
})

whole('a connection that is off lets it wait, one that is gone does not', LONG, async () => {
  const { core, id } = await openSlice()
  await core.resume()
  const off = { ...byWeb({ url: 'http://127.0.0.1:1' } as Orthanc), on: false }
  const pacs = await addPacs(core, off)
  await ask(core, 'sending.set', { to: pacs })
  await sign(core, id)
  const { failure, id: sending } = await sendingIs(core, id, 'waiting', 1)
  expect(failure).toMatchObject({ code: 'pacs-off', message: expect.stringContaining('ARCHIVE') })
  await ask(core, 'pacs.remove', { id: pacs })
  await ask(core, 'sendings.retry', { id: sending })
  expect((await sendingIs(core, id, 'failed')).failure?.code).toBe('pacs-unknown')
  await ask(core, 'sendings.give-up', { id: sending })
  expect(await ask(core, 'sendings.count', {})).toEqual({ waiting: 0, failing: 0 })
  expect(await ask(core, 'sending.get', {})).toEqual({ to: null })
})
