import { decimal, NOTHING, type Range, shareText, spread } from '../../../../shared/figure-format.ts'
import type { TumourEvaluation } from '../../../../shared/tumour-evaluation.ts'
import { type Html, html } from './html.ts'

type Intervals = Pick<TumourEvaluation, 'intervals' | 'exactIntervals'>

/** Explains `†` under a table. */
export const DAGGER =
  '† Exact interval (Clopper–Pearson), images taken as independent: where all or none were hit, resampling shows no spread.'

/** A share with its bootstrap interval; with the exact one where the bootstrap cannot see any spread. */
export function shareCell(value: number | null, intervals: Intervals, name: string): Html {
  if (value === null) return html`<td class="number">${NOTHING}</td>`
  const text = shareText(value, intervals, name)
  return numberCell(text.value, text.exact ? `${text.range}†` : text.range)
}

/** A number that is no share, to four decimals. */
export function decimalCell(value: number | null, range?: Range): Html {
  return numberCell(decimal(value, 4), spread(range) ? `${decimal(range?.[0], 4)}–${decimal(range?.[1], 4)}` : null)
}

export const numberCell = (value: string, range: string | null = null): Html =>
  html`<td class="number"><b>${value}</b>${range && html` <span class="range">${range}</span>`}</td>`
