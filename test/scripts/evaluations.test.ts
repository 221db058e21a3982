import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { EVALUATED, evaluationOf } from '../../scripts/model/evaluations.ts'
import { keptEvaluationSchema } from '../../src/shared/kept-evaluation.ts'

const pathOf = (id: string) => join(import.meta.dirname, '..', '..', 'resources', 'evaluations', `${id}.json`)

test.each(EVALUATED)('what ships as the evaluation of %s is what its runs and reports showed', async (id) => {
  const shipped: unknown = JSON.parse(readFileSync(pathOf(id), 'utf8'))
  expect(shipped).toEqual(await evaluationOf(id))
  expect(statSync(pathOf(id)).size).toBeLessThan(500_000)
})

test.each(EVALUATED)('the matrix and the misses of %s are those of the images that it lists', (id) => {
  const { columns } = keptEvaluationSchema.parse(JSON.parse(readFileSync(pathOf(id), 'utf8')))
  for (const { evaluation, images } of columns) {
    const { labels, counts } = evaluation.confusion
    const cell = (r: number, c: number) => images.filter(([, truth, called]) => truth === r && called === c).length
    expect(labels.map((_, r) => labels.map((_, c) => cell(r, c)))).toEqual(counts)
    const none = labels.indexOf('notumor')
    const missed = images.filter(([, truth, called]) => truth !== none && called === none).length
    expect(evaluation.tumourCalledNone.n).toBe(missed)
    expect(new Set(images.map(([file]) => file)).size).toBe(evaluation.n)
  }
})

test('shipped figures are those that the documentation tells', () => {
  const read = (id: string) => keptEvaluationSchema.parse(JSON.parse(readFileSync(pathOf(id), 'utf8'))).columns
  const told = (id: string) =>
    read(id).map(({ kind, evaluation: { n, accuracy, tumourCalledNone } }) => [
      ...[kind, n, Number((100 * (accuracy ?? 0)).toFixed(1)), tumourCalledNone.n],
    ])
  expect(told('efl0-2')).toEqual([
    ['as-is', 596, 97.8, 1],
    ['without-copies', 143, 96.5, 1],
    ['patients-apart', 4710, 94.9, 9],
    ['patients-apart', 478, 94.4, 1],
  ])
  expect(told('cnn-9')[0]).toEqual(['as-is', 596, 92.8, 10])
  expect(told('cnn-24')[0]).toEqual(['as-is', 596, 22.1, 0])
  expect(told('efl0-head-1').map(([kind, n]) => [kind, n])).toEqual(told('efl0-2').map(([kind, n]) => [kind, n]))
})
