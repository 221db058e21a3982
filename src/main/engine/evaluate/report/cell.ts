import type { TumourEvaluation } from '../../../../shared/tumour-evaluation.ts'
import { decimal, NOTHING, percent, percentRange, type Range } from './format.ts'
import { type Html, html } from './html.ts'

type Intervals = Pick<TumourEvaluation, 'intervals' | 'exactIntervals'>

/** Explains `†` under a table. */
export const DAGGER =
  '† Exact interval (Clopper–Pearson), images taken as independent: where all or none were hit, resampling shows no spread.'

/** A share with its bootstrap interval; with the exact one where the bootstrap cannot see any spread. */
export function shareCell(value: number | null, intervals: Intervals, name: string): Html {
  const range = spread(intervals.intervals[name])
  const exact = intervals.exactIntervals[name]
  if (value === null) return html`<td class="number">${NOTHING}</td>`
  if (exact && !range) return numberCell(percent(value), `${percentRange(exact)}†`)
  return numberCell(percent(value), range ? percentRange(range) : null)
}

/** A number that is no share, to four decimals. */
export function decimalCell(value: number | null, range?: Range): Html {
  return numberCell(decimal(value, 4), spread(range) ? `${decimal(range?.[0], 4)}–${decimal(range?.[1], 4)}` : null)
}

/** An interval without any width tells of no certainty: there was nothing to resample. */
const spread = (range: Range): Range => (range && range[0] < range[1] ? range : null)

export const numberCell = (value: string, range: string | null = null): Html =>
  html`<td class="number"><b>${value}</b>${range && html` <span class="range">${range}</span>`}</td>`
