import { expect, test } from 'vitest'
import { areaUnderRoc, averagePrecision } from '../../src/main/engine/evaluate/areas.ts'
import { precisionRecallPoints, rocPoints, thin } from '../../src/main/engine/evaluate/curves.ts'
import { atSensitivity, atSpecificity } from '../../src/main/engine/evaluate/operating.ts'
import { rank, sweep } from '../../src/main/engine/evaluate/ranking.ts'

// score     0.9  0.8  0.8  0.6  0.5  0.3
// positive  yes  yes  no   no   yes  no
const ranking = rank([0.5, 0.8, 0.9, 0.3, 0.8, 0.6])
const positive = [true, true, true, false, false, false]
const swept = sweep(ranking, positive)

test('a threshold is lowered through runs of equal scores', () => {
  expect([...swept.thresholds]).toEqual([0.9, 0.8, 0.6, 0.5, 0.3])
  expect([...swept.truePositives]).toEqual([1, 2, 2, 3, 3])
  expect([...swept.falsePositives]).toEqual([0, 1, 2, 2, 3])
})

test('AUROC counts the pairs that are in order, ties half', () => {
  // 0.9 beats all three negatives: 3. 0.8 ties with 0.8 and beats two: 2½. 0.5 beats 0.3 only: 1. Of 9 pairs.
  expect(areaUnderRoc(swept)).toBeCloseTo(6.5 / 9, 12)
})

test('average precision adds precision where recall rises', () => {
  // Recall rises by a third at 0.9 (precision 1/1), 0.8 (2/3) and 0.5 (3/5).
  expect(averagePrecision(swept)).toBeCloseTo((1 + 2 / 3 + 3 / 5) / 3, 12)
})

test('weights count as repeated images', () => {
  const twice = sweep(rank([0.5, 0.5, 0.8, 0.9, 0.3, 0.8, 0.6]), [true, true, true, true, false, false, false])
  const weighted = sweep(ranking, positive, [2, 1, 1, 1, 1, 1])
  expect(areaUnderRoc(weighted)).toBe(areaUnderRoc(twice))
  expect(averagePrecision(weighted)).toBe(averagePrecision(twice))
})

test('an image of weight 0 is not there', () => {
  const without = sweep(rank([0.5, 0.8, 0.3, 0.8, 0.6]), [true, true, false, false, false])
  expect(averagePrecision(sweep(ranking, positive, [1, 1, 0, 1, 1, 1]))).toBe(averagePrecision(without))
})

test('curves', () => {
  const roc = [
    [0, 0],
    [0, 1 / 3],
    [1 / 3, 2 / 3],
    [2 / 3, 2 / 3],
    [2 / 3, 1],
    [1, 1],
  ]
  expect(rocPoints(swept)).toEqual(roc)
  const precisionRecall = [
    [1 / 3, 1],
    [2 / 3, 2 / 3],
    [2 / 3, 2 / 4],
    [1, 3 / 5],
    [1, 3 / 6],
  ]
  expect(precisionRecallPoints(swept)).toEqual(precisionRecall)
})

test('thinned, a curve keeps its bends and its ends', () => {
  expect(
    thin([
      [0, 0],
      [0, 0.5],
      [0, 1],
      [1, 1],
    ]),
  ).toEqual([
    [0, 0],
    [0, 1],
    [1, 1],
  ])
  const parabola = Array.from({ length: 1001 }, (_, i): [number, number] => [i / 1000, (i / 1000) ** 2])
  const thinned = thin(parabola, 50)
  expect(thinned).toHaveLength(50)
  expect([thinned[0], thinned.at(-1)]).toEqual([
    [0, 0],
    [1, 1],
  ])
})

test('sensitivity at a specificity is the best that a threshold gives', () => {
  expect(atSpecificity(swept, 1)).toEqual({ threshold: 0.9, sensitivity: 1 / 3, specificity: 1 })
  // One of three negatives may pass.
  expect(atSpecificity(swept, 0.6)).toEqual({ threshold: 0.8, sensitivity: 2 / 3, specificity: 1 - 1 / 3 })
  expect(atSpecificity(swept, 0)?.sensitivity).toBe(1)
})

test('if the highest score is a negative, full specificity calls nothing positive', () => {
  const found = atSpecificity(sweep(rank([0.9, 0.1]), [false, true]), 1)
  expect(found).toEqual({ threshold: null, sensitivity: 0, specificity: 1 })
})

test('specificity at a sensitivity is the best that a threshold gives', () => {
  expect(atSensitivity(swept, 2 / 3)).toEqual({ threshold: 0.8, sensitivity: 2 / 3, specificity: 1 - 1 / 3 })
  expect(atSensitivity(swept, 0.99)).toEqual({ threshold: 0.5, sensitivity: 1, specificity: 1 - 2 / 3 })
})

test('1 − 0.95 of 20 negatives is one of them, whatever the rounding', () => {
  const scores = Array.from({ length: 21 }, (_, i) => 1 - i / 100)
  // The highest is a negative, then the positive, then 19 negatives.
  expect(
    atSpecificity(
      sweep(
        rank(scores),
        scores.map((_, i) => i === 1),
      ),
      0.95,
    )?.sensitivity,
  ).toBe(1)
})

test.for([[true], [false]])('with all images %s there is nothing to tell apart', ([all]) => {
  const one = sweep(rank([0.1, 0.2]), [all as boolean, all as boolean])
  expect([areaUnderRoc(one), averagePrecision(one)]).toEqual([null, null])
  expect([atSpecificity(one, 0.9), atSensitivity(one, 0.9)]).toEqual([null, null])
  expect([rocPoints(one), precisionRecallPoints(one)]).toEqual([[], []])
})
