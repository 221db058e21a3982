import { type Metrics, measure, topClasses } from '../../src/main/engine/train/metrics.ts'
import { outOfFoldLogits, select } from '../../src/main/engine/train/out-of-fold.ts'
import type { Matrix } from '../../src/main/engine/train/standardise.ts'
import { fitTemperature, negativeLogLikelihood } from '../../src/main/engine/train/temperature.ts'
import { LABELS } from '../../src/shared/labels.ts'
import type { Sample } from './dataset.ts'

/** Penalties that are compared. */
const L2 = [0.003, 0.01, 0.03, 0.1]

export interface Choice {
  l2: number
  temperature: number
  /** Mean negative log-likelihood at that temperature, nats. */
  loss: number
  metrics: Metrics
}

/**
 * Chooses the L2 penalty and the temperature that give out-of-fold predictions the lowest loss. Images without a fold
 * are left out on both sides: they are near-copies of others, or could not be traced to a patient.
 * @param folds patient-disjoint fold of each file that has one
 */
export async function choosePenalty(features: Matrix, samples: Sample[], folds: Map<string, number>): Promise<Choice> {
  const listed = [...samples.entries()].flatMap(([row, { file, label }]) => {
    const fold = folds.get(file)
    return fold === undefined ? [] : [{ row, label, fold }]
  })
  const rows = select(
    features,
    listed.map(({ row }) => row),
  )
  const truth = listed.map(({ label }) => label)
  const choices: Choice[] = []
  for (const l2 of L2) {
    const logits = await outOfFoldLogits(
      rows,
      truth,
      listed.map(({ fold }) => fold),
      { classes: LABELS.length, l2 },
    )
    const temperature = fitTemperature(logits, truth)
    const loss = negativeLogLikelihood(logits, truth, temperature)
    const metrics = measure(topClasses(logits), truth, LABELS.length)
    console.log(`  L2 ${l2}: loss ${loss.toFixed(4)}, macro recall ${metrics.macroRecall.toFixed(4)}, n ${metrics.n}`)
    choices.push({ l2, temperature, loss, metrics })
  }
  return choices.reduce((best, choice) => (choice.loss < best.loss ? choice : best))
}
