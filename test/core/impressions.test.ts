import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { tableOf } from '../../src/main/core/batches/export/table.ts'
import type { Caller } from '../../src/main/core/caller.ts'
import type { Core } from '../../src/main/core/index.ts'
import type { RequestInput, RequestName, RequestOutput } from '../../src/shared/contract.ts'
import { READER, signInRole } from '../support/accounts.ts'
import { verify } from '../support/audit.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { ask, openPaths, openTestCore } from '../support/core.ts'
import { writePicture } from '../support/images.ts'
import { openRealSeries, REAL, REAL_SLICE } from '../support/series.ts'

async function setUp(pictures = 3) {
  const folder = temporaryFolder()
  const { core } = await openTestCore(join(folder, 'data'))
  const images = join(folder, 'images')
  mkdirSync(images)
  for (let seed = 0; seed < pictures; seed++) await writePicture(images, `${seed}.png`, seed)
  const ids = (await openPaths(core, images)).map(({ caseId }) => caseId as string)
  return { core, ids, images }
}

async function askAs<N extends RequestName>(core: Core, caller: Caller, name: N, input: RequestInput<N>) {
  const reply = await core.request(name, input, caller)
  if ('failure' in reply) throw new Error(`${reply.failure.code}: ${reply.failure.message}`)
  return reply.ok as RequestOutput<N>
}

const all = { query: {} }

describe('an impression before the answer', { timeout: 60_000 }, () => {
  it('keeps the answer to unread cases from whoever reads, in the case and in every list', async () => {
    const { core, ids } = await setUp()
    const [id = ''] = ids
    const { label } = await ask(core, 'cases.get', { id })
    const query = { labels: [label as 'glioma'] }
    expect((await ask(core, 'cases.list', { query: { confidenceUpTo: 1 } })).total).toBe(ids.length)
    await ask(core, 'reading.set', { on: true })
    const hidden = await ask(core, 'cases.get', { id })
    expect(hidden).toMatchObject({ state: 'analysed', awaitsImpression: true })
    expect([hidden.label, hidden.confidence, hidden.result]).toEqual([null, null, null])
    const { rows } = await ask(core, 'cases.list', all)
    expect(rows.map((row) => [row.label, row.confidence])).toEqual(rows.map(() => [null, null]))
    // Neither filter, search nor order tells what the rows do not.
    expect((await ask(core, 'cases.list', { query })).total).toBe(0)
    expect((await ask(core, 'cases.place', { id, query })).position).toBeNull()
    expect((await ask(core, 'cases.list', { query: { confidenceUpTo: 1 } })).total).toBe(0)
    const order = async (column: 'confidence' | 'receivedAt') =>
      (await ask(core, 'cases.list', { query: { sort: { column, direction: 'asc' } } })).rows.map((row) => row.id)
    expect(await order('confidence')).toEqual(await order('receivedAt'))

    // Another reader who did not ask for it is shown all.
    const other = await signInRole(core, 'radiologist')
    expect(await askAs(core, other, 'cases.get', { id })).toMatchObject({ label, awaitsImpression: false })
  })

  it('of a series shows what tells the answer of its slices, too', async ({ skip }) => {
    if (REAL_SLICE === null) skip('not run: the shared data folder is not there (GYRUS_SHARED)')
    const { core } = await openTestCore(join(temporaryFolder(), 'data'))
    const id = await openRealSeries(core, REAL.suspicious)
    await ask(core, 'reading.set', { on: true })
    const series = await ask(core, 'cases.series', { id })
    const slice = series?.slices.find(({ scope }) => scope === 'counted')?.caseId ?? ''
    await expect(ask(core, 'cases.explain', { id: slice })).rejects.toThrow('impression-needed')
    await ask(core, 'cases.impression', { id, impression: 'glioma' })
    expect(await ask(core, 'cases.explain', { id: slice })).toMatchObject({ label: expect.any(String) })
  })

  it('is kept with its time, shows the answer, and the verdict tells whether it differs', async () => {
    const { core, ids } = await setUp(2)
    const [id = '', second = ''] = ids
    const { label } = await ask(core, 'cases.get', { id })
    await ask(core, 'reading.set', { on: true })
    await expect(ask(core, 'cases.review', { id, verdict: 'agree' })).rejects.toThrow('impression-needed')
    const shown = await ask(core, 'cases.impression', { id, impression: 'cannot-tell' })
    expect(shown).toMatchObject({ label, awaitsImpression: false, result: { label } })
    await expect(ask(core, 'cases.impression', { id, impression: 'glioma' })).rejects.toThrow('impression-late')
    const { verdicts } = await ask(core, 'cases.review', { id, verdict: 'agree' })
    expect(verdicts[0]?.before).toMatchObject({ impression: 'cannot-tell', differs: true })
    const before = Date.parse(verdicts[0]?.before?.at ?? '')
    expect(before).toBeLessThanOrEqual(Date.parse(verdicts[0]?.createdAt ?? ''))
    const again = await ask(core, 'cases.review', { id, verdict: 'cannot-tell' })
    expect(again.verdicts[0]?.before?.differs).toBe(false)
    // The other one stays as it was.
    expect(await ask(core, 'cases.get', { id: second })).toMatchObject({ result: null })
    const { entries } = await ask(core, 'audit.list', { query: { acts: ['case.impression'] } })
    expect(entries).toMatchObject([{ actor: READER, subject: id }])
    expect(await verify(core.folder.database)).toMatchObject({ broken: null })
  })

  it('that the department asks for goes before one’s own choice; who reads no cases is shown all', async () => {
    const { core, ids } = await setUp(1)
    const [id = ''] = ids
    const radiologist = await signInRole(core, 'radiologist')
    const auditor = await signInRole(core, 'auditor')
    await expect(askAs(core, radiologist, 'reading.set-department', { on: true })).rejects.toThrow('not-allowed')
    await ask(core, 'reading.set-department', { on: true })
    await askAs(core, radiologist, 'reading.set', { on: false })
    expect(await askAs(core, radiologist, 'reading.get', {})).toEqual({ department: true, own: false })
    expect(await askAs(core, radiologist, 'cases.get', { id })).toMatchObject({ result: null })
    expect((await askAs(core, auditor, 'cases.get', { id })).result).not.toBeNull()
    await expect(askAs(core, auditor, 'cases.impression', { id, impression: 'glioma' })).rejects.toThrow('not-allowed')
    await ask(core, 'reading.set-department', { on: false })
    expect((await askAs(core, radiologist, 'cases.get', { id })).result).not.toBeNull()
    await expect(ask(core, 'cases.impression', { id, impression: 'glioma' })).rejects.toThrow('impression-late')
  })

  it('holds in a batch, its totals and its tables, and nobody agrees there with what they have not seen', async () => {
    const { core, images } = await setUp(2)
    const options = { subFolders: true, filter: '', skipSeen: false }
    const { id } = await ask(core, 'batches.start', { paths: [images], options })
    await expect.poll(async () => (await ask(core, 'batches.get', { id })).batch.state).toBe('completed')
    const open = async () => (await ask(core, 'batches.files', { id, query: {} })).rows
    const [first] = await open()
    const caseId = first?.caseId as string
    // Looked at before it was asked for: that does not count.
    await ask(core, 'cases.opened', { id: caseId })
    await ask(core, 'reading.set', { on: true })
    await ask(core, 'cases.opened', { id: caseId })
    expect((await open()).map((row) => [row.label, row.confidence, row.attention])).toEqual([
      [null, null, null],
      [null, null, null],
    ])
    expect((await ask(core, 'batches.get', { id })).totals).toEqual([{ state: 'analysed', label: null, files: 2 }])
    const [, ...lines] = (
      await Array.fromAsync(tableOf(core.store, (await ask(core, 'batches.get', { id })).batch, READER))
    ).flat()
    expect(lines.map((line) => line.slice(3, 9))).toEqual(lines.map(() => [null, null, null, null, null, null]))
    const cases = [caseId]
    expect(await ask(core, 'batches.agree', { cases })).toMatchObject({ agreed: 0, notOpened: 1 })
    await ask(core, 'cases.impression', { id: caseId, impression: 'other' })
    expect((await open()).filter(({ label }) => label !== null)).toMatchObject([{ caseId }])
    expect(await ask(core, 'batches.agree', { cases })).toMatchObject({ agreed: 1 })
  })
})
