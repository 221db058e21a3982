import type { LoadedInputs } from '../inputs/load.ts'
import type { GateLimits } from './types.ts'

/** Images that are so many times as far as 19 of 20 that the model did not learn from are nothing that it knows. */
const FAR = 1.5

export function limitsOf(inputs: LoadedInputs | null): GateLimits {
  const p95 = inputs?.distance?.p95
  return { distance: p95 === undefined ? null : { borderline: p95, outside: FAR * p95 } }
}
