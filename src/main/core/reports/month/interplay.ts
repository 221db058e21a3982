import { STANCES, stancesOf } from '../../../../shared/interplay.ts'
import { CHANGES } from '../../../../shared/reading-changes.ts'
import type { MonthReport } from './data.ts'
import type { Column, Flow } from './flow.ts'
import { writingIn } from './words.ts'

/** What readers made of the answers of the month, and what that was worth where the truth is known. */
export function drawInterplay(flow: Flow, { own: { all, interplay } }: MonthReport): void {
  const { words } = flow.sheet
  const { heads, interplay: texts } = words.texts.month
  const { inShort } = writingIn(words)
  const columnsOf = (name: string): Column[] => [
    [name, 0.46],
    [heads.share, 0.27],
    [heads.right, 0.27],
  ]
  const { readings, right, judged } = interplay
  const stances = stancesOf(all)
  flow.heading(texts.title)
  const rows = STANCES.map((one) => [texts.stances[one], inShort(stances[one]), inShort(judged[one])])
  flow.table(columnsOf(texts.signed), rows)
  if (readings.n === 0) {
    flow.paragraph(texts.none)
    return
  }
  const changed = CHANGES.map((one) => [texts.changes[one], inShort(readings.changes[one]), inShort(right[one])])
  flow.table(columnsOf(texts.readings(readings.n)), changed)
}
