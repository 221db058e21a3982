import { expect, it } from 'vitest'
import { secondsBy } from '../../src/shared/training-time.ts'

const at = (second: number) => new Date(1_800_000_000_000 + second * 1000).toISOString()
const figures = { loss: 1, accuracy: 1, macroRecall: 1, recall: [1, 1, 1, 1] }
const run = (epochs: number[], all: number) => ({
  startedAt: at(0),
  finishedAt: at(all),
  epochs: epochs.map((seconds, i) => ({
    epoch: i + 1,
    training: figures,
    validation: null,
    seconds,
    memoryMegabytes: 1,
  })),
})

it('a run of one go takes as long as it has images and pixels', () => {
  const before = { images: 100, size: 160, epochs: null }
  expect(secondsBy(run([], 50), before, before)).toBe(50)
  expect(secondsBy(run([], 50), before, { images: 200, size: 160, epochs: null })).toBe(100)
  expect(secondsBy(run([], 50), before, { images: 100, size: 320, epochs: null })).toBe(200)
})

it('a run of epochs takes what is around them once, and each epoch by its images and pixels', () => {
  const before = { images: 100, size: 150, epochs: 10 }
  // Stopped after two of ten: 20 s each, 10 s around them.
  const stopped = run([20, 20], 50)
  expect(secondsBy(stopped, before, before)).toBe(10 + 200)
  expect(secondsBy(stopped, before, { images: 50, size: 150, epochs: 4 })).toBe(5 + 40)
  expect(secondsBy(stopped, before, { images: 100, size: 300, epochs: 1 })).toBe(10 + 80)
})

it('a run that was resumed is not taken for a short one', () => {
  const before = { images: 100, size: 150, epochs: 3 }
  expect(secondsBy(run([30, 30, 30], 35), before, before)).toBe(90)
})
