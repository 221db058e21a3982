import { describe, expect, test } from 'vitest'
import { exampleReport } from '../../scripts/reference/example.ts'
import { html } from '../../src/main/engine/evaluate/report/html.ts'
import { reportHtml } from '../../src/main/engine/evaluate/report/index.ts'
import type { Evaluation } from '../../src/shared/evaluation.ts'
import { type Column, evaluationReportSchema } from '../../src/shared/evaluation-report.ts'
import {
  asked,
  decimal,
  percent,
  percentRange,
  points,
  pointsRange,
  threshold,
} from '../../src/shared/figure-format.ts'
import { BANNER, LABELS } from '../../src/shared/labels.ts'

const PIXEL = 'data:image/png;base64,iVBORw0KGgo='
const report = exampleReport({ resamples: 20, seed: 1, level: 0.95 })
const missedId = report.tumourColumns[0]?.evaluation.tumourCalledNone.images[0]?.id as string
const page = reportHtml(report, { [missedId]: PIXEL })
/** What a reader sees: no tags, and no style. */
const text = page
  .replace(/<style>.*?<\/style>/s, '')
  .replace(/<[^>]*>/g, ' ')
  .replaceAll('&lt;', '<')
  .replaceAll('&gt;', '>')

/** The bootstrap interval; the exact one, if there is one, where no resample differs from another. */
function rangeText({ intervals, exactIntervals }: Evaluation, name: string): string {
  const [low, high] = intervals[name] ?? []
  if (low !== high) return percentRange(intervals[name])
  return exactIntervals[name] ? `${percentRange(exactIntervals[name])}†` : ''
}

test('the report fits its schema', () => {
  expect(evaluationReportSchema.parse(report)).toEqual(report)
})

test('a first column without limits hides none of the others, and its source says why', () => {
  const [first, ...others] = report.columns as [Column, Column, Column]
  const none = { conformal: null, atValidationThreshold: null, tumourSetOnlyNone: null }
  const bare: Column = {
    ...first,
    seenInTraining: 'not-known',
    limitsBy: 'none: nothing came with it',
    evaluation: { ...first.evaluation, ...none },
  }
  const told = reportHtml({ ...report, columns: [bare, ...others] }, {}).replace(/<[^>]*>/g, ' ')
  expect(told).toContain('Sensitivity, threshold for 95 % specificity set on validation')
  expect(told).toContain(percent(others[0].evaluation.atValidationThreshold?.[1]?.sensitivity))
  expect(told).toContain('–: no limits; why, the table “What was measured” says')
  expect(told).toMatch(/Seen in training\s+not known\s+–/)
  expect(told).toMatch(/Thresholds and limits set by\s+none: nothing came with it\s+–/)
})

describe('every figure of every column is in the report', () => {
  test.for(report.columns)('$title', ({ evaluation: e }) => {
    const shares = [
      ...[e.accuracy, e.macroRecall, e.macroPrecision, e.macroSpecificity, e.macroF1, e.ece, e.eceAdaptive],
      ...LABELS.flatMap((label) => [e.recall[label], e.precision[label], e.specificity[label], e.f1[label]]),
      ...[e.tumourCalledNone, e.noneCalledTumour, e.tumourSetOnlyNone].flatMap((count) => [
        count?.share,
        count?.groupMean,
      ]),
      ...e.sensitivityAtSpecificity.map(({ sensitivity }) => sensitivity),
      ...e.specificityAtSensitivity.map(({ specificity }) => specificity),
      ...(e.atValidationThreshold ?? []).flatMap(({ sensitivity, specificity }) => [sensitivity, specificity]),
      ...e.riskCoverage.atCoverage.map(({ error }) => error),
      ...[e.conformal?.coverage, ...LABELS.map((label) => e.conformal?.coveragePerClass[label])],
      ...[e.beforeTemperature?.ece, e.beforeTemperature?.eceAdaptive],
    ]
    const areas = [
      ...[e.tumourAuroc, e.tumourAuprc, e.auroc.macro, e.auprc.macro, e.riskCoverage.aurc],
      ...LABELS.flatMap((label) => [e.auroc.perClass[label], e.auprc.perClass[label]]),
    ]
    const others = [e.nll, e.brier, e.beforeTemperature?.nll, e.beforeTemperature?.brier]
    const ranges = [
      'accuracy',
      'macroRecall',
      'recall.glioma',
      'f1.pituitary',
      'precision.notumor',
      'specificity.meningioma',
    ]
    const wanted = [
      ...shares.map(percent),
      ...areas.map((area) => decimal(area, 4)),
      ...others.map((other) => decimal(other)),
      ...ranges.map((name) => rangeText(e, name)),
      ...e.confusion.counts.flat().map((count) => count.toLocaleString('en-GB')),
      ...[...e.tumourCalledNone.images, ...e.worstErrors].map(({ id }) => id),
    ]
    expect(wanted.filter((figure) => !text.includes(figure))).toEqual([])
  })

  test('and of each, what it was measured with and on', () => {
    for (const column of [...report.columns, ...report.tumourColumns]) {
      const line = `${column.data}, n = ${column.evaluation.n.toLocaleString('en-GB')}; ${column.model}, weights`
      const hashes = column.weightsSha256.map((hash) => hash.slice(0, 12)).join(', ')
      expect(text).toContain(`${line} ${hashes}; ${column.date}`)
    }
  })

  test('each table and chart that measures something names its source', () => {
    const figures = page.match(/<figure>.*?<\/figure>/gs) ?? []
    const without = figures.filter((figure) => !figure.includes('class="source"'))
    // The list of the sources, and of the methods.
    expect(without).toHaveLength(2)
    expect(figures.length).toBeGreaterThan(15)
  })
})

describe('shortcuts', () => {
  const found = report.shortcuts as NonNullable<typeof report.shortcuts>

  test('are told with every figure, beside chance, and their source', () => {
    const scores = [
      found.traits?.model,
      found.traits?.traits,
      found.headHidden?.hidden,
      found.tumourHidden?.tumourHidden,
      found.tumourHidden?.elsewhereHidden,
    ]
    const wanted = [
      ...scores.flatMap((score) => [
        percent(score?.accuracy),
        percent(score?.macroRecall),
        percent(score?.recall.glioma),
      ]),
      ...[percent(found.traits?.chance.accuracy), points(found.headHidden?.fall.value ?? null)],
      ...[points(found.tumourHidden?.fall.value ?? null), points(found.tumourHidden?.fallElsewhere.value ?? null)],
      ...found.otherTumours.flatMap(({ sensitivity, groupMean }) => [percent(sensitivity), percent(groupMean)]),
      ...['dark border on the left 0.900', 'simulated, fifth, n = 155; simulated-0, weights'],
    ]
    expect(wanted.filter((figure) => !text.includes(figure))).toEqual([])
  })

  test('are left out where they were not looked for', () => {
    expect(reportHtml({ ...report, shortcuts: null })).not.toContain('id="shortcuts"')
  })
})

test('where only predictions were kept, the weights are said not to be', () => {
  const [column] = report.columns
  const page = reportHtml({ ...report, columns: [{ ...(column as NonNullable<typeof column>), weightsSha256: [] }] })
  expect(page).toContain('weights not kept')
})

test('the banner comes first', () => {
  expect(page.indexOf(BANNER)).toBeGreaterThan(0)
  expect(page.indexOf(BANNER)).toBeLessThan(page.indexOf('<h1>'))
})

test('nothing comes from elsewhere, nothing runs', () => {
  expect(page).not.toMatch(/<(script|link|iframe|object|embed|base)\b/i)
  expect(page).not.toMatch(/https?:|\/\/[a-z]|@import|url\(/i)
  expect(page.match(/\s(src|href|srcset|on\w+)="[^"]*/gi)).toEqual([` src="${PIXEL}`])
  expect(page).toContain('content="default-src &#39;none&#39;;')
})

test('what comes from outside is shown as text', () => {
  const hostile = structuredClone(report)
  const [column] = hostile.columns
  const [error] = column?.evaluation.worstErrors ?? []
  if (!column || !error) throw new Error('The example has errors')
  column.title = '<script>alert(1)</script>'
  error.id = '"><img src=x onerror=alert(1)>'
  expect(reportHtml(hostile)).not.toMatch(/<script|<img/)
})

test('a picture from elsewhere is refused', () => {
  expect(() => reportHtml(report, { [missedId]: 'http://127.0.0.1/a.png' })).toThrow(RangeError)
  expect(() => reportHtml(report, { [missedId]: 'data:image/svg+xml;base64,AAAA' })).toThrow(RangeError)
})

test('a report that does not fit its schema is refused', () => {
  expect(() => reportHtml({ ...report, columns: [] })).toThrow()
})

describe('numbers as text', () => {
  test.for([
    [percent(0.5), '50.0 %'],
    [percent(0.00234), '0.23 %'],
    [percent(0.99876), '99.88 %'],
    [percent(0), '0 %'],
    [percent(0.00001), '< 0.01 %'],
    [percent(0.99999), '> 99.99 %'],
    [percent(1), '100 %'],
    [percent(null), '–'],
    [percentRange([0.9, 0.951]), '90.0–95.1'],
    [points(-0.0123), '−1.2 points'],
    [points(0.004), '+0.40 points'],
    [pointsRange([-0.02, 0.01]), '−2.0 to +1.0'],
    [decimal(0.12345), '0.123'],
    [asked(0.95), '95 %'],
    [threshold(0.00012345), '0.000123'],
    [threshold(null), 'none'],
  ] as const)('%s', ([found, wanted]) => expect(found).toBe(wanted))
})

test('a template escapes all that is no template', () => {
  expect(html`<b>${'<&>"\''}</b>${[html`<i>${1}</i>`, null, false]}`.text).toBe(
    '<b>&lt;&amp;&gt;&quot;&#39;</b><i>1</i>',
  )
})
