import { describe, expect, it } from 'vitest'
import type { Epoch, RunSummary } from '../../src/shared/training.ts'
import { adviseOn } from '../../src/shared/training-advice.ts'

const figures = (loss: number, recall = 0.9, each = [recall, recall, recall, recall]) => ({
  loss,
  accuracy: recall,
  macroRecall: recall,
  recall: each,
})

/** Epochs of these losses. */
const epochs = (training: number[], validation: number[]): Epoch[] =>
  training.map((loss, i) => ({
    epoch: i + 1,
    training: figures(loss),
    validation: figures(validation[i] ?? 0),
    seconds: 1,
    memoryMegabytes: 1,
  }))

const run = (changes: Partial<RunSummary> = {}): RunSummary => ({
  id: 'one',
  request: { set: '/s', map: {}, tumours: [], recipe: 'cnn-9', changes: {}, split: { by: 'patient' }, seed: 1 },
  carriedOut: null,
  notices: [],
  dataSha256: 'd'.repeat(64),
  trainingSha256: 't'.repeat(64),
  tumoursSha256: [],
  images: { training: 800, validation: 200, 'held-out': 0, testing: 0 },
  trainedOn: { glioma: 200, meningioma: 200, notumor: 200, pituitary: 200 },
  unreadable: [],
  engine: 'tensorflow',
  startedAt: '2026-01-01T00:00:00Z',
  finishedAt: '2026-01-01T00:01:00Z',
  end: 'completed',
  epochs: [],
  bestEpoch: null,
  validation: figures(0.4),
  temperature: 1,
  weightsSha256: 'w'.repeat(64),
  parity: 0,
  ...changes,
})

const advice = (of: RunSummary, planned: number | null = 10, active: Parameters<typeof adviseOn>[1]['active'] = null) =>
  adviseOn(of, { planned, active })
const kinds = (...asked: Parameters<typeof advice>) => advice(...asked).map(({ kind }) => kind)

describe('advice on a run', () => {
  it('says that nothing stands out where nothing does', () => {
    expect(advice(run())).toEqual([{ kind: 'fine', recall: 0.9, images: 200 }])
  })

  it('sees overfitting: the validation loss rises while that of training falls', () => {
    const learned = run({ epochs: epochs([1, 0.5, 0.3, 0.1], [0.8, 0.5, 0.6, 0.7]), bestEpoch: 2 })
    const losses = { lossBest: 0.5, lossLast: 0.7, trainingLast: 0.1 }
    expect(advice(learned)).toEqual([{ kind: 'overfitting', best: 2, last: 4, ...losses }])
    // Both rise: something else is wrong. A rise of less than a twentieth is noise.
    expect(kinds(run({ epochs: epochs([1, 0.5, 0.6, 0.7], [0.8, 0.5, 0.6, 0.7]) }))).toEqual(['fine'])
    expect(kinds(run({ epochs: epochs([1, 0.5, 0.3, 0.1], [0.8, 0.5, 0.51, 0.52]) }))).toEqual(['fine'])
  })

  it('sees that it was still learning', () => {
    const learned = run({ epochs: epochs([1, 0.5, 0.3], [0.8, 0.6, 0.4]) })
    expect(advice(learned)).toEqual([{ kind: 'still-learning', last: 3, lossBefore: 0.6, lossLast: 0.4 }])
    expect(kinds(run({ epochs: epochs([1, 0.5, 0.3], [0.8, 0.6, 0.59]) }))).toEqual(['fine'])
  })

  it('tells how it ended', () => {
    const losses = epochs([1, 0.9], [1, 0.99])
    expect(advice(run({ end: 'stopped-early', epochs: losses, bestEpoch: 1 }))).toEqual([
      { kind: 'stopped-early', epochs: 2, planned: 10, best: 1 },
    ])
    expect(advice(run({ end: 'diverged', epochs: losses }))).toEqual([{ kind: 'diverged', epochs: 2 }])
  })

  it('names classes that suffer and those of which there were too few images', () => {
    const suffering = run({
      validation: figures(0.4, 0.8, [0.95, 0.65, 0.8, 0.8]),
      trainedOn: { glioma: 200, meningioma: 99, notumor: 200, pituitary: 100 },
    })
    expect(advice(suffering)).toEqual([
      { kind: 'class-suffers', label: 'meningioma', recall: 0.65, mean: 0.8, images: 99 },
      { kind: 'few-images', classes: [{ label: 'meningioma', images: 99 }], least: 100 },
    ])
  })

  it('says what validation is not worth', () => {
    expect(kinds(run({ validation: null }))).toEqual(['no-validation'])
    const { request } = run()
    const random = run({
      request: { ...request, split: { by: 'random' } },
      images: { ...run().images, validation: 40 },
    })
    expect(advice(random)).toEqual([
      { kind: 'random-split', recall: 0.9 },
      { kind: 'few-validation', images: 40, least: 100 },
    ])
  })

  it('compares with the active model only where the same images validated both', () => {
    const active = (changes: Partial<RunSummary> | null) => ({ id: 'now', run: changes && run(changes) })
    expect(advice(run(), 10, active({ validation: figures(0.4, 0.92) }))).toEqual([
      { kind: 'not-better', model: 'now', recall: 0.9, its: 0.92 },
    ])
    expect(kinds(run(), 10, active({ validation: figures(0.4, 0.898) }))).toEqual(['not-better'])
    expect(kinds(run(), 10, active({ validation: figures(0.4, 0.8) }))).toEqual(['better', 'fine'])
    for (const other of [null, { dataSha256: 'e'.repeat(64) }, { request: { ...run().request, seed: 2 } }])
      expect(advice(run(), 10, active(other))[0]).toEqual({ kind: 'not-comparable', model: 'now' })
  })
})
