import { ANSWER_SET_ERROR } from '../../../shared/input-gate.ts'
import { BOOTSTRAP, type BootstrapOptions } from './bootstrap.ts'

export interface EvaluateOptions {
  bootstrap: BootstrapOptions
  /** Share of images whose conformal set may miss the true class. */
  alpha: number
  /** At which sensitivity, and specificity, is told. */
  specificities: number[]
  sensitivities: number[]
  /** At which the error is told. */
  coverages: number[]
  /** How many of the most confident errors are listed. */
  worst: number
}

export const DEFAULTS: EvaluateOptions = {
  bootstrap: BOOTSTRAP,
  alpha: ANSWER_SET_ERROR,
  specificities: [0.9, 0.95, 0.99],
  sensitivities: [0.95, 0.98, 0.99],
  coverages: [0.8, 0.9, 0.95, 1],
  worst: 20,
}
