import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openRecord } from '../../src/main/compose.ts'
import { verifyAudit } from '../../src/main/core/audit/verify.ts'
import { checkClock, confirmClock, runRetention } from '../../src/main/core/care/case-retention.ts'
import { findDue, monthsBefore } from '../../src/main/core/care/due.ts'
import { erasePatient } from '../../src/main/core/care/patients.ts'
import { RetentionJob } from '../../src/main/core/care/retention-job.ts'
import { type DataFolder, scanPath } from '../../src/main/core/data-folder.ts'
import type { Store } from '../../src/main/store/types.ts'
import type { RetentionRules } from '../../src/shared/retention.ts'
import { addCase, makeDataFolder, withStore } from '../support/care.ts'
import { newCase } from '../support/cases.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { tamper } from '../support/spoil.ts'

const OFF: RetentionRules = { imagesMonths: null, casesYears: null, unsigned: false }
const START = '2026-01-10T09:00:00.000Z'
const at = (day: string) => new Date(`${day}T12:00:00.000Z`)

/** The clock of the test: only the date is faked, everything else is real. */
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: new Date(START) }))
afterEach(() => void vi.useRealTimers())

/** Gyrus is in use every week until that day, as the trail of a department shows. */
async function liveUntil(store: Store, day: string): Promise<void> {
  for (let now = Date.now(); now < at(day).getTime(); now += 14 * 86_400_000) {
    vi.setSystemTime(now)
    await store.log({ actor: 'gyrus', act: 'app.started', subject: 'gyrus', detail: {} })
  }
  vi.setSystemTime(at(day))
}

/** A signed case (`mueller.cases[0]`), one that failed and one that was read and never signed. */
async function setUp() {
  const made = await makeDataFolder(join(temporaryFolder(), 'data'))
  const signed = made.mueller.cases[0] ?? ''
  await withStore(made.folder, (store) => signStanding(store, signed))
  return { ...made, signed, signedScan: made.mueller.scans[0] ?? '' }
}

async function signStanding(store: Store, caseId: string): Promise<void> {
  const verdictId = (await store.getCase(caseId)).verdicts[0]?.id ?? 0
  await store.sign({ caseId, verdictId, reader: 'Dr A' })
}

const planOf = async (store: Store, rules: Partial<RetentionRules>, now: string) =>
  (await findDue(store, { ...OFF, ...rules }, at(now))).plan

const run = async (store: Store, folder: DataFolder, now = new Date()) =>
  runRetention({ store, folder }, { by: 'gyrus', now })

const soundIn = async (store: Store, folder: DataFolder) =>
  expect(await verifyAudit({ store, folder }, { files: true, heads: [] })).toMatchObject({ broken: null })

describe('rules of retention', () => {
  it('are off: nothing is due, and a run says so', async () => {
    const { folder } = await setUp()
    await withStore(folder, async (store) => {
      expect(await planOf(store, {}, '2099-01-01')).toMatchObject({
        cases: { cases: 0 },
        images: { cases: 0 },
        bytes: 0,
      })
      await expect(run(store, folder)).rejects.toMatchObject({ code: 'retention-off' })
    })
  })

  it('take the image of a signed case months after the signature, and the case stays with its verdict', async () => {
    const { folder, signed, signedScan } = await setUp()
    await withStore(folder, async (store) => {
      const rules = { ...OFF, imagesMonths: 6 }
      expect(await planOf(store, rules, '2026-07-09')).toMatchObject({ images: { cases: 0, oldest: null }, files: 0 })
      const plan = await planOf(store, rules, '2026-07-11')
      expect(plan).toMatchObject({ images: { cases: 1, oldest: START }, cases: { cases: 0 }, files: 1, held: 0 })
      expect(plan.bytes).toBeGreaterThan(100)
      // A dry run changes nothing.
      expect(existsSync(scanPath(folder, signedScan))).toBe(true)

      await store.setRetention(rules, 'Dr Admin')
      await liveUntil(store, '2026-07-11')
      expect(await run(store, folder)).toMatchObject({ images: 1, cases: 0, files: 1, bytes: plan.bytes })
      expect(existsSync(scanPath(folder, signedScan))).toBe(false)
      expect(await store.getCase(signed)).toMatchObject({ patientId: 'PAT-4711', state: 'signed', label: 'glioma' })
      expect(await store.imageRemoval(signed)).toMatchObject({ rule: 'images-of-signed-cases-6-months' })
      // A batch that finds the file again analyses it, and a data set is not made of what is not there.
      expect(await store.seenCases(signedScan)).toEqual([])
      expect(await store.signedScans(null)).toEqual([])
      const [told] = (
        await store.listAudit(
          { actors: [], acts: ['case.image-removed'], subject: '', from: null, until: null, near: null },
          null,
          9,
        )
      ).entries
      expect(told).toMatchObject({ actor: 'gyrus', subject: signed })
      expect(JSON.parse(told?.detail ?? '')).toMatchObject({ rule: 'images-of-signed-cases-6-months' })
      await soundIn(store, folder)
      // It is done once, and the same file is kept again for whoever opens it anew.
      expect(await run(store, folder)).toMatchObject({ images: 0, files: 0 })
    })
  })

  it('take whole signed cases after years, and never an unsigned one without being told', async () => {
    const { folder, signed, other } = await setUp()
    await withStore(folder, async (store) => {
      const rules = { ...OFF, casesYears: 2, imagesMonths: 6 }
      const plan = await planOf(store, rules, '2028-01-11')
      // The case goes as a whole, so its image is not counted twice.
      expect(plan).toMatchObject({ cases: { cases: 1, oldest: START }, images: { cases: 0 }, files: 1, unsigned: 2 })
      await store.setRetention(rules, 'Dr Admin')
      await liveUntil(store, '2028-01-11')
      expect(await run(store, folder)).toMatchObject({ cases: 1, images: 0 })
      expect(await store.erasedAmong([signed, other])).toEqual([signed])
      expect(await store.getCase(signed)).toMatchObject({ patientId: null, label: 'glioma', verdict: 'disagree' })
      expect(await store.getCase(other)).toMatchObject({ fileName: 'other.png' })
      const told = (await store.timelineOf(signed)).at(-1)
      expect(told).toMatchObject({ act: 'case.erased', actor: 'gyrus' })
      const entry = await store.auditEntry(told?.sequence ?? 0)
      expect(JSON.parse(entry?.detail ?? '')).toMatchObject({ rule: 'signed-cases-2-years' })
      await soundIn(store, folder)

      await store.setRetention({ ...rules, unsigned: true }, 'Dr Admin')
      expect(await run(store, folder)).toMatchObject({ cases: 2 })
      expect(await store.erasedAmong([other])).toEqual([other])
      await soundIn(store, folder)
    })
  })

  it('count from the newest signature or verdict, and leave alone what is still analysed', async () => {
    const { folder, other } = await setUp()
    await addCase(folder, (await withStore(folder, (store) => store.getCase(other))).scan?.sha256 ?? '', false)
    await withStore(folder, async (store) => {
      await liveUntil(store, '2027-06-01')
      await store.review({ caseId: other, reader: 'Dr A', verdict: 'cannot-tell', label: null, comment: '' })
      const plan = (now: string) => planOf(store, { casesYears: 2, unsigned: true }, now)
      expect((await plan('2028-02-01')).cases.cases).toBe(2)
      expect((await plan('2029-06-02')).cases.cases).toBe(3)
    })
  })

  it('leave a file that another case has, and count it no more than once', async () => {
    const { folder, signedScan } = await setUp()
    const twin = await addCase(folder, signedScan, false)
    await withStore(folder, async (store) => {
      await store.fail([{ caseId: twin, failure: { code: 'image-corrupt', details: {} } }])
      const rules = { ...OFF, imagesMonths: 1 }
      expect(await planOf(store, rules, '2026-03-01')).toMatchObject({ images: { cases: 1 }, files: 0, bytes: 0 })
      await store.setRetention(rules, 'Dr Admin')
      await liveUntil(store, '2026-03-01')
      await run(store, folder)
      expect(existsSync(scanPath(folder, signedScan))).toBe(true)
      await soundIn(store, folder)
      // With the last case that needs it, it goes.
      await erasePatient({ folder, store }, { patientId: null, caseIds: [twin] }, { reason: 'x', by: 'Dr A' })
      expect(existsSync(scanPath(folder, signedScan))).toBe(false)
    })
  })

  it('are counted in months as a calendar has them', () => {
    expect(monthsBefore(new Date('2026-03-31T10:00:00.000Z'), 1)).toBe('2026-02-28T10:00:00.000Z')
    expect(monthsBefore(new Date('2028-02-29T10:00:00.000Z'), 12)).toBe('2027-02-28T10:00:00.000Z')
    expect(monthsBefore(new Date('2026-11-24T10:00:00.000Z'), 23)).toBe('2024-12-24T10:00:00.000Z')
  })
})

describe('a legal hold', () => {
  it('keeps a case from rules and erasure until it is lifted, with reasons that stand in rows only', async () => {
    const { folder, signed, signedScan } = await setUp()
    await withStore(folder, async (store) => {
      await store.placeHold({ caseId: signed, scope: 'case', by: 'Dr Admin', reason: 'court, MUELLER' })
      const [hold] = await store.listHolds()
      expect(hold).toMatchObject({ caseId: signed, scope: 'case', cases: 1, by: 'Dr Admin', reason: 'court, MUELLER' })
      const rules = { ...OFF, imagesMonths: 1, casesYears: 1 }
      expect(await planOf(store, rules, '2028-01-01')).toMatchObject({
        cases: { cases: 0 },
        images: { cases: 0 },
        held: 1,
      })
      await store.setRetention(rules, 'Dr Admin')
      await liveUntil(store, '2028-01-01')
      expect(await run(store, folder)).toMatchObject({ cases: 0, images: 0 })
      const ask = { patientId: null, caseIds: [signed] }
      const erase = () => erasePatient({ folder, store }, ask, { reason: 'asked for', by: 'Dr Admin' })
      await expect(erase()).rejects.toMatchObject({ code: 'case-held' })
      await expect(store.removeImages({ caseIds: [signed], by: 'x', rule: 'x' })).rejects.toMatchObject({
        code: 'case-held',
      })
      expect(existsSync(scanPath(folder, signedScan))).toBe(true)

      await store.liftHold({ id: hold?.id ?? 0, by: 'Dr Admin', reason: 'closed, MUELLER' })
      await expect(store.liftHold({ id: hold?.id ?? 0, by: 'x', reason: 'x' })).rejects.toMatchObject({
        code: 'hold-unknown',
      })
      expect(await store.listHolds()).toEqual([])
      await erase()
      await soundIn(store, folder)
      const { entries } = await store.listAudit(
        { actors: [], acts: [], subject: signed, from: null, until: null, near: null },
        null,
        50,
      )
      expect(entries.map(({ act }) => act)).toEqual(
        expect.arrayContaining(['case.held', 'case.hold-lifted', 'case.erased']),
      )
      expect(JSON.stringify(entries)).not.toContain('MUELLER')
      // The erasure emptied both reasons.
      expect((await store.dossier(signed)).holds).toMatchObject([{ reason: 'erased' }, { reason: 'erased' }])
    })
  })

  it('on a patient keeps all their cases, those that come later as well, and nobody else’s', async () => {
    const { folder, mueller, other } = await setUp()
    await withStore(folder, async (store) => {
      await expect(store.placeHold({ caseId: other, scope: 'patient', by: 'x', reason: 'x' })).rejects.toMatchObject({
        code: 'patient-unknown',
      })
      await store.placeHold({ caseId: mueller.cases[0] ?? '', scope: 'patient', by: 'Dr Admin', reason: 'court' })
      expect(await store.listHolds()).toMatchObject([{ patientId: 'PAT-4711', cases: 2 }])
    })
    const later = await addCase(folder, mueller.scans[1] ?? '', true)
    await withStore(folder, async (store) => {
      const kept = [...mueller.cases, later].sort()
      expect(await store.heldAmong([...kept, other])).toEqual(kept)
      await store.erase({ caseIds: [other], by: 'x', reason: { salt: 'b'.repeat(32), sha256: 'a'.repeat(64) } })
    })
  })
})

describe('a clock that was set', () => {
  it('forward by years empties nothing: the run is refused, also after restarts, until somebody confirms it', async () => {
    const { folder, signed } = await setUp()
    await withStore(folder, async (store) => {
      await store.setRetention({ ...OFF, casesYears: 5 }, 'Dr Admin')
      vi.setSystemTime(at('2036-01-10'))
      await expect(run(store, folder)).rejects.toMatchObject({
        code: 'retention-clock',
        details: { before: '2026-01-10', after: '2036-01-10' },
      })
      // What Gyrus logs meanwhile does not make it any more right.
      await liveUntil(store, '2036-03-01')
      await expect(run(store, folder)).rejects.toMatchObject({ code: 'retention-clock' })
      expect(await store.erasedAmong([signed])).toEqual([])
      await confirmClock(store, 'Dr Admin')
      expect(await store.auditHead()).toMatchObject({ act: 'retention.clock-confirmed', actor: 'Dr Admin' })
      expect(await run(store, folder)).toMatchObject({ cases: 1 })
      await soundIn(store, folder)
    })
  })

  it('forward and back again stands in nobody’s way', async () => {
    const { folder } = await setUp()
    await withStore(folder, async (store) => {
      vi.setSystemTime(at('2036-01-10'))
      await store.log({ actor: 'gyrus', act: 'app.started', subject: 'gyrus', detail: {} })
      vi.setSystemTime(at('2026-01-11'))
      await store.log({ actor: 'gyrus', act: 'app.started', subject: 'gyrus', detail: {} })
      await expect(checkClock(store, new Date())).resolves.toBeUndefined()
      // When that time comes, nothing that was signed now is older than it is.
      await liveUntil(store, '2026-06-01')
      expect(await planOf(store, { casesYears: 10 }, '2036-01-05')).toMatchObject({ cases: { cases: 0 } })
      expect(await planOf(store, { casesYears: 10 }, '2036-01-12')).toMatchObject({ cases: { cases: 1 } })
    })
  })

  it('back for a while, as with a flat battery, makes nothing that was done then look old', async () => {
    const { folder, other } = await setUp()
    await withStore(folder, async (store) => {
      vi.setSystemTime(at('2000-01-01'))
      await signStanding(store, other)
      vi.setSystemTime(at('2026-01-20'))
      await store.log({ actor: 'gyrus', act: 'app.started', subject: 'gyrus', detail: {} })
      await store.setRetention({ ...OFF, casesYears: 1, imagesMonths: 1 }, 'Dr Admin')
      // The way back was a jump: somebody has to say that it is right.
      await expect(run(store, folder)).rejects.toMatchObject({ code: 'retention-clock' })
      await confirmClock(store, 'Dr Admin')
      expect(await run(store, folder)).toMatchObject({ cases: 0, images: 0 })
      expect(await planOf(store, { casesYears: 1 }, '2027-01-09')).toMatchObject({ cases: { cases: 0 } })
      expect(await planOf(store, { casesYears: 1 }, '2027-01-11')).toMatchObject({ cases: { cases: 2 } })
    })
  })
})

describe('the daily run', () => {
  const jobOn = (
    store: Store,
    folder: DataFolder,
    change: Partial<ConstructorParameters<typeof RetentionJob>[0]> = {},
  ) =>
    new RetentionJob({
      ...{ store, folder, emit: () => undefined, settled: async () => undefined, backingUp: () => false },
      ...change,
    })

  it('begins a day after the rules were set, is made once a day, and tells why it was not', async () => {
    const { folder, signed } = await setUp()
    await withStore(folder, async (store) => {
      await liveUntil(store, '2026-03-01')
      const job = jobOn(store, folder)
      await job.look()
      await job.set({ ...OFF, imagesMonths: 1 }, 'Dr Admin')
      expect(await job.plan(null)).toMatchObject({ images: { cases: 1 } })
      await job.look()
      expect(await job.status()).toMatchObject({ last: null, failure: null, setAt: at('2026-03-01').toISOString() })
      vi.setSystemTime(at('2026-03-03'))
      await jobOn(store, folder, { backingUp: () => true }).look()
      expect(await store.imageRemoval(signed)).toBeNull()
      await job.look()
      expect(await store.imageRemoval(signed)).not.toBeNull()
      expect(await job.status()).toMatchObject({ last: { images: 1, files: 1 }, running: null, failure: null })
      const before = (await store.auditHead())?.sequence
      await job.look()
      expect((await store.auditHead())?.sequence).toBe(before)
      vi.setSystemTime(at('2026-06-03'))
      await job.look()
      expect(await job.status()).toMatchObject({ failure: { code: 'retention-clock' } })
      await job.confirmClock('Dr Admin')
      expect(await job.status()).toMatchObject({ failure: null })
      await job.close()
    })
  })

  it('of which a kill left a file is finished at the next start', async () => {
    const { folder, signed, signedScan } = await setUp()
    await withStore(folder, (store) => store.removeImages({ caseIds: [signed], by: 'gyrus', rule: 'x' }))
    expect(existsSync(scanPath(folder, signedScan))).toBe(true)
    await (await openRecord(folder.root)).close()
    expect(existsSync(scanPath(folder, signedScan))).toBe(false)
  })

  it('leaves a file that somebody opens at the same moment', async () => {
    const { folder, signed, signedScan } = await setUp()
    await withStore(folder, async (store) => {
      await store.setRetention({ ...OFF, imagesMonths: 1 }, 'Dr Admin')
      await liveUntil(store, '2026-03-01')
      // Its copy was found in its place, and its row comes now.
      const bytes = (await store.getCase(signed)).scan?.bytes ?? 0
      const rowComes = async () => {
        await store.receive([newCase({ scan: { sha256: signedScan, bytes } })])
      }
      await runRetention({ store, folder, settled: rowComes }, { by: 'gyrus', now: new Date() })
      expect(existsSync(scanPath(folder, signedScan))).toBe(true)
    })
  })
})

it('a tombstone of an image, or a hold, that no entry tells of is found', async () => {
  const { folder, signed } = await setUp()
  const broken = () => withStore(folder, async (store) => (await store.verifyRecord({})).broken)
  await withStore(folder, (store) => store.placeHold({ caseId: signed, scope: 'case', by: 'Dr A', reason: 'court' }))
  expect(await broken()).toBeNull()
  tamper(folder.database, (sqlite) => sqlite.exec(`update legal_holds set reason = 'none'`))
  expect(await broken()).toMatchObject({ kind: 'row-altered', what: 'legal_holds/1' })
  tamper(folder.database, (sqlite) =>
    sqlite.exec(`update legal_holds set reason = 'court';
    insert into image_removals (case_id, removed_at, removed_by, rule) values ('${signed}', '', '', '')`),
  )
  expect(await broken()).toMatchObject({ kind: 'row-extra', what: 'image_removals/1' })
})
