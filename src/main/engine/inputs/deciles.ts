import { countIn, decileCuts } from '../../../shared/bins.ts'
import type { Binned } from '../../../shared/model-inputs.ts'

/** Bins of as many each. */
export function inDeciles(values: number[]): Binned {
  const cuts = decileCuts(values)
  return { cuts, counts: countIn(cuts, values) }
}
