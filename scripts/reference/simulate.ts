import {
  type Calibration,
  calibrate,
  type LogitRows,
  type Split,
  ValidationLogits,
} from '../../src/main/engine/evaluate/calibrate.ts'
import { random } from '../../src/shared/random.ts'

/** Logits that are right in most cases: Gaussian noise of 1.5, with `lift` added to the true class. Follows from the seed. */
export function simulate<S extends Split>(split: S, n: number, seed: number, lift = 3): LogitRows<S> {
  const next = random(seed)
  const truth = Array.from({ length: n }, () => Math.floor(next() * 4))
  const gauss = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
  const logits = truth.map((label) => Array.from({ length: 4 }, (_, c) => 1.5 * gauss() + (c === label ? lift : 0)))
  return { split, ids: truth.map((_, i) => `${split}-${seed}-${i}`), truth, logits }
}

export function simulatedCalibration(n: number, seed: number, lift = 3): Calibration {
  return calibrate(ValidationLogits.from(simulate('validation', n, seed, lift)))
}
