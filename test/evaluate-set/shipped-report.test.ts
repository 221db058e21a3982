import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { evaluateRuns } from '../../src/main/engine/evaluate-set/evaluate-runs.ts'
import { operatingPointOf } from '../../src/main/engine/package-run/operating-point.ts'
import { resultsOf, sensitivitiesOf, shortcutsOf } from '../../src/main/engine/package-run/rows.ts'
import { MODEL_DIR } from '../../src/main/installation.ts'
import type { CalibrationImages } from '../../src/shared/calibration-images.ts'
import type { Column, EvaluationReport } from '../../src/shared/evaluation-report.ts'
import { LABELS } from '../../src/shared/labels.ts'
import type { ModelCard, ModelManifest } from '../../src/shared/model.ts'
import type { RunPredictions } from '../../src/shared/predictions.ts'

const root = join(import.meta.dirname, '..', '..')
const read = (...path: string[]) => readFileSync(join(root, ...path), 'utf8')
const runs = join('docs', 'runs', 'efl0-2')

const report: EvaluationReport & Record<string, unknown> = JSON.parse(read(runs, 'report.json'))
const card: ModelCard = JSON.parse(readFileSync(join(MODEL_DIR, 'card.json'), 'utf8'))
const model = read('docs', 'model.md')
const [asItIs, clean, heldOut, heldOutTest] = report.columns
const otherSequences = report.tumourColumns[1]

/** The card's names of the columns. */
const NAMES = [
  'Test split as it is',
  'Test split without near-copies',
  'Held-out images',
  'Test images of the held-out',
]

const percent = (share: number | null | undefined) => ((share ?? Number.NaN) * 100).toFixed(1)
const range = (column: typeof asItIs, name: string) => (column?.evaluation.intervals[name] ?? []).map(percent).join('–')
const count = (n: number | undefined) => (n ?? Number.NaN).toLocaleString('en')

describe('the report of the shipped model', () => {
  it('is of its weights, and tells the three columns side by side', () => {
    expect(report.columns.map(({ title }) => title)).toEqual([
      ...NAMES.slice(0, 2),
      'Cross-validation, patients apart: held-out images',
      'Cross-validation, patients apart: test images of the held-out',
    ])
    expect([asItIs?.model, asItIs?.weightsSha256]).toEqual([card.id, [card.weightsSha256]])
  })

  it('has the figures of the card', () => {
    const found = resultsOf(report)
    for (const [i, name] of NAMES.entries()) {
      const { name: _, splitRule: __, date: ___, ...figures } = found[i] as (typeof found)[number]
      expect(card.results.find((result) => result.name === name)).toMatchObject(figures)
    }
    const { sensitivity, groupMean, n } = sensitivitiesOf(report)[1] ?? {}
    expect(card.tumourSensitivity[0]).toMatchObject({ sensitivity, groupMean, n })
    const shortcuts = shortcutsOf(report.shortcuts).map(({ date: _, ...figures }) => figures)
    expect(card.shortcuts).toMatchObject(shortcuts)
    expect(shortcuts).toHaveLength(5)
  })

  it('has the figures of docs/model.md', () => {
    const cells = (column: typeof asItIs) => ({
      n: count(column?.evaluation.n),
      accuracy: `${percent(column?.evaluation.accuracy)} % (${range(column, 'accuracy')})`,
      macroRecall: percent(column?.evaluation.macroRecall),
      missed: `${column?.evaluation.tumourCalledNone.n} of ${count(column?.evaluation.tumourCalledNone.of)}`,
    })
    const limited = (column: typeof asItIs) => {
      const { sensitivity, specificity } = column?.evaluation.atValidationThreshold?.[1] ?? {}
      const none = column?.evaluation.noneCalledTumour.of
      const share = (value: number | null | undefined) => (value === 1 ? '100 %' : `${percent(value)} %`)
      return `${share(sensitivity)} | ${share(specificity)}${none === 1 ? ' (1 image)' : ''}`
    }
    const [one, two, three, four] = [asItIs, clean, heldOut, heldOutTest].map(cells)
    const { tumourCalledNone, noneCalledTumour, ece, recall } = heldOut?.evaluation ?? {}
    const wanted = [
      `| ${one?.n} | ${one?.accuracy} | **${one?.macroRecall} %** (reach 99.0: **not reached**) | ${one?.missed} |`,
      `| ${two?.n} | ${two?.accuracy} | ${two?.macroRecall} % | ${two?.missed} |`,
      `| ${four?.n} | ${four?.accuracy} | ${four?.macroRecall} % | ${four?.missed} |`,
      `n = ${three?.n} | measured`,
      `| **${percent(heldOut?.evaluation.accuracy)} %** (${range(heldOut, 'accuracy')}) |`,
      `| ${three?.macroRecall} % (${range(heldOut, 'macroRecall')}): glioma ${percent(recall?.glioma)}, meningioma ${percent(recall?.meningioma)}, no tumour ${percent(recall?.notumor)}, pituitary ${percent(recall?.pituitary)} |`,
      `**${percent(tumourCalledNone?.share)} %** (${range(heldOut, 'tumourCalledNone')}), ${three?.missed}`,
      `**${percent(noneCalledTumour?.share)} %** (${range(heldOut, 'noneCalledTumour')}), ${noneCalledTumour?.n} of ${count(noneCalledTumour?.of)}`,
      `| **${percent(ece)} %** | reach 2`,
      `${percent(otherSequences?.evaluation.tumourCalledNone.share)} % of the images; **${percent(otherSequences?.evaluation.tumourCalledNone.groupMean)} %** (${(otherSequences?.evaluation.intervals['tumourCalledNone.groupMean'] ?? []).map(percent).join('–')})`,
      ...[asItIs, clean, heldOut].map(
        (column) =>
          `| ${limited(column)} | ${percent(column?.evaluation.conformal?.coverage)} % | ${column?.evaluation.conformal?.meanSize.toFixed(2)} |`,
      ),
      `| ${percent(otherSequences?.evaluation.atValidationThreshold?.[1]?.sensitivity)} % | – | ${otherSequences?.evaluation.tumourSetOnlyNone?.n} sets are`,
      ...shortcutsOf(report.shortcuts).map(({ value }) => `${percent(value)} %`),
    ]
    expect(wanted.filter((figure) => !model.includes(figure))).toEqual([])
  })

  it('has limits and thresholds for each column of the model itself, and the card says what set them', () => {
    const manifest: ModelManifest = JSON.parse(readFileSync(join(MODEL_DIR, 'model.json'), 'utf8'))
    const calibration: CalibrationImages = JSON.parse(readFileSync(join(MODEL_DIR, 'calibration.json'), 'utf8'))
    for (const { evaluation, limitsBy } of [...report.columns, ...report.tumourColumns]) {
      expect(evaluation.atValidationThreshold).toHaveLength(3)
      expect(evaluation.tumourSetOnlyNone?.of).toBe(evaluation.tumourCalledNone.of)
      expect(limitsBy).not.toMatch(/^none/)
    }
    // 43 of them are, byte for byte, images of the test side as well: they set nothing where they are measured.
    const set = [asItIs, clean].map((column) => [
      column?.seenInTraining,
      column?.evaluation.conformal?.calibrationImages,
    ])
    const all = calibration.images.length
    expect(set).toEqual([
      ['some', [all - 43]],
      ['none', [all]],
    ])
    for (const { evaluation } of [asItIs, clean] as Column[])
      expect(evaluation.conformal?.coverage).toBeGreaterThan(0.9)
    expect(card.operatingPoint).toBe(operatingPointOf({ manifest, calibration }, report.columns))
    const [, at95] = heldOut?.evaluation.atValidationThreshold ?? []
    expect(card.operatingPoint).toContain(
      `sensitivity of ${((at95?.sensitivity ?? 0) * 100).toFixed(2)} % (3,440 tumours) and a specificity of ${percent(at95?.specificity)} % (1,270 without)`,
    )
  })

  it('has the limits of what the runs of its cross-validation held out, and of nothing else', () => {
    const calibration: CalibrationImages = JSON.parse(readFileSync(join(MODEL_DIR, 'calibration.json'), 'utf8'))
    const held = [0, 1, 2, 3, 4].flatMap((fold) => {
      const { images }: RunPredictions = JSON.parse(read(runs, `a-f${fold}`, 'predictions.json'))
      return images.filter(({ part, label }) => part === 'held-out' && label)
    })
    expect(calibration.images.map(([, truth, , ...logits]) => [LABELS[truth], logits])).toEqual(
      held.map(({ label, logits }) => [label, logits]),
    )
    expect(held.filter(({ file }) => file.startsWith('Testing/'))).toEqual([])
  })

  it('is what the predictions of the runs still give', async () => {
    const files = [0, 1, 2, 3, 4].map((fold) => join(root, runs, `a-f${fold}`, 'predictions.json'))
    const again = (await evaluateRuns({ files, html: false })).report
    const figures = ({ columns, tumourColumns }: Pick<EvaluationReport, 'columns' | 'tumourColumns'>) =>
      [...columns, ...tumourColumns].map(({ evaluation }) => evaluation)
    expect(figures(JSON.parse(JSON.stringify(again)))).toEqual(
      figures({ columns: report.columns.slice(2), tumourColumns: report.tumourColumns.slice(1) }),
    )
  }, 120_000)

  it('is there as a page, with the same figures', () => {
    const page = read(runs, 'report.html')
    expect(page).toContain('<h1>Evaluation of efl0-2</h1>')
    for (const { title } of [...report.columns, ...report.tumourColumns]) expect(page).toContain(`>${title}</th>`)
    expect(page).toContain(`${percent(heldOut?.evaluation.accuracy)} %</b> <span class="range">`)
    expect(page.length).toBeLessThan(3_000_000)
    expect(model).toContain('runs/efl0-2/report.html')
    expect(model).toContain('runs/efl0-2/report.json')
  })
})
