import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { RUNS, resultOf } from '../../scripts/model/results.ts'
import { shippedResults } from '../../src/main/core/models/results.ts'

const DIR = join(import.meta.dirname, '..', '..', 'resources', 'results')

test.each(RUNS)('what ships as the result of %s is what its run showed', async (run) => {
  const shipped: unknown = JSON.parse(readFileSync(join(DIR, `${run}.json`), 'utf8'))
  expect(shipped).toEqual(await resultOf(run))
})

test('the results of both networks come with Gyrus, as docs/model.md tells them', async () => {
  const results = await shippedResults(DIR)
  const told = results.map(({ id, results: [first] }) => [id, first?.n, first?.accuracy, first?.macroRecall])
  expect(told).toEqual([
    ['cnn-24', 596, expect.closeTo(0.221, 3), 0.25],
    ['cnn-9', 596, expect.closeTo(0.928, 3), expect.closeTo(0.923, 3)],
  ])
})
