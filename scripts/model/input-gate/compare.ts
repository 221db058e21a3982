import { packOutlines } from '../../../src/main/engine/input-gate/fit.ts'
import { unpackOutlines } from '../../../src/main/engine/input-gate/load.ts'
import { nearestOutline } from '../../../src/main/engine/input-gate/outline.ts'
import { distanceTo } from '../../../src/main/engine/inputs/distance.ts'
import { fitFeatures } from '../../../src/main/engine/inputs/fit.ts'
import { quantile } from '../../../src/shared/quantile.ts'
import type { Example } from './examples.ts'

interface Compared {
  score: string
  /** How often a picture that is none scores higher than an image that is one (area under the ROC curve). */
  auroc: number
  /** Share of the other pictures that are beyond the 95th, 98th and 99th percentile of the images. */
  beyond95: number
  beyond98: number
  beyond99: number
}

/** Scores of strangeness, each of one image; k-NN after Y. Sun et al. (ICML 2022), energy after W. Liu et al. (NeurIPS 2020). */
function scoresBy(training: Example[]): Record<string, (example: Example) => number> {
  const features = fitFeatures(training.map((one) => one.features))
  const units = training.map((one) => unit(one.features))
  const outlines = unpackOutlines(packOutlines(training))
  const mahalanobis = (one: Example) => distanceTo(features, one.features)
  const shape = (one: Example) => nearestOutline(one.outline, outlines)
  return {
    mahalanobis,
    'nearest by features': (one) => nearest(units, unit(one.features), 1),
    '5th nearest by features': (one) => nearest(units, unit(one.features), 5),
    energy: ({ logits }) => {
      const most = Math.max(...logits)
      return -most - Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit - most), 0))
    },
    'largest logit': ({ logits }) => -Math.max(...logits),
    'nearest by outline': shape,
    'mahalanobis × outline': (one) => mahalanobis(one) * shape(one),
  }
}

/** Each score on images that the network did not learn from, against grey pictures that are no brain MR. */
export function compareScores(training: Example[], apart: Example[], others: Example[]) {
  const byScore = scoresBy(training)
  const measured = Object.entries(byScore).map(([score, of]) => ({
    score,
    inside: apart.map(of).sort((a, b) => a - b),
    outside: others.map(of),
  }))
  const scores = measured.map(({ score, inside, outside }): Compared => {
    const beyond = (share: number) => shareOf(outside, (value) => value > quantile(inside, share))
    const auroc = outside.reduce((sum, value) => sum + inside.filter((own) => own < value).length, 0)
    return {
      score,
      auroc: round(auroc / (outside.length * inside.length)),
      ...{ beyond95: beyond(0.95), beyond98: beyond(0.98), beyond99: beyond(0.99) },
    }
  })
  const either = others.filter((one) =>
    ['mahalanobis', 'nearest by outline'].some((score) => {
      const of = byScore[score] as (example: Example) => number
      return of(one) > quantile((measured.find((found) => found.score === score) as { inside: number[] }).inside, 0.99)
    }),
  )
  const n = { apart: apart.length, others: others.length }
  return { n, scores, 'mahalanobis or outline beyond the 99th': round(either.length / others.length) }
}

const shareOf = (values: number[], is: (value: number) => boolean) => round(values.filter(is).length / values.length)
export const round = (value: number) => Math.round(value * 1e4) / 1e4

function unit(features: Float32Array): Float32Array {
  const length = Math.hypot(...features) || 1
  return features.map((value) => value / length)
}

/** Distance to the k-th nearest. */
function nearest(all: Float32Array[], one: Float32Array, k: number): number {
  const best = new Float64Array(k).fill(Number.POSITIVE_INFINITY)
  for (const other of all) {
    let sum = 0
    for (let i = 0; i < one.length; i++) sum += ((one[i] as number) - (other[i] as number)) ** 2
    let place = k
    while (place > 0 && (best[place - 1] as number) > sum) place -= 1
    if (place < k) {
      best.copyWithin(place + 1, place)
      best[place] = sum
    }
  }
  return Math.sqrt(best[k - 1] as number)
}
