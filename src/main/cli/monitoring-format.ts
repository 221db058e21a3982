import { NOT_SAID } from '../../shared/acquisition.ts'
import { SOURCE_NAMES } from '../../shared/cases.ts'
import { moment } from '../../shared/moment.ts'
import { isFew, type UseFigures, type UseGroup } from '../../shared/monitoring.ts'
import type { Counted } from '../core/monitoring/monthly.ts'
import { writingIn } from '../core/reports/month/words.ts'
import { english } from '../core/reports/words.ts'

const { count, inShort, percent } = writingIn(english)

/** For people: the month as a whole, and by what cases have in common. */
export function formatMonth({ month, over, at, own, limits: { minimum } }: Counted): string[] {
  const { all, models, sources, scanners, sequences, readers } = own
  const lines = (title: string, groups: UseGroup[]) =>
    groups.length === 0
      ? []
      : [title, ...groups.map((one) => `  ${one.name || NOT_SAID}: ${inWords(one.figures, minimum)}`)]
  return [
    `${month}${over ? '' : ', so far'}: ${inWords(all, minimum)}`,
    ...lines('By model:', models),
    ...lines(
      'By source:',
      sources.map(({ name, figures }) => ({ name: SOURCE_NAMES[name], figures })),
    ),
    ...lines('By scanner:', scanners),
    ...lines('By sequence:', sequences),
    ...lines('By reader:', readers),
    `Counted ${moment(at)} from this installation’s record, by when answers were given (UTC), without samples. Intervals: 95 %, Wilson’s score (J. Am. Stat. Assoc. 22, 1927).`,
  ]
}

function inWords(figures: UseFigures, minimum: number): string {
  const { answers, signed, estimate, agreement, missed, specificity, unjudged } = figures
  return [
    `${count(answers)} answered, ${count(signed)} signed`,
    `agreement ${inShort(agreement)}`,
    ...(estimate ? [`estimated ${percent(estimate.value)}`] : []),
    `tumours called “no tumour” ${inShort(missed)}`,
    `specificity ${inShort(specificity)}`,
    `not judged ${inShort(unjudged)}`,
    ...(isFew(figures, minimum) ? [`fewer than ${count(minimum)} signed cases`] : []),
  ].join('; ')
}
