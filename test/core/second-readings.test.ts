import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Caller } from '../../src/main/core/caller.ts'
import type { Core } from '../../src/main/core/index.ts'
import { WITHHELD_DETAIL } from '../../src/shared/audit.ts'
import type { RequestInput, RequestName, RequestOutput } from '../../src/shared/contract.ts'
import { CALLER, READER, signIn, signInRole } from '../support/accounts.ts'
import { verify } from '../support/audit.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { openPaths, openTestCore } from '../support/core.ts'
import { writePicture } from '../support/images.ts'
import { textOf } from '../support/pdf.ts'

async function setUp(pictures = 1) {
  const folder = temporaryFolder()
  const { core } = await openTestCore(join(folder, 'data'))
  await signIn(core)
  const images = join(folder, 'images')
  mkdirSync(images)
  for (let seed = 0; seed < pictures; seed++) await writePicture(images, `${seed}.png`, seed)
  const ids = (await openPaths(core, images)).map(({ caseId }) => caseId as string)
  const radiologist = await signInRole(core, 'radiologist')
  const auditor = await signInRole(core, 'auditor')
  return { core, ids, id: ids[0] ?? '', radiologist, auditor }
}

async function ask<N extends RequestName>(core: Core, caller: Caller, name: N, input: RequestInput<N>) {
  const reply = await core.request(name, input, caller)
  if ('failure' in reply) throw new Error(`${reply.failure.code}: ${reply.failure.message}`)
  return reply.ok as RequestOutput<N>
}

const pdfText = async ({ pdf }: { pdf: string }) => (await textOf(Buffer.from(pdf, 'base64'))).join(' ')

/** The test's reader says so, signs, and has it read again. */
async function first(core: Core, id: string, says: 'agree' | 'cannot-tell') {
  const { verdicts } = await ask(core, CALLER, 'cases.review', { id, verdict: says, comment: 'only for the first' })
  const verdict = verdicts[0]?.id as number
  await ask(core, CALLER, 'cases.sign', { id, verdict })
  await ask(core, CALLER, 'cases.mark-second', { id })
  return verdict
}

describe('a second reading', { timeout: 60_000 }, () => {
  it('tells the second reader nothing of the first, in case, lists, history, report and batches', async () => {
    const { core, id, radiologist, auditor } = await setUp()
    await first(core, id, 'cannot-tell')
    const kept = await ask(core, radiologist, 'cases.get', { id })
    expect(kept.verdicts).toEqual([])
    expect(kept.secondReading).toMatchObject({ withheld: true, act: 'read' })
    const timeline = await ask(core, radiologist, 'cases.timeline', { id })
    const list = await ask(core, radiologist, 'cases.list', { query: { second: ['open'] } })
    expect(list).toMatchObject({ total: 1, rows: [{ id, second: 'open', verdict: null, reader: READER }] })
    expect(JSON.stringify([kept, timeline, list])).not.toMatch(/only for the first|cannot-tell/)
    const report = await ask(core, radiologist, 'cases.report', { id, paper: 'a4', view: null })
    const text = await pdfText(report)
    expect(text).toContain('is kept from you until the second reading')
    expect(text).not.toContain('only for the first')
    const own = await ask(core, CALLER, 'cases.report', { id, paper: 'a4', view: null })
    expect(await pdfText(own)).toContain('only for the first')
    // Who reads no cases is shown all, and can do nothing.
    const audited = await ask(core, auditor, 'cases.get', { id })
    expect(audited.verdicts).toHaveLength(1)
    expect(audited.secondReading).toMatchObject({ act: null, barred: null, withheld: false })
    for (const name of ['cases.mark-second', 'cases.read-second', 'cases.adjudicate'] as const)
      await expect(ask(core, auditor, name, { id, verdict: 'agree', over: 1 } as never)).rejects.toThrow('not-allowed')
    await expect(ask(core, radiologist, 'second.set', { when: 'every', below: 0, adjudicators: [] })).rejects.toThrow(
      'not-allowed',
    )
  })

  it('tells the second reader nothing of the first in the audit trail and its exports, until they have read', async () => {
    const { core, id, radiologist, auditor } = await setUp()
    await first(core, id, 'cannot-tell')
    const acts = ['case.reviewed', 'case.signed', 'case.second-marked']
    const list = async (caller: Caller) =>
      (await ask(core, caller, 'audit.list', { query: { subject: id, acts } })).entries
    const exported = async (caller: Caller, format: 'csv' | 'json' | 'atna') => {
      const { path } = await ask(core, caller, 'audit.export', { format, query: { subject: id, acts } })
      const download = core.downloads.take(path.split('/')[1] ?? '')
      return (await Array.fromAsync(download?.content ?? [])).join('')
    }
    const whole = await list(CALLER)
    expect(whole.map(({ act }) => act)).toEqual(acts.toReversed())
    expect(whole.at(-1)?.detail).toContain('cannot-tell')
    // The entry stays, with who did it, when, and its hash.
    const kept = [...whole.slice(0, -1), { ...whole.at(-1), detail: WITHHELD_DETAIL }]
    expect(await list(radiologist)).toEqual(kept)
    expect(JSON.parse(await exported(radiologist, 'json'))).toEqual(kept)
    const inMessage = (text: string) => Buffer.from(text).toString('base64')
    for (const [format, detail] of [
      ['csv', 'cannot-tell'],
      ['atna', inMessage(whole.at(-1)?.detail ?? '')],
    ] as const) {
      expect(await exported(radiologist, format)).not.toContain(detail)
      for (const caller of [CALLER, auditor]) expect(await exported(caller, format)).toContain(detail)
    }
    for (const caller of [CALLER, auditor]) expect(JSON.parse(await exported(caller, 'json'))).toEqual(whole)
    expect(await list(auditor)).toEqual(whole)
    await ask(core, radiologist, 'cases.read-second', { id, verdict: 'cannot-tell' })
    expect(await list(radiologist)).toEqual(whole)
  })

  it('goes to a third reader where the two differ, and the report says what each said', async () => {
    const { core, id, radiologist, auditor } = await setUp()
    const over = await first(core, id, 'agree')
    await expect(ask(core, CALLER, 'cases.read-second', { id, verdict: 'agree' })).rejects.toThrow('second-same-reader')
    const differing = { id, verdict: 'disagree', label: 'other', comment: 'a cyst' } as const
    const read = await ask(core, radiologist, 'cases.read-second', differing)
    expect(read).toMatchObject({
      second: 'disputed',
      verdict: 'agree',
      secondReading: { reading: { comment: 'a cyst' } },
    })
    const decide = { id, over, verdict: 'cannot-tell' } as const
    for (const caller of [CALLER, radiologist])
      await expect(ask(core, caller, 'cases.adjudicate', decide)).rejects.toThrow('adjudicator-involved')
    // Told to who may decide only; who oversees is told that something waits.
    const waits = async (caller: Caller) => (await ask(core, caller, 'cases.list', { query: {} })).waiting.adjudication
    expect([await waits(CALLER), await waits(radiologist), await waits(auditor)]).toEqual([0, 0, 1])
    expect(await ask(core, CALLER, 'readers.count', {})).toEqual({ active: 2 })
    const third: Caller = { shell: 'loopback', connection: 'a third one' }
    const oneTime = await core.accounts.administration.add({ name: 'Third', fullName: '', role: 'radiologist' }, READER)
    await core.accounts.signIn(third, 'Third', oneTime)
    await core.accounts.changePassword(third, 'Third', oneTime, 'another lantern 42')
    const settings = { when: 'none', below: 0.5, adjudicators: [READER] } as const
    await ask(core, CALLER, 'second.set', { ...settings, adjudicators: [READER] })
    await expect(ask(core, third, 'cases.adjudicate', decide)).rejects.toThrow('adjudicator-not-named')
    expect(await waits(third)).toBe(0)
    await ask(core, CALLER, 'second.set', { ...settings, adjudicators: [] })
    expect(await waits(third)).toBe(1)
    expect(await ask(core, CALLER, 'readers.count', {})).toEqual({ active: 3 })
    const decided = await ask(core, third, 'cases.adjudicate', decide)
    expect(decided).toMatchObject({ second: 'adjudicated', reader: 'Third', verdict: 'cannot-tell' })
    const report = await ask(core, third, 'cases.report', { id, paper: 'a4', view: null })
    const text = await pdfText(report)
    for (const part of ['(adjudicated)', 'Adjudicated by Third', 'Second reading: Disagree: Something else', 'a cyst'])
      expect(text).toContain(part)
    expect(await verify(core.folder.database)).toMatchObject({ broken: null })
  })

  it('begins with an impression where the department asks for one, also in the second reader’s mind', async () => {
    const { core, id, radiologist } = await setUp()
    await ask(core, CALLER, 'cases.mark-second', { id })
    const { verdicts } = await ask(core, CALLER, 'cases.review', { id, verdict: 'agree' })
    expect((await ask(core, radiologist, 'cases.get', { id })).result).not.toBeNull()
    await ask(core, CALLER, 'reading.set-department', { on: true })
    // Already while the first one has not signed: an impression has to come before the answer.
    expect(await ask(core, radiologist, 'cases.get', { id })).toMatchObject({ awaitsImpression: true, result: null })
    await ask(core, CALLER, 'cases.sign', { id, verdict: verdicts[0]?.id as number })
    expect((await ask(core, CALLER, 'cases.get', { id })).awaitsImpression).toBe(false)
    const hidden = await ask(core, radiologist, 'cases.get', { id })
    expect(hidden).toMatchObject({ awaitsImpression: true, result: null, label: null })
    await expect(ask(core, radiologist, 'cases.read-second', { id, verdict: 'agree' })).rejects.toThrow(
      'impression-needed',
    )
    await ask(core, radiologist, 'cases.impression', { id, impression: 'cannot-tell' })
    const read = await ask(core, radiologist, 'cases.read-second', { id, verdict: 'agree' })
    expect(read.secondReading?.reading?.before).toMatchObject({ impression: 'cannot-tell', differs: true })
  })
})

describe('how readings changed', { timeout: 60_000 }, () => {
  it('is a radiologist’s own to see; those of all are for who administers or audits', async () => {
    const { core, ids, radiologist, auditor } = await setUp(2)
    const [mine = '', theirs = ''] = ids
    await ask(core, CALLER, 'reading.set-department', { on: true })
    for (const [caller, id] of [
      [CALLER, mine],
      [radiologist, theirs],
    ] as const) {
      await ask(core, caller, 'cases.impression', { id, impression: 'cannot-tell' })
      const { verdicts } = await ask(core, caller, 'cases.review', { id, verdict: 'agree' })
      await ask(core, caller, 'cases.sign', { id, verdict: verdicts[0]?.id as number })
    }
    const readersFor = async (caller: Caller) => {
      const { of, readers, all } = await ask(core, caller, 'readings.changes', {})
      return { of, n: all.n, readers: readers.map(({ reader }) => reader) }
    }
    expect(await readersFor(radiologist)).toEqual({ of: 'the radiologist', n: 1, readers: ['the radiologist'] })
    const both = { of: null, n: 2, readers: [READER, 'the radiologist'] }
    expect(await readersFor(CALLER)).toEqual(both)
    expect(await readersFor(auditor)).toEqual(both)
  })
})
