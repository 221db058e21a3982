import { decimals, fixed, locale } from './language.ts'
import type { TumourEvaluation } from './tumour-evaluation.ts'

/** What stands beside figures. */
export const FIGURE_WORDS = {
  none: 'none',
  points: (value: string) => `${value} points`,
  range: (low: string, high: string) => `${low} to ${high}`,
}

/** Shown where there is no number. */
export const NOTHING = '–'

/** `98.6 %`; with two decimals below 1 % and above 99 %, where the aims are tenths. Only none is 0, only all is 100. */
export function percent(share: number | null | undefined): string {
  return share === null || share === undefined ? NOTHING : `${percentDigits(share)} %`
}

function percentDigits(share: number): string {
  const value = 100 * share
  if (value === 0 || Math.abs(value) === 100) return value.toFixed(0)
  if (Math.abs(value) < 0.005) return decimals('< 0.01')
  if (Math.abs(value) > 99.995) return decimals('> 99.99')
  return fixed(value, Math.abs(value) < 1 || Math.abs(value) > 99 ? 2 : 1)
}

export function decimal(value: number | null | undefined, digits = 3): string {
  return value === null || value === undefined ? NOTHING : fixed(value, digits)
}

/** A threshold: three digits, however small. */
export const threshold = (value: number | null): string =>
  value === null ? FIGURE_WORDS.none : decimals(`${Number(value.toPrecision(3))}`)

/** A round share that was asked for: `95 %`. */
export const asked = (share: number): string => `${decimals(String(Number((100 * share).toFixed(2))))} %`

export const whole = (value: number): string => value.toLocaleString(locale())

export type Range = [number, number] | null | undefined

/** `97.9–99.1`, without the sign. */
export const percentRange = (range: Range): string =>
  range ? `${percentDigits(range[0])}–${percentDigits(range[1])}` : NOTHING

/** `+0.3 points`: the difference of two shares. */
export const points = (value: number | null): string => (value === null ? NOTHING : FIGURE_WORDS.points(signed(value)))

export const pointsRange = (range: Range): string =>
  range ? FIGURE_WORDS.range(signed(range[0]), signed(range[1])) : NOTHING

const signed = (value: number): string => `${value > 0 ? '+' : value < 0 ? '−' : ''}${percentDigits(Math.abs(value))}`

export const hash = (sha256: string): string => sha256.slice(0, 12)

/** An interval without any width tells of no certainty: there was nothing to resample. */
export const spread = (range: Range): Range => (range && range[0] < range[1] ? range : null)

/**
 * A share with its bootstrap interval; with the exact one (Clopper–Pearson, images taken as independent) where the bootstrap
 * cannot see any spread.
 */
export function shareText(
  value: number | null,
  of: Pick<TumourEvaluation, 'intervals' | 'exactIntervals'>,
  name: string,
): { value: string; range: string | null; exact: boolean } {
  const range = spread(of.intervals[name])
  const exactRange = of.exactIntervals[name]
  if (value === null) return { value: NOTHING, range: null, exact: false }
  if (exactRange && !range) return { value: percent(value), range: percentRange(exactRange), exact: true }
  return { value: percent(value), range: range ? percentRange(range) : null, exact: false }
}
