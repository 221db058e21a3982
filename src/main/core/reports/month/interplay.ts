import { STANCES, type Stance, stancesOf } from '../../../../shared/interplay.ts'
import { CHANGES, type Change } from '../../../../shared/reading-changes.ts'
import type { MonthReport } from './data.ts'
import type { Column, Flow } from './flow.ts'
import { count, inShort } from './words.ts'

const STANCE_NAMES: Record<Stance, string> = {
  agreed: 'Agreed with the AI',
  overruled: 'Overruled the AI',
  'cannot-tell': 'Could not tell',
}
const CHANGE_NAMES: Record<Change, string> = {
  unchanged: 'Unchanged after the answer was seen',
  towards: 'Changed to what the AI says',
  away: 'Changed from what the AI says',
  elsewhere: 'Changed to something else',
}
const columnsOf = (name: string): Column[] => [
  [name, 0.46],
  ['Share (95 % interval)', 0.27],
  ['Right, by a third reader', 0.27],
]

/** What readers made of the answers of the month, and what that was worth where the truth is known. */
export function drawInterplay(flow: Flow, { own: { all, interplay } }: MonthReport): void {
  const { readings, right, judged } = interplay
  const stances = stancesOf(all)
  flow.heading('Readers and the AI')
  const rows = STANCES.map((one) => [STANCE_NAMES[one], inShort(stances[one]), inShort(judged[one])])
  flow.table(columnsOf('Of signed cases'), rows)
  if (readings.n === 0) {
    flow.paragraph('No reading that began with an impression before the answer was signed in this month.')
    return
  }
  const changed = CHANGES.map((one) => [CHANGE_NAMES[one], inShort(readings.changes[one]), inShort(right[one])])
  flow.table(columnsOf(`Of ${count(readings.n)} readings with an impression before the answer`), changed)
}
