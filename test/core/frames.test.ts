import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { expect, it } from 'vitest'
import { verifyAudit } from '../../src/main/core/audit/verify.ts'
import { SERIES_CAUTIONS } from '../../src/shared/series.ts'
import { dicomFile, element, encapsulated } from '../engine/dicom/support/write.ts'
import { READER } from '../support/accounts.ts'
import { anyCase } from '../support/cases.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { ask, openPaths, openTestCore } from '../support/core.ts'
import { needsShared } from '../support/needs-shared.ts'
import { REAL_SLICE } from '../support/series.ts'
import { multiFrameFile, realSlices } from '../support/stacks.ts'

const slices = await realSlices()

needsShared(REAL_SLICE)
it.skipIf(slices === null)(
  'the frames of a file are answered like the slices of a series, from its bytes to its signature',
  async () => {
    const { core } = await openTestCore(temporaryFolder())
    const frames = slices?.slice(15, 26) ?? []
    const path = writeCopy(frames)
    const [outcome] = await openPaths(core, path)
    const { rows } = await core.store.listCases(anyCase, 0, 1)
    const id = rows[0]?.id ?? ''
    const series = await ask(core, 'cases.series', { id })
    if (!series) expect.unreachable('its frames are answered')
    expect(series).toMatchObject({ id, rule: 'neighbours-2', plane: 'axial', slices: { length: 11 } })
    expect(series.slices.map(({ frame, place, mm }) => [frame, place, Math.round(mm ?? -1)])).toEqual(
      frames.map((_, i) => [i, i, 8 * i]),
    )
    const detail = await ask(core, 'cases.get', { id })
    expect(detail).toMatchObject({ series: null, dicom: { frames: 11, frame: series.key + 1 } })
    const deciding = (series.deciding ?? []).map((place) => series.slices[place])
    expect(deciding).toHaveLength(3)
    const mean = deciding.reduce((sum, one) => sum + (one?.confidences?.notumor ?? 0), 0) / 3
    expect(detail.result?.confidences.notumor).toBeCloseTo(mean, 10)
    expect(outcome).toMatchObject({ frames: { standing: { key: String(series.key) }, frames: { length: 11 } } })

    // Each as it is in a file of its own.
    await openPaths(core, writeCopy(frames.slice(3, 4)))
    const single = (await core.store.listCases(anyCase, 0, 2)).rows.find((row) => row.id !== id)
    const alone = (await ask(core, 'cases.get', { id: single?.id ?? '' })).result
    expect(series.slices[3]?.confidences?.notumor).toBeCloseTo(alone?.confidences.notumor ?? -1, 4)

    // What shows the case shows its key frame.
    const { data } = await core.images.pixels(id)
    expect(data).toEqual((await core.images.pixels(id, series.key)).data)
    expect(data).not.toEqual((await core.images.pixels(id, 5)).data)
    expect(await ask(core, 'cases.rerun', { id })).toMatchObject({ same: true })
    await expect(ask(core, 'cases.rerun-active', { id })).rejects.toThrow('case-model-active')

    await ask(core, 'cases.review', { id, verdict: 'cannot-tell' })
    const { verdicts } = await ask(core, 'cases.get', { id })
    await ask(core, 'cases.sign', { id, verdict: verdicts[0]?.id ?? 0 })
    expect(await verifyAudit(core, { files: true, heads: [] })).toMatchObject({ broken: null })
  },
  120_000,
)

it.skipIf(slices === null)(
  'frames of which the file does not say where they lie are no copies, and stand in its order',
  async () => {
    const { core } = await openTestCore(temporaryFolder())
    const path = join(temporaryFolder(), 'unplaced.dcm')
    writeFileSync(path, multiFrameFile(slices?.slice(18, 24) ?? [], { placed: false }))
    await openPaths(core, path)
    const { rows } = await core.store.listCases(anyCase, 0, 1)
    const series = await ask(core, 'cases.series', { id: rows[0]?.id ?? '' })
    expect(series?.slices.map(({ frame, mm }) => [frame, mm])).toEqual([0, 1, 2, 3, 4, 5].map((n) => [n, null]))
    expect(series?.slices.map(({ scope }) => scope)).not.toContain('copy')
    expect(series?.cautions).toContain(SERIES_CAUTIONS.frameOrder)
  },
  120_000,
)

it('a frame that cannot be read is told as such, beside the answers of the others', async () => {
  const { core } = await openTestCore(temporaryFolder())
  const jpegs = await Promise.all([0, 1, 2, 3].map((n) => grey(60 + 20 * n)))
  // JPEG without its end.
  jpegs[3] = (jpegs[3] as Buffer).subarray(0, 60)
  const path = join(temporaryFolder(), 'jpeg.dcm')
  writeFileSync(
    path,
    dicomFile(
      {
        2621448: element(0x00280008, 'IS', '4'),
        ...{ 2621456: element(0x00280010, 'US', SIDE), 2621457: element(0x00280011, 'US', SIDE) },
        ...{ 2621696: element(0x00280100, 'US', 8), 2621697: element(0x00280101, 'US', 8) },
        2621698: element(0x00280102, 'US', 7),
        2145386512: encapsulated(...jpegs),
      },
      '1.2.840.10008.1.2.4.50',
    ),
  )
  const [outcome] = await openPaths(core, path)
  expect(outcome).toMatchObject({ status: 'analysed', label: null, gate: { reasons: ['few'] } })
  const { rows } = await core.store.listCases(anyCase, 0, 1)
  const series = await ask(core, 'cases.series', { id: rows[0]?.id ?? '' })
  expect(series?.slices.map(({ frame, scope }) => [frame, scope === 'unread'])).toEqual([
    [0, false],
    [1, false],
    [2, false],
    [3, true],
  ])
}, 60_000)

const SIDE = 64

const grey = (shade: number): Promise<Buffer> =>
  sharp({ create: { width: SIDE, height: SIDE, channels: 3, background: { r: shade, g: shade, b: shade } } })
    .toColourspace('b-w')
    .jpeg()
    .toBuffer()

it.skipIf(slices === null)(
  'a single frame is read when a reader asks, on record beside the answer',
  async () => {
    const { core } = await openTestCore(temporaryFolder())
    await openPaths(core, writeCopy(slices?.slice(19, 22) ?? []))
    const { rows } = await core.store.listCases(anyCase, 0, 1)
    const id = rows[0]?.id ?? ''
    const before = await ask(core, 'cases.get', { id })
    const known = await ask(core, 'cases.series', { id })
    const first = await ask(core, 'cases.frame-answer', { id, frame: 0 })
    expect(first.confidences.notumor).toBeCloseTo(known?.slices[0]?.confidences?.notumor ?? -1, 4)
    // The case's answer is what it was, and who asked stands in its history.
    expect((await ask(core, 'cases.get', { id })).result).toEqual(before.result)
    const { entries } = await ask(core, 'cases.timeline', { id })
    expect(entries.filter(({ act }) => act === 'case.frame-asked').map(({ actor }) => actor)).toEqual([READER])
    await expect(ask(core, 'cases.frame-answer', { id, frame: 3 })).rejects.toThrow('dicom-frame-missing')

    // Like the answer it is kept from who has given no impression yet.
    await ask(core, 'reading.set', { on: true })
    await openPaths(core, writeCopy(slices?.slice(20, 22) ?? []))
    const [hidden] = (await core.store.listCases(anyCase, 0, 1)).rows
    await expect(ask(core, 'cases.frame-answer', { id: hidden?.id ?? '', frame: 0 })).rejects.toThrow(
      'impression-needed',
    )
    expect(await ask(core, 'cases.series', { id: hidden?.id ?? '' })).toMatchObject({
      deciding: null,
      slices: [{ confidences: null }, { confidences: null }],
    })
  },
  120_000,
)

function writeCopy(frames: Parameters<typeof multiFrameFile>[0]): string {
  const path = join(temporaryFolder(), 'hidden.dcm')
  writeFileSync(path, multiFrameFile(frames))
  return path
}

it.skipIf(slices === null)(
  'what is tried out on a frame is tried on that one, kept with it, and a scan of it is that frame',
  async () => {
    const { core } = await openTestCore(temporaryFolder())
    await openPaths(core, writeCopy(slices?.slice(19, 22) ?? []))
    const { rows } = await core.store.listCases(anyCase, 0, 1)
    const id = rows[0]?.id ?? ''
    const known = await ask(core, 'cases.series', { id })
    const tried = (frame: number) => ask(core, 'whatIf.try', { id, frame, steps: [] })
    const [first, last] = [await tried(0), await tried(2)]
    expect(first.picture).not.toBe(last.picture)
    expect(last.confidences.notumor).toBeCloseTo(known?.slices[2]?.confidences?.notumor ?? -1, 4)
    const steps = [{ op: 'flip' as const, axis: 'horizontal' as const }]
    const kept = await ask(core, 'whatIf.keep', { id, frame: 0, steps })
    expect(kept).toMatchObject({ frame: 0, steps })
    expect(await ask(core, 'whatIf.keep', { id, steps })).toMatchObject({ frame: null, steps })
    await ask(core, 'whatIf.saveScan', { id, experiment: kept.id })
    await expect(ask(core, 'whatIf.try', { id, frame: 3, steps: [] })).rejects.toThrow('dicom-frame-missing')
    expect(await verifyAudit(core, { files: true, heads: [] })).toMatchObject({ broken: null })
  },
  120_000,
)
