import type { GateMeasure } from '../../../shared/input-gate-file.ts'
import type { Check, GateLimits } from './types.ts'

/** What a value beyond a model’s limit means; null within it, and where there is no limit or no value. */
export function beyond(value: number | null, of: GateMeasure, limits: GateLimits): ReturnType<Check['judge']> {
  if (value === null || limits === null) return null
  const { borderline, outside } = limits[of]
  const sign = outside < borderline ? -1 : 1
  if (sign * value > sign * outside) return 'outside'
  return sign * value > sign * borderline ? 'borderline' : null
}
