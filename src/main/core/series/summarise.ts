import { GATE_REASONS, type Gate, type GateReason } from '../../../shared/input-gate.ts'
import { type Confidences, calledLabel, LABELS } from '../../../shared/labels.ts'
import { SERIES_CAUTIONS, SERIES_RULE } from '../../../shared/series.ts'
import type { PlacedSlice, SeriesMember, Standing } from '../../store/types.ts'
import { type Limits, scopeOf } from './scope.ts'
import { type Placed, stack } from './stack.ts'

/** Slices that decide together, and the least length of stack that they span, mm. */
const NEIGHBOURS = 3
const SPAN_MM = 10

/** What a series comes to. */
export interface Summary {
  slices: PlacedSlice[]
  standing: Standing
  /** Null where no slice counts. */
  answer: SeriesMember['answer'] | null
}

type Counted = Placed<SeriesMember>

/**
 * The rule `neighbours-1` (shared/series.ts). Of all runs of neighbouring counted slices (three, or as many as span 10 mm,
 * or all where there are fewer) the one whose mean probability of a tumour is largest decides, the first of equals.
 *
 * @param members at least one
 */
export function summarise(members: SeriesMember[], limitsFor: (modelId: string) => Limits): Summary {
  const { plane, placed } = stack(members)
  const newest = members.reduce((a, b) => (b.receivedAt >= a.receivedAt ? b : a)).answer
  const seen = new Set<string>()
  const limits = limitsFor(newest.modelId)
  const scopes = placed.map((slice) => scopeOf(slice, newest.weightsSha256, limits, seen))
  const counted = placed.filter((_, place) => scopes[place] === 'counted')
  const run = mostSuspicious(counted)
  const middle = placed[Math.floor((placed.length - 1) / 2)]
  const key = run.reduce<Counted | undefined>((a, b) => (!a || tumour(b) > tumour(a) ? b : a), undefined) ?? middle
  const noContrast = counted.some(({ one }) => one.facts.contrastAgent === '')
  return {
    slices: placed.map(({ one, mm }, place) => ({ caseId: one.caseId, place, mm, scope: scopes[place] ?? 'counted' })),
    standing: {
      rule: SERIES_RULE.id,
      plane,
      counted: counted.length,
      key: key?.one.caseId ?? '',
      deciding: run.map(({ one }) => one.caseId),
      cautions: [SERIES_CAUTIONS.untested, ...(noContrast ? [SERIES_CAUTIONS.contrast] : [])],
    },
    answer: key && run.length > 0 ? together(run, key.one.answer) : null,
  }
}

const tumour = ({ one }: Counted) => 1 - one.answer.confidences.notumor

/** @param counted in the order of the stack */
function mostSuspicious(counted: Counted[]): Counted[] {
  let best: { run: Counted[]; mean: number } | null = null
  for (let first = 0; first < counted.length; first++) {
    const run = runFrom(counted, first)
    if (!run) break
    const mean = run.reduce((sum, one) => sum + tumour(one), 0) / run.length
    if (!best || mean > best.mean) best = { run, mean }
  }
  return best?.run ?? counted
}

/** Null where too few are left. */
function runFrom(counted: Counted[], first: number): Counted[] | null {
  const start = counted[first]?.mm ?? null
  let last = first + NEIGHBOURS - 1
  const spans = (mm: number | null | undefined) => start === null || mm == null || mm - start >= SPAN_MM
  while (last < counted.length && !spans(counted[last]?.mm)) last++
  return last < counted.length ? counted.slice(first, last + 1) : null
}

/** The mean of their probabilities; times are those of a slice, and what was measured of the picture that of the key slice. */
function together(run: Counted[], key: SeriesMember['answer']): SeriesMember['answer'] {
  const mean = (of: (answer: SeriesMember['answer']) => number) =>
    run.reduce((sum, { one }) => sum + of(one.answer), 0) / run.length
  const confidences = Object.fromEntries(
    LABELS.map((label) => [label, mean((answer) => answer.confidences[label])]),
  ) as Confidences
  return {
    ...key,
    label: calledLabel(confidences),
    confidences,
    gate: gateOf(run),
    // The stated error rate was measured on single images.
    set: null,
    decodeMs: mean((answer) => answer.decodeMs),
    preprocessMs: mean((answer) => answer.preprocessMs),
    inferenceMs: mean((answer) => answer.inferenceMs),
  }
}

/** What must be said of any slice that decides, must be said of the series; null where a slice is from before the gate. */
function gateOf(run: Counted[]): Gate | null {
  const gates = run.map(({ one }) => one.answer.gate ?? null)
  if (gates.some((gate) => gate === null)) return null
  const known = Object.keys(GATE_REASONS) as GateReason[]
  const reasons = known.filter((reason) => gates.some((gate) => gate?.reasons.includes(reason)))
  const verdict = gates.some((gate) => gate?.verdict === 'borderline') ? 'borderline' : 'near'
  return { verdict, reasons: verdict === 'near' ? [] : reasons }
}
