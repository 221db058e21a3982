import type { Change, Truth } from '../../shared/reading-changes.ts'
import { number, plural } from '../format.ts'
import { secondTexts } from '../review/second-texts.ts'

const readings = (n: number) => plural(n, 'reading', 'readings')

/** From here on a share is worth reading without its interval. */
const ENOUGH = 30

/** What the page about changed readings says. */
const changes = {
  title: 'How the AI changed readings',
  back: 'Work list',
  period: 'Signed',
  periods: { any: 'at any time', '30': 'in the last 30 days', '90': 'in the last 90 days', '365': 'in the last year' },
  whose: (of: string | null) => (of === null ? 'Of all readers' : 'Your own'),
  count: (n: number, known: number) =>
    n === 0 ? '' : `${readings(n)}, truth known for ${number(known)} of ${number(n)}`,
  what: 'A reading counts where an impression was recorded before the answer and the same reader then signed: a first verdict as it was first signed, or a second reading. Cases that wait for a second reader are left out, and so are the samples, from which the model learned.',
  truth:
    'Truth is known only where two readers differed and a third one decided: hard cases, and decided by somebody who saw the answer, too. It says nothing about the others.',
  few: (n: number) => `Only ${readings(n)}: read the intervals, not the shares.`,
  isFew: (n: number) => n < ENOUGH,
  none: 'There is no such reading yet.',
  noneText:
    'Let readers record an impression before the answer (account menu, or Admin › Settings for the whole department). What they then sign is counted here.',
  unknown: 'Truth is known for none of them.',
  loadFailed: 'The readings could not be counted.',
  outcome: 'Impression and signed verdict',
  worth: 'By the adjudicated label',
  changes: {
    unchanged: 'Unchanged',
    towards: 'Changed to what the AI says',
    away: 'Changed from what the AI says',
    elsewhere: 'Changed to something else',
  } satisfies Record<Change, string>,
  truths: {
    better: 'To the better: wrong, then right',
    worse: 'To the worse: right, then wrong',
    'still-right': 'Right before and after',
    'still-wrong': 'Wrong before and after',
  } satisfies Record<Exclude<Truth, 'unknown'>, string>,
  columns: { n: 'Readings', share: 'Share', interval: '95 % interval' },
  byReader: 'By reader',
  byMonth: 'By month',
  reader: 'Reader',
  month: 'Month (UTC)',
  short: { n: 'Readings', unchanged: 'Unchanged', towards: 'To the AI', away: 'From the AI', elsewhere: 'Elsewhere' },
  known: 'Truth known',
  better: 'Better',
  worse: 'Worse',
  source: (at: string) =>
    `Counted ${at} from this installation’s record. Intervals: Wilson’s score, J. Am. Stat. Assoc. 22 (1927) 209–212.`,
}

/** What screens say of who reads what, and what came of it. */
export const readingTexts = { second: secondTexts, changes }
