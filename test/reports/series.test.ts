import { expect, it } from 'vitest'
import type { Core } from '../../src/main/core/index.ts'
import { caseCode } from '../../src/shared/case-code.ts'
import { CAUTIONS } from '../../src/shared/cautions.ts'
import { GATE_REASONS, SERIES_NOT_JUDGED } from '../../src/shared/input-gate.ts'
import { PAPERS, type Paper } from '../../src/shared/report.ts'
import { SERIES_RULE } from '../../src/shared/series.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { ask, openPaths, openTestCore } from '../support/core.ts'
import { needsShared } from '../support/needs-shared.ts'
import { greyAt, renderPage } from '../support/paper.ts'
import { metaOf, textOf } from '../support/pdf.ts'
import { openRealSeries, REAL, REAL_SLICE } from '../support/series.ts'

async function openSeries(numbers: number[]): Promise<{ core: Core; id: string }> {
  const { core } = await openTestCore(temporaryFolder())
  return { core, id: await openRealSeries(core, numbers) }
}

async function report(core: Core, id: string, paper: Paper = 'a4') {
  const { pdf, pages } = await ask(core, 'cases.report', { id, paper })
  const bytes = Buffer.from(pdf, 'base64')
  return { pdf: bytes, pages, text: (await textOf(bytes)).join(' ').replaceAll(/\s+/g, ' ') }
}

needsShared(REAL_SLICE)
it.skipIf(REAL_SLICE === null)(
  'the report of a series is one page with its slices, what decided, the rule and the cautions',
  async ({ skip }) => {
    const { core, id } = await openSeries(REAL.suspicious)
    const series = await core.store.seriesOf(id)
    if (!series) expect.unreachable('it is a series')
    for (const paper of PAPERS) {
      const { pages, text } = await report(core, id, paper)
      expect(pages).toBe(1)
      for (const part of [
        'Gyrus: second opinion on an MRI series',
        `Series 401: 5 slices, ${series.counted} counted`,
        ...['Accession number not in the file', 'Study UID 1.2.826.0.1.', 'Series UID', 'Instance UID'],
        ...['Decided by slice 1 (instance 144), slice 2 (instance 156), slice 3 (instance 192).'],
        ...['The image above is slice 3 (instance 192) at 32.0 mm, the most suspicious of them.'],
        ...['Slice 3 of 5 (instance 192) at 32.0 mm', 'hatched, bar empty: not counted'],
        ...['any tumour (1 less “no tumour”), counted', 'decided', 'the image above'],
        `Rule neighbours-2: ${SERIES_RULE.text}`,
        ...series.cautions,
        'Side markers: left R, right L, top A, bottom P',
      ])
        expect(text).toContain(part)
    }
    const { pdf } = await report(core, id)
    expect((await metaOf(pdf)).info).toMatchObject({
      Title: `Gyrus: second opinion on an MRI series, case ${caseCode(id)}`,
    })
    const page = await renderPage(pdf)
    if (typeof page === 'string') return skip(page)
    // Bars of 16 pt: black up to the probability where a slice is counted.
    for (const { place, scope, confidences } of series.slices) {
      const x = 36 + 16 + (place + 0.5) * 16
      const column = Array.from({ length: 28 }, (_, i) => greyAt(page, x, STRIP_TOP + 1 + i))
      const share = column.filter((grey) => grey < 128).length / column.length
      expect(scope).toBe('counted')
      expect(Math.abs(share - (1 - (confidences?.notumor ?? 0)))).toBeLessThan(0.1)
    }
  },
  60_000,
)

/** Below facts, image with three lines beneath it, three lines on the brain region and heading, pt. */
const STRIP_TOP = 196 + 5 + 38 + 206 + 28.1 + 27.5 + 4 + 4 + 11.6

it.skipIf(REAL_SLICE === null)(
  'the report of a series that is not judged says why, and shows its middle, without a number of its slices',
  async () => {
    const { core, id } = await openSeries(REAL.unlike)
    const { pages, text } = await report(core, id)
    expect(pages).toBe(1)
    for (const part of [
      SERIES_NOT_JUDGED,
      `${GATE_REASONS.few}. ${GATE_REASONS.unlike}.`,
      'Series 401: 4 slices, 0 counted',
      'No slice decided. The image above is slice 2 (instance 60) at 8.0 mm, from the middle.',
      'Not counted. 4: Unlike the images that the model learned from.',
      'What the network says of single slices means nothing by itself, and is not printed.',
    ])
      expect(text).toContain(part)
    // Neither bars nor how often the model was right stand beside what it does not judge.
    for (const part of ['Probability of a tumour', 'hatched', 'accuracy', 'macro recall'])
      expect(text).not.toContain(part)
  },
  60_000,
)

it.skipIf(REAL_SLICE === null)('the report of a slice says of which series it is', async () => {
  const { core, id } = await openSeries(REAL.calm)
  const slice = (await core.store.seriesOf(id))?.slices[2]?.caseId ?? ''
  const { text } = await report(core, slice)
  expect(text).toContain('Gyrus: second opinion on an MRI slice')
  expect(text).toContain(`File (slice 3 of 4 of the series ${caseCode(id)}) N2D_0264.dcm`)
})

it.skipIf(REAL_SLICE === null)('the report of one slice says that its file names no contrast agent', async () => {
  const { core } = await openTestCore(temporaryFolder())
  const [outcome] = await openPaths(core, REAL_SLICE as string)
  const { pages, text } = await report(core, outcome?.caseId ?? '')
  expect(pages).toBe(1)
  expect(text).toContain(CAUTIONS.contrast)
})
