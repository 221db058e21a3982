import { describe, expect, test } from 'vitest'
import { confusionMatrix, rates } from '../../src/main/engine/evaluate/confusion.ts'

describe('by hand', () => {
  // Ten images of three classes:      truth   called
  //   0 0 0 0 → 0 0 0 1               0: 3 right, 1 as class 1
  //   1 1 1   → 1 1 2                 1: 2 right, 1 as class 2
  //   2 2 2   → 2 0 1                 2: 1 right, 1 as class 0, 1 as class 1
  const counts = confusionMatrix([0, 0, 0, 0, 1, 1, 1, 2, 2, 2], [0, 0, 0, 1, 1, 1, 2, 2, 0, 1], 3)

  test('confusion', () => {
    expect(counts).toEqual([
      [3, 1, 0],
      [0, 2, 1],
      [1, 1, 1],
    ])
  })

  test('rates', () => {
    const { accuracy, recall, precision, specificity, f1, ...macro } = rates(counts)
    expect(accuracy).toBe(6 / 10)
    expect(recall).toEqual([3 / 4, 2 / 3, 1 / 3])
    // Columns: 0 was called 4 times, 1 four times, 2 twice.
    expect(precision).toEqual([3 / 4, 2 / 4, 1 / 2])
    // Not of the class: 6, 7, 7 images, of which 1, 2, 1 were called so.
    expect(specificity).toEqual([5 / 6, 5 / 7, 6 / 7])
    // 2 TP / (images + called): 6/8, 4/7, 2/5.
    expect(f1).toEqual([6 / 8, 4 / 7, 2 / 5])
    expect(macro.macroRecall).toBeCloseTo((3 / 4 + 2 / 3 + 1 / 3) / 3, 12)
    expect(macro.macroPrecision).toBeCloseTo((3 / 4 + 1 / 2 + 1 / 2) / 3, 12)
    expect(macro.macroSpecificity).toBeCloseTo((5 / 6 + 5 / 7 + 6 / 7) / 3, 12)
    expect(macro.macroF1).toBeCloseTo((6 / 8 + 4 / 7 + 2 / 5) / 3, 12)
  })

  test('weights count images as often as they say', () => {
    expect(confusionMatrix([0, 1, 1], [0, 0, 1], 2, [2, 0, 3])).toEqual([
      [2, 0],
      [0, 3],
    ])
  })
})

test('a class without images gives null and does not count in the mean', () => {
  // Class 1 is never true but called once; class 2 is neither.
  const found = rates(confusionMatrix([0, 0], [0, 1], 3))
  expect(found.recall).toEqual([1 / 2, null, null])
  expect(found.precision).toEqual([1, null, null])
  expect(found.f1).toEqual([2 / 3, null, null])
  // All images are of class 0: there is nothing else that could be called class 0.
  expect(found.specificity).toEqual([null, 1 / 2, 1])
  expect(found.macroRecall).toBe(1 / 2)
})

test('a class that is never called has no precision, but a recall and an F1 of 0', () => {
  const found = rates(confusionMatrix([0, 1], [0, 0], 2))
  expect(found.precision).toEqual([1 / 2, null])
  expect(found.recall).toEqual([1, 0])
  expect(found.f1).toEqual([2 / 3, 0])
})

test('without images everything is null', () => {
  expect(Object.values(rates(confusionMatrix([], [], 2))).flat()).toEqual(Array(13).fill(null))
})
