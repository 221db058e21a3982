import { expect, it } from 'vitest'
import { partsOf, placeAt, runsOf } from '../../src/renderer/review/strip-chart.ts'
import { wheelLeafs, wheelSteps } from '../../src/renderer/review/wheel.ts'
import { nearestFirst } from '../../src/renderer/viewer/nearest-first.ts'
import { measured, stored } from '../../src/renderer/viewer/window-scale.ts'

const slice = {
  ...{ caseId: '', frame: null, place: 0, instanceNumber: null, mm: null, label: 'glioma' as const },
  confidences: { glioma: 0.5, meningioma: 0.25, pituitary: 0.05, notumor: 0.2 },
}

it('a column stacks the tumours, and what does not count has none', () => {
  expect(partsOf({ ...slice, scope: 'counted' })).toEqual([
    { label: 'glioma', from: 0, height: 0.5 },
    { label: 'meningioma', from: 0.5, height: 0.25 },
    { label: 'pituitary', from: 0.75, height: 0.05 },
  ])
  expect(partsOf({ ...slice, scope: 'edge' })).toEqual([])
  expect(partsOf({ ...slice, scope: 'counted', confidences: null })).toEqual([])
})

it('places that follow each other are one run', () => {
  expect(runsOf([])).toEqual([])
  expect(runsOf([2, 3, 4, 7])).toEqual([
    [2, 4],
    [7, 7],
  ])
})

it('a point of the strip is a slice, also beside it', () => {
  expect([-0.1, 0, 0.099, 0.1, 0.999, 1, 2].map((x) => placeAt(x, 10))).toEqual([0, 0, 0, 1, 9, 9, 9])
})

it('slices are loaded outwards from the one on the screen, as far as there is room', () => {
  expect(nearestFirst(2, 5, 9)).toEqual([2, 3, 1, 4, 0])
  expect(nearestFirst(0, 5, 3)).toEqual([0, 1, 2])
  expect(nearestFirst(4, 5, 3)).toEqual([4, 3, 2])
  expect(nearestFirst(2, 5, 2)).toEqual([2, 3])
  // More of those that the reader goes towards, and none twice.
  expect(nearestFirst(4, 12, 9, 1)).toEqual([4, 5, 6, 7, 3, 8, 9, 10, 2])
  expect(nearestFirst(4, 12, 6, -1)).toEqual([4, 3, 2, 1, 5, 0])
  expect(nearestFirst(4, 12, 99, -1).toSorted((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, at) => at))
})

it('a window is the same for slices that are stored differently', () => {
  const window = { lower: 100, upper: 300 }
  const [one, other] = [
    { slope: 2, intercept: -100 },
    { slope: -1, intercept: 1000 },
  ]
  expect(measured(stored(window, one), one)).toEqual(window)
  expect(stored(window, one)).toEqual({ lower: 100, upper: 200 })
  expect(stored(window, other)).toEqual({ lower: 700, upper: 900 })
  expect(stored(window, null)).toEqual(window)
})

const EVENT = { shiftKey: false, ctrlKey: false, preventDefault: () => undefined }
const wheel = (deltaY: number, timeStamp = 0, more = {}) => ({
  ...{ deltaX: 0, deltaY, deltaMode: 0, timeStamp },
  ...EVENT,
  ...more,
})

it('a notch of a wheel is a slice, however quickly it turns; a trackpad leafs as it is swiped', () => {
  const steps: number[] = []
  const leaf = wheelLeafs((by) => steps.push(by))
  for (const delta of [120, 100, -53, 240]) leaf(wheel(delta))
  expect(steps).toEqual([1, 1, -1, 2])
  steps.length = 0
  for (const delta of [8, 8, 8, 8, -10]) leaf(wheel(delta))
  expect(steps).toEqual([1])
})

it('from case to case it goes calmly, and with Ctrl the wheel is the browser’s', () => {
  const steps: number[] = []
  const step = wheelSteps((by) => steps.push(by))
  for (const at of [100, 120, 300]) step(wheel(120, at))
  step(wheel(0, 600, { deltaX: 120, shiftKey: true }))
  step(wheel(120, 900, { ctrlKey: true }))
  expect(steps).toEqual([1, 1, 1])
})
