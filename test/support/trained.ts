import type { KnownInputs } from '../../src/main/core/models/inputs.ts'
import { STATISTICS } from '../../src/shared/input-statistics.ts'
import type { Binned, ModelInputs } from '../../src/shared/model-inputs.ts'

const EVEN: Binned = { cuts: [0.7], counts: [50, 50] }

/** Training images of which half have each of two values, a hundred in all; features of two numbers. */
export function trainedOn(changes: Partial<ModelInputs> = {}): KnownInputs {
  const data = 'a hundred heads'
  const statistic = (name: string) =>
    name === 'brightness' ? { cuts: [80], counts: [50, 50] } : { cuts: [], counts: [100] }
  const inputs: ModelInputs = {
    ...{ format: 1, weightsSha256: 'a'.repeat(64), preprocessing: 'r1', date: '2026-05-04' },
    training: { data, n: 100, sha256: 'b'.repeat(64) },
    statistics: Object.fromEntries(STATISTICS.map((name) => [name, statistic(name)])) as ModelInputs['statistics'],
    size: { cuts: [129, 257], counts: [0, 100, 0] },
    confidence: { data: `${data}, held out`, n: 100, bins: EVEN },
    features: {
      ...{ width: 2, mean: 'AAAAAAAAAAA=', variances: [], components: '', rest: 1, explained: 0 },
      distance: { data: `${data}, held out`, n: 100, bins: { cuts: [1], counts: [50, 50] }, p50: 1, p95: 2 },
    },
    ...changes,
  }
  return { inputs, sha256: 'c'.repeat(64) }
}
