import type { SeriesSummary } from './types.ts'

/** What must be said beside the answer of a series, in lines. */
export function summaryText({ rule, slices, counted, key, deciding, cautions }: SeriesSummary): string {
  const which = deciding > 0 ? `${deciding} decided, first of them slice ${key}` : 'none decided'
  const what = `Answer of a series of ${slices} slices, ${counted} of them counted; ${which}.`
  return [what, `Rule ${rule.id}: ${rule.text}`, ...cautions].join('\r\n')
}

/** The slice that a picture shows, and that the answer is not its own. */
export const keySliceText = ({ rule, slices, key, deciding }: SeriesSummary): string =>
  `Slice ${key} of ${slices}; ${deciding === 0 ? 'none' : deciding === 1 ? '1 slice' : `${deciding} slices`} decided (${rule.id})`
