import type { Gate } from '../../shared/gate.ts'
import { LABELS } from '../../shared/labels.ts'
import { texts } from '../texts.ts'
import { percent, referenceName } from './figures.ts'

export interface PlanRow {
  name: string
  value: string
}

/** What a plan asks, in words; the same rows in the same order for every plan. The reference set is the first. */
export function planRows(gate: Gate): PlanRow[] {
  const t = texts.models
  const f = t.planFields
  const { reference, shadow } = gate
  return [
    {
      name: f.reference,
      value: reference ? t.locked(referenceName(reference), reference.split, reference.images) : t.noneLocked,
    },
    { name: f.macroRecallMargin, value: t.below(gate.macroRecallMargin) },
    {
      name: f.recallFloor,
      value: LABELS.map((label) => `${texts.labels[label]} ${percent(gate.recallFloor[label])}`).join(', '),
    },
    { name: f.eceCeiling, value: String(gate.eceCeiling) },
    { name: f.tumourCalledNoneCeiling, value: percent(gate.tumourCalledNoneCeiling) },
    { name: f.shadow, value: shadow ? t.shadowOf(shadow.cases, shadow.margin) : t.off },
    { name: f.twoPersons, value: t.persons(gate.twoPersons === true) },
  ]
}

/** The rows in which they differ. A reference set that was locked anew differs although it has its name still. */
export function changedRows(before: Gate, after: Gate): { name: string; before: string; after: string }[] {
  const other = before.reference?.sha256 !== after.reference?.sha256
  return planRows(after).flatMap(({ name, value }, i) => {
    const was = planRows(before)[i]?.value ?? ''
    return was !== value || (i === 0 && other) ? [{ name, before: was, after: value }] : []
  })
}
