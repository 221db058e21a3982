import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { evaluateRuns } from '../../src/main/engine/evaluate-set/evaluate-runs.ts'
import { poolRuns } from '../../src/main/engine/evaluate-set/pool-runs.ts'
import { evaluationReportSchema } from '../../src/shared/evaluation-report.ts'
import { LABELS, type Label } from '../../src/shared/labels.ts'
import type { PredictedImage, RunPredictions } from '../../src/shared/predictions.ts'
import { temporaryFolder } from '../support/cleanup.ts'

const SET = 'a'.repeat(64)

/** Says `called` with this logit, the others with 0. */
function said(
  file: string,
  label: Label | null,
  called: Label,
  part: PredictedImage['part'],
  logit = 2,
): PredictedImage {
  return { file, label, group: null, part, logits: LABELS.map((one) => (one === called ? logit : 0)) }
}

/** Three of four right at one confidence: the best temperature makes it 3/4. */
const validation = (run: string, logit = 2) =>
  [0, 1, 2, 3].map((i) => said(`${run}-v${i}`, 'glioma', i === 0 ? 'notumor' : 'glioma', 'validation', logit))

const run = (name: string, images: PredictedImage[], temperature: number | null = null): RunPredictions => ({
  run: name,
  dataSha256: SET,
  date: '2026-11-24',
  temperature,
  images,
})

function write(...runs: RunPredictions[]): string[] {
  const folder = temporaryFolder()
  return runs.map((one, i) => {
    const path = join(folder, `${i}.json`)
    writeFileSync(path, JSON.stringify(one))
    return path
  })
}

describe('pooled runs', () => {
  // exp(x/T) / (exp(x/T) + 3) = 3/4 where x/T = ln 9.
  const temperature = (logit: number) => logit / Math.log(9)

  it('serve each run with the temperature of its own validation images', () => {
    const { folds, calibratedBy } = poolRuns([
      run('a', [...validation('a', 2), said('1', 'glioma', 'glioma', 'held-out', 2)], temperature(2)),
      run('b', [...validation('b', 6), said('2', 'notumor', 'notumor', 'held-out', 6)], 1),
    ])
    expect(folds.map(({ calibration }) => calibration?.temperature)).toEqual([
      expect.closeTo(temperature(2), 2),
      expect.closeTo(temperature(6), 2),
    ])
    for (const { predictions } of folds)
      expect(Math.max(...Array.from(predictions.probabilities[0] ?? []))).toBeCloseTo(0.75, 2)
    expect(calibratedBy).toBe('own validation')
  })

  it('of a cross-validation are calibrated by what the others held out, never by test images', () => {
    // Others held out: three of four right, so that 3/4 is right for the third run, whatever its own images say.
    const right = (name: string, n: number) =>
      Array.from({ length: n }, (_, i) => said(`${name}${i}`, 'glioma', 'glioma', 'held-out'))
    const { folds, testFolds, calibratedBy } = poolRuns([
      run('a', [...right('a', 2)]),
      run('b', [...right('b', 1), said('wrong', 'glioma', 'notumor', 'held-out')]),
      run('c', [
        ...validation('c', 6),
        said('c', 'glioma', 'glioma', 'held-out'),
        said('t', 'glioma', 'notumor', 'testing'),
      ]),
    ])
    expect(calibratedBy).toBe('other folds')
    expect(folds[2]?.calibration?.temperature).toBeCloseTo(temperature(2), 2)
    expect(folds[2]?.calibration?.validation.rows.ids.toSorted()).toEqual(['a0', 'a1', 'b0', 'wrong'])
    expect(testFolds).toHaveLength(1)
    expect(testFolds[0]?.predictions.ids).toEqual(['t'])
    expect(folds.flatMap(({ calibration }) => calibration?.validation.rows.ids ?? [])).not.toContain('t')
  })

  it('keep the temperature of a run without validation images', () => {
    const { folds } = poolRuns([run('a', [said('1', 'glioma', 'glioma', 'held-out')], temperature(2))])
    expect(folds[0]?.calibration).toBeUndefined()
    expect(Math.max(...Array.from(folds[0]?.predictions.probabilities[0] ?? []))).toBeCloseTo(0.75, 6)
  })

  it('take tumours of unknown type for the tumour part only', async () => {
    const files = write(
      run('a', [
        ...validation('a'),
        said('1', 'glioma', 'glioma', 'held-out'),
        said('x', null, 'notumor', 'held-out'),
        said('y', null, 'pituitary', 'held-out'),
      ]),
      run('b', [...validation('b'), said('2', 'notumor', 'glioma', 'held-out')]),
    )
    const { report, html } = await evaluateRuns({ files, html: true })
    expect(evaluationReportSchema.parse(JSON.parse(JSON.stringify(report)))).toEqual(report)
    const [column] = report.columns
    expect(column).toMatchObject({ model: 'runs a, b', dataSha256: SET, weightsSha256: [] })
    expect(column?.evaluation).toMatchObject({ n: 2, accuracy: 0.5, recall: { glioma: 1, notumor: 0 } })
    expect(column?.evaluation.confusion.counts[LABELS.indexOf('notumor')]).toEqual([1, 0, 0, 0])
    expect(column?.evaluation.temperatures).toHaveLength(2)
    expect(column?.evaluation.conformal?.calibrationImages).toEqual([4, 4])
    expect(report.tumourColumns[0]?.evaluation).toMatchObject({ n: 2, tumourCalledNone: { n: 1, of: 2 } })
    expect(html).toContain('runs a, b')
  })
})

describe('runs that do not go together', () => {
  const heldOut = (file: string) => said(file, 'glioma', 'glioma', 'held-out')
  const refused = (code: string, details: object, ...files: string[]) =>
    expect(evaluateRuns({ files, html: false })).rejects.toMatchObject({ code, details })

  it('hold out one image twice, in two runs or in one', async () => {
    const [first = '', second = ''] = write(run('a', [heldOut('1')]), run('b', [heldOut('2'), heldOut('1')]))
    await refused('predictions-overlap', { image: '1', first, second }, first, second)
    await refused('predictions-overlap', { image: '1' }, first, first)
    const [twice = ''] = write(run('a', [heldOut('1'), heldOut('1')]))
    await refused('predictions-overlap', { image: '1' }, twice)
  })

  it('are of two sets', async () => {
    const files = write(run('a', [heldOut('1')]), { ...run('b', [heldOut('2')]), dataSha256: 'b'.repeat(64) })
    await refused('predictions-different-sets', { second: files[1] }, ...files)
  })

  it('measure what chose the temperature, or nothing', async () => {
    const [both = '', none = '', unlabelled = ''] = write(
      run('a', [said('1', 'glioma', 'glioma', 'validation'), heldOut('1')]),
      run('a', validation('a')),
      run('a', [said('x', null, 'glioma', 'held-out')]),
    )
    await refused('predictions-invalid', { reason: '1 is held out and chose the temperature' }, both)
    await refused('predictions-invalid', { reason: 'no image was held out' }, none)
    await refused('predictions-invalid', { reason: 'no image with a known class was held out' }, unlabelled)
  })

  it('are no predictions at all', async () => {
    const folder = temporaryFolder()
    const file = join(folder, 'a.json')
    writeFileSync(file, '{')
    await refused('predictions-invalid', { file, reason: 'it is not JSON' }, file)
    writeFileSync(file, JSON.stringify({ ...run('a', [heldOut('1')]), temperature: -1 }))
    await refused('predictions-invalid', { file }, file)
    await expect(evaluateRuns({ files: [join(folder, 'none.json')], html: false })).rejects.toMatchObject({
      code: 'file-missing',
    })
  })
})
