import { conformalLimits, conformalSet } from '../../../src/main/engine/evaluate/conformal.ts'
import { calledClass } from '../../../src/main/engine/evaluate/labels.ts'
import { riskAt, riskCoverage } from '../../../src/main/engine/evaluate/risk-coverage.ts'
import { softmax } from '../../../src/main/engine/infer/softmax.ts'
import { readPredictions } from '../../../src/main/engine/package-run/read-run.ts'
import { ANSWER_SET_ERROR } from '../../../src/shared/input-gate.ts'
import { LABELS } from '../../../src/shared/labels.ts'
import { round } from './compare.ts'
import { FOLDS, readManifest } from './files.ts'

const COVERAGES = [0.8, 0.85, 0.9, 0.95, 1]
/** The error that is to be kept. */
const WANTED = 0.025

interface Answer {
  fold: number
  truth: number
  probabilities: number[]
}

/**
 * What the networks of the cross-validation said of images of patients that they did not learn from: errors among the
 * surest, and sets whose limits the other folds set.
 */
export async function answersOf() {
  const { temperature } = readManifest()
  const runs = await Promise.all(FOLDS.map(readPredictions))
  const answers = runs.flatMap(({ images }, fold) =>
    images
      .filter(({ part, label }) => part === 'held-out' && label !== null)
      .map(
        ({ label, logits }): Answer => ({
          fold,
          truth: LABELS.indexOf(label as (typeof LABELS)[number]),
          probabilities: softmax(logits, temperature),
        }),
      ),
  )
  const called = answers.map(({ probabilities }) => calledClass(probabilities))
  const right = answers.map(({ truth }, i) => called[i] === truth)
  const sure = answers.map(({ probabilities }, i) => probabilities[called[i] as number] as number)
  const curve = riskCoverage(sure, right)
  const within = curve.risks.findLastIndex((risk) => risk <= WANTED) + 1
  const sets = setsOf(answers)
  const single = sets.map((set) => set.length === 1)
  const count = (flags: boolean[]) => flags.filter(Boolean).length
  const singleRight = count(sets.map((set, i) => single[i] === true && set[0] === answers[i]?.truth))
  return {
    n: answers.length,
    errorAt: Object.fromEntries(COVERAGES.map((coverage) => [coverage, round(riskAt(curve, coverage))])),
    [`answered with an error of ${WANTED}`]: round(within / answers.length),
    sets: {
      error: ANSWER_SET_ERROR,
      holdTheTruth: round(count(sets.map((set, i) => set.includes(answers[i]?.truth as number))) / answers.length),
      ofClass: Object.fromEntries(LABELS.map((label, c) => [label, heldOf(answers, sets, c)])),
      sizes: [0, 1, 2, 3, 4].map((size) => count(sets.map((set) => set.length === size))),
      errorOfSingles: round(1 - singleRight / count(single)),
    },
  }
}

function heldOf(answers: Answer[], sets: number[][], c: number): number {
  const of = sets.filter((_, i) => answers[i]?.truth === c)
  return round(of.filter((set) => set.includes(c)).length / of.length)
}

/** Of each fold by the limits of the others. */
function setsOf(answers: Answer[]): number[][] {
  const limits = FOLDS.map((_, fold) => {
    const others = answers.filter((answer) => answer.fold !== fold)
    const rows = others.map(({ probabilities }) => probabilities)
    return conformalLimits(
      rows,
      others.map(({ truth }) => truth),
      LABELS.length,
      ANSWER_SET_ERROR,
    )
  })
  return answers.map(({ fold, probabilities }) => conformalSet(probabilities, limits[fold] as number[]))
}
