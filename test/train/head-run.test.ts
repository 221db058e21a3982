import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { RECIPES } from '../../src/main/engine/train/recipes/index.ts'
import { train } from '../../src/main/engine/train/run/index.ts'
import { predictionsSchema } from '../../src/shared/predictions.ts'
import { runSummarySchema } from '../../src/shared/training.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { following, input, makeSet, request } from './support.ts'

it('the recipe “head” trains on WASM, and leaves network, predictions and summary', async () => {
  const folder = temporaryFolder()
  const set = await makeSet(join(folder, 'set'), 12, 2)
  const dir = join(folder, 'run')
  const asked = request(set, { recipe: 'head', changes: { size: 64 } })
  const stages: string[] = []
  const summary = await train(
    input(dir, asked),
    following(({ stage }) => stages.push(stage)),
  )
  expect([...new Set(stages)]).toEqual(['reading', 'comparing', 'preparing', 'predicting'])
  expect(summary.parity).toBeLessThan(1e-4)
  expect(runSummarySchema.parse(JSON.parse(readFileSync(join(dir, 'run.json'), 'utf8')))).toEqual(summary)
  // Another version's recipe may be another one: what this one was is kept with the run.
  const { head } = RECIPES
  expect(summary.carriedOut).toEqual({
    preprocessing: head.preprocessing(64),
    settings: { size: 64, l2: head.kind === 'head' && head.l2 },
  })
  const predictions = predictionsSchema.parse(JSON.parse(readFileSync(join(dir, 'predictions.json'), 'utf8')))
  for (const part of ['validation', 'held-out', 'testing'] as const) {
    expect(predictions.images.filter((image) => image.part === part)).toHaveLength(summary.images[part])
  }
  expect(predictions.temperature).toBe(summary.temperature)
  expect(existsSync(join(dir, 'model.onnx'))).toBe(true)
}, 60_000)
