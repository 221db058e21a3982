import { GATE_REASONS, type Gate, type GateReason } from '../../../shared/input-gate.ts'
import { type Confidences, calledLabel, LABELS } from '../../../shared/labels.ts'
import { type Scope, SERIES_CAUTIONS, SERIES_RULE } from '../../../shared/series.ts'
import type { PlacedSlice, StackAnswer, StackMember, Standing } from '../../store/types.ts'
import { runsOf } from './runs.ts'
import { type Limits, scopeOf } from './scope.ts'
import { type Placed, stack } from './stack.ts'

/** What a series comes to. */
export interface Summary {
  slices: PlacedSlice[]
  standing: Standing
  /**
   * Without a label where the model does not judge the series; its numbers are those of the key slice then, and mean nothing.
   * Null where no slice has an answer.
   */
  answer: StackAnswer | null
}

type Member = Placed<StackMember>
type Answered = Placed<StackMember & { answer: StackAnswer }>

const isAnswered = (member: Member): member is Answered => member.one.answer !== null

/**
 * The rule `neighbours-2` (shared/series.ts). Of all runs of neighbouring counted slices (three, or as many as span 10 mm,
 * or the whole of a shorter stack) the one whose mean probability of a tumour is largest decides, the first of equals.
 * Nothing is judged where there is no run, or more slices are not counted than are.
 *
 * @param members at least one
 */
export function summarise(members: StackMember[], limitsFor: (modelId: string) => Limits): Summary {
  const { plane, placed } = stack(members)
  const answered = placed.filter(isAnswered)
  const newest = answered.reduce<Answered | undefined>(
    (a, b) => (a && b.one.receivedAt < a.one.receivedAt ? a : b),
    undefined,
  )
  if (!newest) return nothingYet(placed, plane)
  const { weightsSha256, modelId } = newest.one.answer
  const seen = new Set<string>()
  const limits = limitsFor(modelId)
  const scopes = placed.map((slice) => scopeOf(slice, weightsSha256, limits, seen))
  const counted = placed.filter((_, place) => scopes[place] === 'counted').filter(isAnswered)
  const within = scopes.filter((scope) => !BESIDE.includes(scope)).length
  const few = 2 * counted.length < within
  const run = few ? [] : mostSuspicious(runsOf(placed, scopes).map((one) => one.filter(isAnswered)))
  const key = run.length > 0 ? run.reduce((a, b) => (tumour(b) > tumour(a) ? b : a)) : middleOf(answered, weightsSha256)
  return {
    slices: placesOf(placed, scopes),
    standing: {
      ...{ rule: SERIES_RULE.id, plane, counted: counted.length, key: key.one.caseId },
      deciding: run.map(({ one }) => one.caseId),
      cautions: [...cautionsOf(counted, run, within), ...orderCaution(placed)],
    },
    answer:
      run.length > 0
        ? together(run, key.one.answer)
        : notJudged(key.one.answer, few ? ['few', ...why(scopes)] : ['apart']),
  }
}

/** What says nothing of whether the model knows the series: there is more of it or less in any. */
const BESIDE: Scope[] = ['copy', 'edge', 'waiting']

function cautionsOf(counted: Answered[], run: Answered[], within: number): string[] {
  const sure = counted.filter(({ one }) => one.answer.gate?.verdict !== 'borderline')
  return [
    SERIES_CAUTIONS.untested,
    ...(counted.some(({ one }) => one.facts.contrastAgent === '') ? [SERIES_CAUTIONS.contrast] : []),
    ...(new Set(run.map(({ one }) => one.answer.label)).size > 1 ? [SERIES_CAUTIONS.split] : []),
    ...(run.length > 0 && 2 * sure.length < within ? [SERIES_CAUTIONS.doubtful] : []),
  ]
}

/** Without positions nobody knows which slices are neighbours: the reader is told what their order is taken from. */
function orderCaution(placed: Member[]): string[] {
  if (placed.length < 2 || placed.some(({ mm }) => mm !== null)) return []
  const frames = placed.some(({ one }) => one.facts.frames > 1)
  return [frames ? SERIES_CAUTIONS.frameOrder : SERIES_CAUTIONS.numberOrder]
}

/** Where the slices lie is known before what the model says of them. */
function nothingYet(placed: Member[], plane: Standing['plane']): Summary {
  const key = placed[Math.floor((placed.length - 1) / 2)]?.one.caseId ?? ''
  const standing = { rule: SERIES_RULE.id, plane, counted: 0, key, deciding: [], cautions: [] }
  return {
    slices: placesOf(
      placed,
      placed.map(({ one }) => one.none ?? 'waiting'),
    ),
    standing,
    answer: null,
  }
}

const placesOf = (placed: Member[], scopes: Scope[]): PlacedSlice[] =>
  placed.map(({ one, mm }, place) => ({ caseId: one.caseId, place, mm, scope: scopes[place] ?? 'counted' }))

const tumour = ({ one }: Answered) => 1 - one.answer.confidences.notumor

/** It stands for a series that is not judged. */
function middleOf(answered: Answered[], weights: string): Answered {
  const alike = answered.filter(({ one }) => one.answer.weightsSha256 === weights)
  return alike[Math.floor((alike.length - 1) / 2)] as Answered
}

function mostSuspicious(runs: Answered[][]): Answered[] {
  let best: { run: Answered[]; mean: number } | null = null
  for (const run of runs) {
    const mean = run.reduce((sum, one) => sum + tumour(one), 0) / run.length
    if (!best || mean > best.mean) best = { run, mean }
  }
  return best?.run ?? []
}

const notJudged = (key: StackAnswer, reasons: GateReason[]): StackAnswer => ({
  ...key,
  label: null,
  gate: { verdict: 'outside', reasons },
  set: null,
})

/** The commonest reason why slices do not count, where the input gate knows it of single images too. */
function why(scopes: Scope[]): GateReason[] {
  const counts = Map.groupBy(scopes, (scope) => scope)
  const [scope] = [...counts].toSorted(([, a], [, b]) => b.length - a.length)[0] ?? []
  const same = (['modality', 'sequence', 'plane', 'unlike'] as const).find((reason) => reason === scope)
  return same ? [same] : []
}

/** The mean of their probabilities; times are those of a slice, and what was measured of the picture that of the key slice. */
function together(run: Answered[], key: StackAnswer): StackAnswer {
  const mean = (of: (answer: StackAnswer) => number) =>
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
function gateOf(run: Answered[]): Gate | null {
  const gates = run.map(({ one }) => one.answer.gate ?? null)
  if (gates.some((gate) => gate === null)) return null
  const known = Object.keys(GATE_REASONS) as GateReason[]
  const reasons = known.filter((reason) => gates.some((gate) => gate?.reasons.includes(reason)))
  const verdict = gates.some((gate) => gate?.verdict === 'borderline') ? 'borderline' : 'near'
  return { verdict, reasons: verdict === 'near' ? [] : reasons }
}
