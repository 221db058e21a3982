import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import type { Core } from '../../src/main/core/index.ts'
import { auditQuerySchema } from '../../src/shared/audit.ts'
import { DEFAULT_RULE } from '../../src/shared/source-rule.ts'
import { DEFAULT_LISTENER } from '../../src/shared/sources.ts'
import { READER } from '../support/accounts.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { ask, openTestCore } from '../support/core.ts'
import { missing } from '../support/dicom-tools.ts'
import { freePort } from '../support/free-port.ts'
import { needsShared } from '../support/needs-shared.ts'
import { dimseSettings, fill, startArchive } from '../support/pacs.ts'
import { shared } from '../support/shared.ts'

const SERIES = shared('dicom/series-t1')
const REASON = missing('dcmdump')
const STUDY = '1.2.826.0.1.3680043.2.1143.2592092611698916978113112155415165916'
const FILES = ['N2D_0012.dcm', 'N2D_0024.dcm']
const paths = () => FILES.map((name) => join(SERIES as string, name))

const acts = async (core: Core, act: string) => {
  const { entries } = await core.store.listAudit(auditQuerySchema.parse({}), null, 200)
  return entries.filter((one) => one.act === act).map(({ actor, detail }) => ({ actor, ...JSON.parse(detail) }))
}

const ended = async (core: Core, id: string) => {
  const find = async () => (await ask(core, 'pacs.retrievals', {})).retrievals.find((one) => one.id === id)
  await vi.waitFor(async () => expect((await find())?.state).toMatch(/done|failed|cancelled/), 60_000)
  return find()
}

/** Images on record; those of a series become one case more. */
const images = async (core: Core) => (await acts(core, 'case.received')).filter(({ sha256 }) => sha256)
const cases = async (core: Core) => (await images(core)).length

it('keeps what is secret apart, and tells it to no page and no trail', async () => {
  const { core } = await openTestCore(temporaryFolder())
  const settings = dimseSettings(104)
  const { id } = await ask(core, 'pacs.set', { id: null, settings, secret: 'the key' })
  expect(await core.store.networkSecret(id)).toBe('the key')
  expect(await ask(core, 'pacs.list', {})).toEqual({ pacs: [{ id, settings, hasSecret: true }] })
  await ask(core, 'pacs.set', { id, settings: { ...settings, waitSeconds: 30 } })
  expect(await core.store.networkSecret(id)).toBe('the key')
  // It is not shown to another place than the one that it was given for.
  await ask(core, 'pacs.set', { id, settings: { ...settings, port: 105 } })
  expect(await core.store.networkSecret(id)).toBeNull()
  await ask(core, 'pacs.set', { id, settings: { ...settings, port: 105 }, secret: 'the key' })
  await expect(ask(core, 'pacs.set', { id: null, settings: { ...settings, name: 'ARCHIVE' } })).rejects.toThrow(
    'pacs-name-taken',
  )
  await ask(core, 'pacs.set', { id, settings: { ...settings, port: 105, on: false } })
  expect(await ask(core, 'pacs.choices', {})).toEqual({ pacs: [] })
  await expect(ask(core, 'pacs.find', { pacs: id, query: { patientId: '1' } })).rejects.toThrow('pacs-unknown')
  await ask(core, 'pacs.remove', { id })
  expect(await core.store.networkSecret(id)).toBeNull()
  const { entries } = await core.store.listAudit(auditQuerySchema.parse({}), null, 200)
  expect(JSON.stringify(entries)).not.toContain('the key')
  expect(await acts(core, 'pacs.saved')).toMatchObject([
    { secret: 'kept' },
    { secret: 'changed' },
    { secret: 'removed' },
    { secret: 'kept' },
    { actor: READER, secret: 'changed', settings: { name: 'Archive' }, before: null },
  ])
})

it('asks its own listener, which answers peers of this machine alone', async () => {
  const { core } = await openTestCore(temporaryFolder())
  await core.resume()
  await expect(ask(core, 'pacs.test-listener', {})).rejects.toThrow('pacs-unreachable')
  const port = await freePort()
  const listen = async (...peers: { aeTitle: string; address: string }[]) => {
    await ask(core, 'sources.set-listener', { ...DEFAULT_LISTENER, on: true, port, peers })
    const state = async () => (await ask(core, 'sources.list', {})).listener.state
    await vi.waitFor(async () => expect(await state()).toBe('ready'), 30_000)
  }
  await listen({ aeTitle: 'MR1', address: '10.1.2.3' })
  const address = '127.0.0.1'
  expect(await ask(core, 'pacs.test-listener', {})).toEqual({ answered: false, callingAe: 'MR1', address })
  await listen({ aeTitle: 'MR1', address: '10.1.2.3' }, { aeTitle: 'HERE', address })
  expect(await ask(core, 'pacs.test-listener', {})).toEqual({ answered: true, callingAe: 'HERE', address })
  expect((await ask(core, 'sources.list', {})).listener.echoed).toMatchObject({ aeTitle: 'HERE', address })
  expect(await acts(core, 'pacs.tested')).toMatchObject([
    { actor: READER, pacs: 'DICOM listener', code: null },
    { code: expect.stringMatching(/^pacs-/) },
    { code: 'pacs-unreachable' },
  ])
}, 60_000)

needsShared(SERIES)
describe.skipIf(SERIES === null)('what a PACS sends', () => {
  it('comes onto record once, with who asked for it', async ({ skip }) => {
    if (REASON) return skip(REASON)
    const port = await startArchive()
    await fill(port, ...paths())
    const { core } = await openTestCore(temporaryFolder())
    const { id: pacs } = await ask(core, 'pacs.set', { id: null, settings: dimseSettings(port) })
    await ask(core, 'pacs.find', { pacs, query: { patientName: 'Jane' } })
    const { id } = await ask(core, 'pacs.retrieve', { pacs, studyUid: STUDY, seriesUid: null })
    expect(await ended(core, id)).toMatchObject({
      ...{ state: 'done', received: 2, known: 0, failed: 0, total: 2, failure: null },
      study: { patientName: 'Jane_Doe' },
    })
    expect(await cases(core)).toBe(2)
    expect(await images(core)).toMatchObject([
      { actor: 'pacs:Archive', source: 'dicom', asked: READER },
      { actor: 'pacs:Archive', source: 'dicom', asked: READER },
    ])
    const again = await ask(core, 'pacs.retrieve', { pacs, studyUid: STUDY, seriesUid: null })
    expect(await ended(core, again.id)).toMatchObject({ state: 'done', received: 0, known: 2 })
    expect(await cases(core)).toBe(2)
    expect(await acts(core, 'pacs.searched')).toMatchObject([
      { actor: READER, pacs: 'Archive', fields: ['patientName', 'modality'], found: 1, code: null },
    ])
    expect(await acts(core, 'pacs.retrieved')).toMatchObject([
      { actor: READER, state: 'done', known: 2 },
      { actor: READER, state: 'done', received: 2 },
    ])
    expect(JSON.stringify(await acts(core, 'pacs.searched'))).not.toContain('Jane')
    expect(readdirSync(core.folder.incoming)).toEqual([])
  }, 120_000)

  it('is taken by the rule of the connection; of a series that somebody chose all', async ({ skip }) => {
    if (REASON) return skip(REASON)
    const port = await startArchive()
    await fill(port, ...paths())
    const { core } = await openTestCore(temporaryFolder())
    const rule = { ...DEFAULT_RULE, notDescribedBy: ['anat'], does: 'list' as const }
    const settings = { ...dimseSettings(port), rule }
    const { id: pacs } = await ask(core, 'pacs.set', { id: null, settings })
    const study = await ask(core, 'pacs.retrieve', { pacs, studyUid: STUDY, seriesUid: null })
    expect(await ended(core, study.id)).toMatchObject({ state: 'done', received: 0, passed: 2, failure: null })
    const { series } = await ask(core, 'pacs.series', { pacs, studyUid: STUDY })
    const seriesUid = series[0]?.seriesUid ?? ''
    const chosen = await ask(core, 'pacs.retrieve', { pacs, studyUid: STUDY, seriesUid })
    expect(await ended(core, chosen.id)).toMatchObject({ state: 'done', received: 2, passed: 0 })
    // Only listed, as the rule says.
    const { rows } = await ask(core, 'cases.list', { query: {} })
    expect(rows.map(({ state }) => state)).toEqual(['listed', 'listed'])
  }, 120_000)

  it('comes to the listener where it is retrieved by C-MOVE, if that is on', async ({ skip }) => {
    if (REASON) return skip(REASON)
    const listening = await freePort()
    const port = await startArchive({ aeTitle: 'GYRUS', port: listening })
    await fill(port, ...paths())
    const { core } = await openTestCore(temporaryFolder())
    await core.resume()
    const settings = dimseSettings(port, { retrieveBy: 'move' })
    const { id: pacs } = await ask(core, 'pacs.set', { id: null, settings })
    const off = await ask(core, 'pacs.retrieve', { pacs, studyUid: STUDY, seriesUid: null })
    expect(await ended(core, off.id)).toMatchObject({ state: 'failed', failure: { code: 'pacs-listener-off' } })
    const listener = { ...DEFAULT_LISTENER, on: true, port: listening }
    await ask(core, 'sources.set-listener', { ...listener, peers: [{ aeTitle: 'PACS', address: '127.0.0.1' }] })
    const state = async () => (await ask(core, 'sources.list', {})).listener.state
    await vi.waitFor(async () => expect(await state()).toBe('ready'), 30_000)
    const on = await ask(core, 'pacs.retrieve', { pacs, studyUid: STUDY, seriesUid: null })
    expect(await ended(core, on.id)).toMatchObject({ state: 'done', received: 2, total: 2, failure: null })
    expect(await cases(core)).toBe(2)
    // Of another AE the archive does not know where it is.
    await ask(core, 'sources.set-listener', { ...listener, aeTitle: 'ELSEWHERE' })
    await vi.waitFor(async () => expect(await state()).toBe('ready'), 30_000)
    const wrong = await ask(core, 'pacs.retrieve', { pacs, studyUid: STUDY, seriesUid: null })
    expect(await ended(core, wrong.id)).toMatchObject({ failure: { code: 'pacs-destination-unknown' } })
  }, 120_000)
})
