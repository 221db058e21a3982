import { z } from 'zod'
import { type Confidences, calledLabel, LABEL_NAMES, LABELS, type Label } from './labels.ts'

export const GATE_VERDICTS = ['near', 'borderline', 'outside'] as const
/**
 * Whether the model may be asked about an image: `near` what it learned from, `borderline` (answered, with a caution), or
 * `outside`, where it does not judge: no label is told, and its confidences only to whoever asks for them.
 */
export type GateVerdict = (typeof GATE_VERDICTS)[number]

/** Why not, for the reader; the last two of stacks of slices. */
export const GATE_REASONS = {
  empty: 'The picture is empty',
  small: 'The picture is too small',
  colour: 'The picture is in colour',
  modality: 'By its file this is not MR',
  sequence: 'By its file this is another sequence than T1',
  plane: 'By its file this plane is oblique',
  blurred: 'The picture is blurred',
  clipped: 'Much of the picture is plain black or white: it is clipped',
  noisy: 'The picture is noisy',
  cut: 'The head is cut off',
  text: 'Text or marks are burnt into the picture',
  screen: 'A regular pattern lies over the picture: it may be a photo of a screen',
  shape: 'The picture has not the outline of a slice of a head',
  unlike: 'The picture is unlike the images that the model learned from',
  unjudged: 'This model does not tell what it learned from: whether it knows such pictures is not known',
  few: 'Fewer than half of the slices are within what the model knows',
  apart: 'The slices that the model knows do not lie next to each other',
} as const
export type GateReason = keyof typeof GATE_REASONS

export const gateSchema = z.strictObject({
  verdict: z.enum(GATE_VERDICTS),
  /** The gravest first; none where it is `near`. */
  reasons: z.array(z.enum(Object.keys(GATE_REASONS) as [GateReason, ...GateReason[]])),
})
export type Gate = z.infer<typeof gateSchema>

/** Share of the images of each class whose set misses it. */
export const ANSWER_SET_ERROR = 0.05

/** What cannot be told apart at the stated error rate, the likeliest first; null where the model cannot say. */
export const answerSetSchema = z.array(z.enum(LABELS)).nullable()
export type AnswerSet = z.infer<typeof answerSetSchema>

export const NOT_JUDGED = 'The model does not judge this image.'
export const SERIES_NOT_JUDGED = 'The model does not judge this series.'
/** Beside confidences that are shown all the same. */
export const WORTH_NOTHING =
  'The network gives these numbers for any picture. For one that the model does not judge they mean nothing.'

/** What cannot be told apart, on a screen and on paper. */
export const SET_WORDS = {
  none: (rate: string) => `No label fits at ${rate}`,
  rate: (percent: number) => `${percent} % error`,
  /** As a name stands within a sentence. */
  inside: (name: string) => name.toLowerCase(),
  apart: (names: string, last: string, rate: string) => `${names} or ${last}: cannot be told apart at ${rate}`,
}

/** What is on record of how an image stands to its model; null for results from before there was a gate. */
export type KeptGate = Gate | null

export const isJudged = (gate: KeptGate): boolean => gate?.verdict !== 'outside'

/** What an image is called; null where the model does not judge it. */
export const labelOf = (gate: KeptGate, confidences: Confidences): Label | null =>
  isJudged(gate) ? calledLabel(confidences) : null

/** In words, the gravest first. */
export const reasonsIn = (gate: KeptGate): string[] => (gate?.reasons ?? []).map((reason) => GATE_REASONS[reason])

/** Which labels cannot be told apart; null where one stands alone or nothing is known. */
export function setInWords(set: AnswerSet): string | null {
  if (set === null || set.length === 1) return null
  const rate = SET_WORDS.rate(100 * ANSWER_SET_ERROR)
  if (set.length === 0) return SET_WORDS.none(rate)
  const [first = '', ...more] = set.map((label) => LABEL_NAMES[label])
  const names = [first, ...more.map(SET_WORDS.inside)]
  const last = names.pop() ?? ''
  return SET_WORDS.apart(names.join(', '), last, rate)
}
