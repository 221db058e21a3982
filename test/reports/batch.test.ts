import { createHash } from 'node:crypto'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { BatchReport, EyesRow, FailedRow, Rows } from '../../src/main/core/reports/batch/data.ts'
import { describe as failureOf } from '../../src/shared/errors.ts'
import { BANNER, LABELS } from '../../src/shared/labels.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { openTestCore } from '../support/core.ts'
import { greyAt, renderPage } from '../support/paper.ts'
import { textOf } from '../support/pdf.ts'

const ID = '01a20d7d-7e31-7023-925e-f0f26c143cec'

async function* generate<T>(count: number, row: (i: number) => T): AsyncGenerator<T> {
  for (let i = 0; i < count; i++) yield row(i)
}
const rowsOf = <T>(count: number, row: (i: number) => T): Rows<T> => ({ count, read: () => generate(count, row) })

const eyes = (i: number): EyesRow => ({
  caseId: ID,
  fileName: `slice-${i}.png`,
  label: LABELS[i % 4] ?? 'glioma',
  confidence: (i % 100) / 100,
  verdict: i % 3 === 0 ? { verdict: 'disagree', label: 'other', reader: 'Dr Жук' } : null,
})
const failed = (i: number): FailedRow => ({
  fileName: `${'a very long name '.repeat(20)}${i}.jpg`,
  failure: failureOf('image-truncated', {}),
})

function batch(cases: number, failures: number, change: Partial<BatchReport> = {}): BatchReport {
  return {
    id: ID,
    name: 'Friday’s scans 山',
    origin: 'folder',
    startedBy: 'Dr Test',
    startedAt: '2026-11-24T08:00:00.000Z',
    finishedAt: '2026-11-24T08:05:00.000Z',
    series: { count: 0, files: 0 },
    totals: {
      files: cases + failures,
      analysed: cases,
      kept: 0,
      failed: failures,
      waiting: 0,
      read: Math.ceil(cases / 3),
    },
    perLabel: { glioma: cases / 2, meningioma: cases / 4, notumor: cases / 4, pituitary: 0, unjudged: 0 },
    model: { id: 'efl0-2', name: 'EfficientNet-Lite0', version: '2.0.2', weightsSha256: 'a'.repeat(64) },
    eyesFirst: rowsOf(cases, eyes),
    failed: rowsOf(failures, failed),
    passedOver: rowsOf(0, () => ({ kind: 'other', files: 1, fileName: '' })),
    madeFor: 'Dr Test',
    ...change,
  }
}

async function write(data: BatchReport, paper: 'a4' | 'letter' = 'a4') {
  const folder = temporaryFolder()
  const { core } = await openTestCore(join(folder, 'data'))
  const path = join(folder, 'batch.pdf')
  const { pages } = await core.reports.ofBatch(data, path, { paper, actor: 'Dr Test', language: null })
  return { core, path, pages, pdf: readFileSync(path) }
}

it('has totals, every case and every failure, and numbered pages under the banner', async () => {
  const { pdf, pages, core, path } = await write(batch(120, 3, { series: { count: 2, files: 64 } }))
  const text = await textOf(pdf)
  expect(text).toHaveLength(pages)
  for (const [i, page] of text.entries()) {
    expect(page).toContain(BANNER)
    expect(page).toContain(`Page ${i + 1} of ${pages}`)
  }
  for (const part of [
    '123: 120 analysed, 3 failed',
    '2, of 64 files: each is read as one case',
    '60 (50.0 %)',
    '0 (0.0 %)',
    '40 of 120',
    'efl0-2',
    'Friday’s scans',
  ])
    expect(text[0]).toContain(part)
  expect(text[0]).toContain('U+5C71')
  const all = text.join(' ')
  for (let i = 0; i < 120; i++) expect(all).toContain(`slice-${i}.png`)
  for (const part of ['unread', 'Disagree: Something else (Dr Жук)']) expect(all).toContain(part)

  const { entries } = await core.store.listAudit(
    { actors: [], acts: ['batch.reported'], subject: ID, from: null, until: null, near: null },
    null,
    1,
  )
  expect(JSON.parse(entries[0]?.detail ?? '{}')).toMatchObject({
    pages,
    bytes: pdf.length,
    sha256: createHash('sha256').update(pdf).digest('hex'),
    to: `Dr Test, as file ${path}`,
  })
  expect(statSync(path).mode & 0o777).toBe(0o600)
})

it('says of each file that failed why, in words and whole, however long that is', async () => {
  const reasons = Array.from({ length: 60 }, (_, i) => `Cannot be read (${'because of this '.repeat(i % 30)}end ${i}).`)
  const row = (i: number): FailedRow => {
    const failure = failureOf('file-unreadable', {})
    return { fileName: `scan-${i}.png`, failure: { ...failure, message: reasons[i] ?? '' } }
  }
  const { pdf, pages } = await write(batch(0, 60, { failed: rowsOf(60, row) }))
  const text = await textOf(pdf)
  expect(pages).toBeGreaterThan(1 + Math.ceil(60 / 53))
  expect(text.map((page, i) => page.includes(`Page ${i + 1} of ${pages}`))).toEqual(Array(pages).fill(true))
  const all = text.join(' ').replaceAll(/\s+/g, ' ')
  for (const [i, reason] of reasons.entries()) {
    expect(all).toContain(reason)
    expect(all).toContain(`scan-${i}.png`)
  }
  expect(all).not.toContain('file-unreadable')
})

it('of an empty, unfinished batch is one page', async () => {
  const totals = { files: 5, analysed: 0, kept: 0, failed: 0, waiting: 5, read: 0 }
  const { pdf, pages } = await write(batch(0, 0, { totals, finishedAt: null, model: null }), 'letter')
  const [page = ''] = await textOf(pdf)
  expect(pages).toBe(1)
  for (const part of ['not finished', '5 still waiting', 'none: nothing was analysed']) expect(page).toContain(part)
})

it('of 10,000 cases is written as its rows come', async () => {
  let ahead = 0
  const read = () =>
    generate(10_000, (i) => {
      ahead = i
      return eyes(i)
    })
  const folder = temporaryFolder()
  const { core } = await openTestCore(join(folder, 'data'))
  const path = join(folder, 'batch.pdf')
  const seen: [row: number, bytes: number][] = []
  const timer = setInterval(() => existsSync(path) && seen.push([ahead, statSync(path).size]), 20)
  const { pages } = await core.reports.ofBatch(batch(10_000, 0, { eyesFirst: { count: 10_000, read } }), path, {
    paper: 'a4',
    actor: 'Dr Test',
    language: null,
  })
  clearInterval(timer)
  expect(pages).toBe(1 + Math.ceil(10_000 / 53))
  // Half of the file is on the disk when some two thirds of the rows have been read.
  const half = seen.find(([, bytes]) => bytes > statSync(path).size / 2)
  expect(half?.[0]).toBeLessThan(8000)
}, 120_000)

it('that does not bring the rows which it announced is refused, and logged as nothing', async () => {
  const data = batch(10, 0)
  await expect(write({ ...data, eyesFirst: { ...data.eyesFirst, count: 11 } })).rejects.toThrow(
    '11 rows were announced',
  )
})

it('that cannot be written says where', async () => {
  const { core } = await openTestCore(join(temporaryFolder(), 'data'))
  const written = core.reports.ofBatch(batch(500, 0), '/nowhere/batch.pdf', {
    paper: 'a4',
    actor: 'Dr Test',
    language: null,
  })
  await expect(written).rejects.toMatchObject({ code: 'output-unwritable', details: { path: '/nowhere/batch.pdf' } })
})

it('has bars that can be read without their numbers, in black and white', async ({ skip }) => {
  const page = await renderPage((await write(batch(40, 0))).pdf)
  if (typeof page === 'string') return skip(page)
  for (let y = 0; y < page.height / 2; y += 1) for (let x = 0; x < 595; x += 1) greyAt(page, x, y)
  const [left, length] = [36 + 110, 523.28 - 110 - 90]
  const dark = Array.from({ length: 760 }, (_, y) => {
    const inside = Array.from({ length: 100 }, (_, i) => greyAt(page, left + 2 + ((length - 4) * i) / 100, y))
    return inside.filter((grey) => grey < 128).length / 100
  })
  // Frames are all dark; the first bar of the chart is half.
  expect(dark.filter((share) => Math.abs(share - 0.5) < 0.02).length).toBeGreaterThanOrEqual(9)
  expect(dark.filter((share) => Math.abs(share - 0.25) < 0.02).length).toBeGreaterThanOrEqual(18)
})
