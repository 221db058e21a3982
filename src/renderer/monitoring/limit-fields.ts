import { DEFAULT_LIMITS, type Limits } from '../../shared/monitoring.ts'
import { texts } from '../texts.ts'

const { units } = texts.monitoring.limits

/** The limits that can be switched off, in the units in which they are typed: `scale` of them are one of the core’s. */
export const FIELDS = [
  { name: 'agreement', unit: units.percent, scale: 100, min: 1, max: 100, step: 1 },
  { name: 'missed', unit: units.percent, scale: 100, min: 0, max: 100, step: 1 },
  { name: 'unjudged', unit: units.percent, scale: 100, min: 0, max: 100, step: 1 },
  { name: 'psi', unit: '', scale: 1, min: 0.01, max: 10, step: 0.01 },
  { name: 'trainedPsi', unit: '', scale: 1, min: 0.01, max: 10, step: 0.01 },
  { name: 'far', unit: units.percent, scale: 100, min: 0, max: 100, step: 1 },
  { name: 'inferenceMs', unit: units.ms, scale: 1, min: 1, max: 600_000, step: 1 },
  { name: 'diskBytes', unit: units.gigabytes, scale: 1e-9, min: 0.1, max: 1_000_000, step: 0.1 },
] as const

export type LimitName = (typeof FIELDS)[number]['name']

/** As they are typed. A limit that is off has what it had at first. */
export interface Typed {
  on: Record<LimitName, boolean>
  /** Null while a field is empty. */
  values: Record<LimitName, number | null>
  minimum: number | null
}

export function typedOf(limits: Limits): Typed {
  const on = (name: LimitName) => limits[name] !== null
  const value = (name: LimitName) => {
    const scale = FIELDS.find((field) => field.name === name)?.scale ?? 1
    return Number(((limits[name] ?? DEFAULT_LIMITS[name] ?? 0) * scale).toPrecision(6))
  }
  return {
    on: byName(on),
    values: byName(value),
    minimum: limits.minimum,
  }
}

/** Null while something is empty. */
export function limitsOf({ on, values, minimum }: Typed): Limits | null {
  if (minimum === null || FIELDS.some(({ name }) => on[name] && values[name] === null)) return null
  const limit = (name: LimitName) => {
    const scale = FIELDS.find((field) => field.name === name)?.scale ?? 1
    const typed = values[name]
    return on[name] && typed !== null ? typed / scale : null
  }
  const { diskBytes, ...others } = byName(limit)
  return { ...others, diskBytes: diskBytes === null ? null : Math.round(diskBytes), minimum }
}

const byName = <T>(of: (name: LimitName) => T): Record<LimitName, T> => ({
  agreement: of('agreement'),
  missed: of('missed'),
  unjudged: of('unjudged'),
  psi: of('psi'),
  trainedPsi: of('trainedPsi'),
  far: of('far'),
  inferenceMs: of('inferenceMs'),
  diskBytes: of('diskBytes'),
})
