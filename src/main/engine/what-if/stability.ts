import { GyrusError } from '../../../shared/errors.ts'
import { isJudged } from '../../../shared/input-gate.ts'
import type { Confidences } from '../../../shared/labels.ts'
import { FLIPS, flipSteps, type Step, VARIATION_NAMES, VARIATIONS, variationStep } from '../../../shared/what-if.ts'
import { breathe } from '../breathe.ts'
import type { Stability } from '../protocol.ts'
import type { Model } from '../types.ts'
import { type Base, edit } from './apply.ts'
import { judge } from './judge.ts'
import type { Picture } from './types.ts'

/** How the prediction moves when the picture is turned, scaled, lit or flipped a little. @throws GyrusError `cancelled` */
export async function stabilityOf(model: Model, base: Base, signal: AbortSignal): Promise<Omit<Stability, 'model'>> {
  let notJudged = 0
  const predict = async (steps: Step[]): Promise<Confidences> => {
    if (signal.aborted) throw new GyrusError('cancelled')
    // What a reader edits meanwhile goes in between.
    await breathe()
    const { confidences, gate } = await judge(model, { ...base, picture: varied(base, steps) })
    if (!isJudged(gate)) notJudged += 1
    return confidences
  }
  const curves = {} as Stability['curves']
  for (const of of VARIATION_NAMES) {
    curves[of] = []
    for (const value of VARIATIONS[of].values) curves[of].push(await predict([variationStep(of, value)]))
  }
  const flips = {} as Stability['flips']
  for (const one of FLIPS) flips[one] = await predict(flipSteps(one))
  return { curves, flips, notJudged }
}

function varied({ picture, white }: Base, steps: Step[]): Picture {
  return steps.reduce((before, step, i) => edit(before, step, white, i + 1), picture)
}
