import type { Finding, Gate, GateResult, SetFigures } from '../../../shared/gate.ts'
import { LABELS } from '../../../shared/labels.ts'
import type { Model } from '../types.ts'

/** What every model must show, with or without a reference set; loading it has proved the first. */
export function judgeModel({ manifest, goldenDifference }: Model): Finding[] {
  return [
    atMost('golden-images', manifest.golden.tolerance, goldenDifference),
    same('labels', LABELS.join(', '), manifest.labels.join(', ')),
  ]
}

/** A model that does not reproduce its golden images; nothing else needs to be known of it. */
export const goldenMismatch = (tolerance: number, difference: number): Finding =>
  atMost('golden-images', tolerance, Number.isNaN(difference) ? null : difference)

/** `active`: null where the active model cannot be used, so that nothing can be compared with it. */
export function judgeFigures(gate: Gate, candidate: SetFigures, active: SetFigures | null): Finding[] {
  const before = active?.macroRecall ?? null
  return [
    same('reference-images', gate.reference?.images ?? 0, candidate.n),
    atLeast('macro-recall', before === null ? null : before - gate.macroRecallMargin, candidate.macroRecall),
    ...LABELS.map((label) => ({ ...atLeast('recall', gate.recallFloor[label], candidate.recall[label]), label })),
    atMost('ece', gate.eceCeiling, candidate.ece),
    atMost('tumour-called-none', gate.tumourCalledNoneCeiling, candidate.tumourCalledNone),
  ]
}

/** On cases that readers have signed. */
export function judgeShadow(margin: number, { candidate, active }: NonNullable<GateResult['shadow']>): Finding {
  const before = active?.share ?? null
  return atLeast('shadow', before === null ? null : before - margin, candidate.share)
}

type Name = Finding['criterion']

/** What is not known has not passed. */
const atLeast = (criterion: Name, wanted: number | null, found: number | null): Finding => ({
  ...finding(criterion, 'at-least', wanted, found),
  passed: wanted !== null && found !== null && found >= wanted,
})

const atMost = (criterion: Name, wanted: number, found: number | null): Finding => ({
  ...finding(criterion, 'at-most', wanted, found),
  passed: found !== null && found <= wanted,
})

const same = (criterion: Name, wanted: number | string, found: number | string): Finding => ({
  ...finding(criterion, 'same', wanted, found),
  passed: found === wanted,
})

const finding = (
  criterion: Name,
  comparison: Finding['comparison'],
  wanted: Finding['wanted'],
  found: Finding['found'],
) => ({ criterion, label: null, comparison, wanted, found })
