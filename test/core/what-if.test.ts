import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import sharp from 'sharp'
import { expect, it } from 'vitest'
import { erasePatient, gatherPatient } from '../../src/main/core/care/patients.ts'
import { scanPath } from '../../src/main/core/data-folder.ts'
import type { Core } from '../../src/main/core/index.ts'
import type { Step } from '../../src/shared/what-if.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { ask, openPaths, openTestCore } from '../support/core.ts'
import { textOf } from '../support/pdf.ts'

const SAMPLE = join(import.meta.dirname, '../../resources/samples/sample-01.jpg')
const LIMIT = 90_000
const STEPS: Step[] = [
  { op: 'rotate', degrees: 7 },
  {
    op: 'erase',
    points: [
      [60, 60],
      [80, 70],
    ],
    radius: 6,
  },
  { op: 'noise', sigma: 0.03, seed: 42 },
]

async function openCase(path = SAMPLE) {
  const { core, close } = await openTestCore(join(temporaryFolder(), 'data'))
  const [outcome] = await openPaths(core, path)
  const id = outcome?.caseId
  if (!id) throw new Error('the file became no case')
  return { core, close, id }
}

const refusal = async (asked: Promise<unknown>) => String(await asked.catch((error) => error))

async function analysed(core: Core, id: string) {
  await expect.poll(async () => (await ask(core, 'cases.get', { id })).state, { timeout: 30_000 }).toBe('analysed')
  return ask(core, 'cases.get', { id })
}

it(
  'says what the model makes of the picture: without a step what it says of the file, and with steps the same each time',
  async () => {
    const { core, id } = await openCase()
    const { result, scan } = await ask(core, 'cases.get', { id })
    const plain = await ask(core, 'whatIf.try', { id, steps: [] })
    expect(plain).toMatchObject({ modelId: result?.modelId, width: scan?.width, height: scan?.height })
    for (const [label, value] of Object.entries(result?.confidences ?? {}))
      expect(plain.confidences[label as 'glioma']).toBeCloseTo(value, 5)
    const picture = await sharp(Buffer.from(plain.picture, 'base64')).metadata()
    expect(picture).toMatchObject({ format: 'png', width: scan?.width, height: scan?.height })
    const edited = await ask(core, 'whatIf.try', { id, steps: STEPS })
    expect(edited.confidences).not.toEqual(plain.confidences)
    expect((await ask(core, 'whatIf.try', { id, steps: STEPS.slice(0, 1) })).confidences).not.toEqual(
      edited.confidences,
    )
    expect({ ...(await ask(core, 'whatIf.try', { id, steps: STEPS })), milliseconds: null }).toEqual({
      ...edited,
      milliseconds: null,
    })
    expect((await ask(core, 'whatIf.list', { id })).experiments).toEqual([])
  },
  LIMIT,
)

it(
  'draws what speaks for a class after the steps, and how the prediction moves',
  async () => {
    const { core, id } = await openCase()
    const map = await ask(core, 'whatIf.heat', { id, steps: STEPS, method: 'cam', label: 'glioma' })
    const plain = await ask(core, 'cases.explain', { id, method: 'cam', label: 'glioma' })
    expect(map).toMatchObject({ method: 'cam', width: plain.width, height: plain.height })
    expect(map.values).not.toBe(plain.values)
    const { curves, flips } = await ask(core, 'whatIf.stability', { id, steps: [] })
    const { confidences } = await ask(core, 'whatIf.try', { id, steps: [] })
    for (const curve of Object.values(curves)) {
      expect(curve).toHaveLength(11)
      expect(curve[5]).toEqual(confidences)
      expect(new Set(curve.map(({ glioma }) => glioma)).size).toBeGreaterThan(5)
    }
    expect(flips.none).toEqual(confidences)
    const flipped = await ask(core, 'whatIf.try', { id, steps: [{ op: 'flip', axis: 'horizontal' }] })
    expect(flips.horizontal).toEqual(flipped.confidences)
  },
  LIMIT,
)

it(
  'keeps experiments with the case and the trail, as none of its results',
  async () => {
    const { core, id } = await openCase()
    const before = await ask(core, 'cases.get', { id })
    const list = await ask(core, 'cases.list', { query: {} })
    const report = await ask(core, 'monitoring.report', {}).catch(() => null)
    const kept = await ask(core, 'whatIf.keep', { id, steps: STEPS })
    const tried = await ask(core, 'whatIf.try', { id, steps: STEPS })
    expect(kept).toMatchObject({
      modelId: before.result?.modelId,
      steps: STEPS,
      confidences: tried.confidences,
      scan: null,
    })
    expect((await ask(core, 'whatIf.list', { id })).experiments).toEqual([kept])
    // Its points grow while one looks.
    const { urgency } = before
    expect({ ...(await ask(core, 'cases.get', { id })), urgency }).toEqual(before)
    expect(await ask(core, 'cases.list', { query: {} })).toEqual(list)
    expect(((await ask(core, 'monitoring.report', {}).catch(() => null)) as typeof report)?.all).toEqual(report?.all)
    const { entries } = await ask(core, 'cases.timeline', { id })
    expect(JSON.stringify(entries)).toContain('case.experiment-kept')
    expect(await refusal(ask(core, 'whatIf.keep', { id, steps: [] }))).toContain('experiment-no-steps')
    const sqlite = new SQLite(core.folder.database)
    expect(() => sqlite.exec("update experiments set steps = ''")).toThrow('append-only')
    expect(() => sqlite.exec('delete from experiments')).toThrow('append-only')
    sqlite.close()
    expect((await core.store.verifyRecord({})).broken).toBeNull()
  },
  LIMIT,
)

it(
  'makes a scan of an experiment that says everywhere that it was edited, gives the same answer, and counts for nothing',
  async () => {
    const { core, id } = await openCase()
    const answersIn = async () => (await core.store.answersBetween({ from: '2000', until: '3000' }, null, 100)).answers
    const [answers, signed] = [await answersIn(), await core.store.signedScans(null)]
    const { id: experiment, confidences } = await ask(core, 'whatIf.keep', { id, steps: STEPS })
    const { caseId } = await ask(core, 'whatIf.saveScan', { id, experiment })
    const made = await analysed(core, caseId)
    expect(made).toMatchObject({
      source: 'edited',
      fileName: 'sample-01 (edited).png',
      editedFrom: { caseId: id, experiment },
    })
    for (const [label, value] of Object.entries(confidences))
      expect(made.result?.confidences[label as 'glioma']).toBeCloseTo(value, 5)
    expect((await ask(core, 'whatIf.list', { id })).experiments[0]?.scan).toBe(caseId)
    expect((await ask(core, 'whatIf.saveScan', { id, experiment })).caseId).toBe(caseId)
    const found = await ask(core, 'cases.list', { query: { search: 'edited' } })
    expect(found.rows.map((row) => row.id)).toEqual([caseId])
    expect((await ask(core, 'cases.list', { query: { sources: ['edited'] } })).total).toBe(1)
    const { pdf } = await ask(core, 'cases.report', { id: caseId })
    const [page = ''] = await textOf(Buffer.from(pdf, 'base64'))
    expect(page.trim()).toMatch(/^Edited image – not a result of a patient/)
    const reviewed = await ask(core, 'cases.review', { id: caseId, verdict: 'agree' })
    await ask(core, 'cases.sign', { id: caseId, verdict: reviewed.verdicts[0]?.id ?? 0 })
    expect(await answersIn()).toEqual(answers)
    expect(await core.store.signedScans(null)).toEqual(signed)
    expect((await core.store.verifyRecord({})).broken).toBeNull()
  },
  LIMIT,
)

it(
  'keeps 16 bits in an edited scan where the file has them',
  async () => {
    const values = Uint16Array.from({ length: 64 * 64 }, (_, i) => (i * 37) % 4001)
    const path = join(temporaryFolder(), 'deep.png')
    await sharp(values, { raw: { width: 64, height: 64, channels: 1 } })
      .toColourspace('grey16')
      .png()
      .toFile(path)
    const { core, id } = await openCase(path)
    const { id: experiment, confidences } = await ask(core, 'whatIf.keep', {
      id,
      steps: [{ op: 'flip', axis: 'horizontal' }],
    })
    const { caseId } = await ask(core, 'whatIf.saveScan', { id, experiment })
    const { scan, result } = await analysed(core, caseId)
    const file = await readFile(scanPath(core.folder, scan?.sha256 ?? ''))
    expect(await sharp(file).metadata()).toMatchObject({ depth: 'ushort', channels: 1 })
    const flipped = await core.images.pixels(caseId)
    const first = new Uint16Array(flipped.data.slice(0, 128).buffer)
    expect([...first]).toEqual([...values.slice(0, 64)].reverse())
    for (const [label, value] of Object.entries(confidences))
      expect(result?.confidences[label as 'glioma']).toBeCloseTo(value, 5)
  },
  LIMIT,
)

it(
  'goes with its case: in the export of all of a patient, and in an erasure',
  async () => {
    const { core, id } = await openCase()
    const { id: experiment } = await ask(core, 'whatIf.keep', { id, steps: STEPS })
    const { caseId } = await ask(core, 'whatIf.saveScan', { id, experiment })
    await analysed(core, caseId)
    const whose = { patientId: null, caseIds: [id] }
    const { json, files } = await gatherPatient(core, whose, 'Dr A')
    const [own, edited] = JSON.parse(json).cases
    expect(own.experiments).toMatchObject([{ id: experiment, steps: JSON.stringify(STEPS) }])
    expect(edited.editedFrom).toEqual({ case_id: caseId, origin_id: id, experiment_id: experiment })
    expect(files).toHaveLength(2)
    await erasePatient(core, whose, { reason: 'asked', by: 'Dr A' })
    const { experiments } = await ask(core, 'whatIf.list', { id })
    expect(experiments).toMatchObject([{ id: experiment, steps: null }])
    expect(await core.store.erasedAmong([id, caseId])).toHaveLength(2)
    expect(await refusal(ask(core, 'whatIf.try', { id, steps: STEPS }))).toMatch(/case-erased/)
    expect((await core.store.verifyRecord({})).broken).toBeNull()
  },
  LIMIT,
)

it(
  'keeps it all from a reader whose impression comes first',
  async () => {
    const { core, id } = await openCase()
    await ask(core, 'reading.set', { on: true })
    for (const asked of [
      ask(core, 'whatIf.try', { id, steps: [] }),
      ask(core, 'whatIf.heat', { id, steps: [] }),
      ask(core, 'whatIf.stability', { id, steps: [] }),
      ask(core, 'whatIf.keep', { id, steps: STEPS }),
      ask(core, 'whatIf.list', { id }),
      ask(core, 'whatIf.saveScan', { id, experiment: 1 }),
    ])
      expect(await refusal(asked)).toContain('impression-needed')
  },
  LIMIT,
)

it(
  'fails calmly, with what to do',
  async () => {
    const { core, id } = await openCase()
    const all = { x: 0, y: 0, width: 5_000, height: 5_000 }
    const refused = (steps: Step[]) => refusal(ask(core, 'whatIf.try', { id, steps }))
    expect(await refused([{ op: 'hide', ...all, level: 0 }])).toContain('what-if-empty')
    expect(await refused([STEPS[0] as Step, { op: 'crop', x: 3, y: 3, width: 1, height: 1 }])).toContain(
      'what-if-too-small',
    )
    expect(await refused([{ op: 'crop', x: 9_000, y: 0, width: 50, height: 50 }])).toContain('what-if-outside')
    expect(await refused([{ op: 'rotate', degrees: 400 } as Step])).toContain('request-invalid')
    expect(await refusal(ask(core, 'whatIf.saveScan', { id, experiment: 77 }))).toContain('experiment-unknown')
    const uniform = join(temporaryFolder(), 'uniform.png')
    await sharp({ create: { width: 64, height: 64, channels: 3, background: { r: 9, g: 9, b: 9 } } })
      .png()
      .toFile(uniform)
    const [opened] = await openPaths(core, uniform)
    expect(await refusal(ask(core, 'whatIf.try', { id: opened?.caseId ?? '', steps: [] }))).toContain('what-if-uniform')
  },
  LIMIT,
)

it(
  'answers nothing any more where a rule has removed the image',
  async () => {
    const { core, id } = await openCase()
    await ask(core, 'whatIf.try', { id, steps: STEPS })
    await core.store.removeImages({ caseIds: [id], by: 'gyrus', rule: 'images-24-months' })
    expect(await refusal(ask(core, 'whatIf.try', { id, steps: STEPS }))).toContain('image-removed')
  },
  LIMIT,
)
