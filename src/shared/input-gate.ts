import { z } from 'zod'
import { type Confidences, calledLabel, LABEL_NAMES, LABELS, type Label } from './labels.ts'
import type { Translated } from './language.ts'

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

/**
 * What cannot be ruled out at the stated error rate, the likeliest first; empty where the model is sure of none, null where it
 * cannot say.
 */
export const answerSetSchema = z.array(z.enum(LABELS)).nullable()
export type AnswerSet = z.infer<typeof answerSetSchema>

export const NOT_JUDGED = 'The model does not judge this image.'
export const SERIES_NOT_JUDGED = 'The model does not judge this series.'
/** Beside confidences that are shown all the same. */
export const WORTH_NOTHING =
  'The network gives these numbers for any picture. For one that the model does not judge they mean nothing.'

/** What cannot be ruled out, on a screen and on paper. */
export const SET_WORDS = {
  none: (rate: string) => `The model is sure of none: each class is usually told more plainly (${rate})`,
  rate: (percent: number) => `${percent} % error`,
  /** As a name stands within a sentence. */
  inside: (name: string) => name.toLowerCase(),
  open: (names: string, rate: string) => `Cannot be ruled out at ${rate}: ${names}`,
  why: 'For a class that the model often misses even a small probability counts, so this does not follow the order of the numbers',
}

/** What an answer's cautions are put into words with. */
export interface GateWords {
  labels: Record<Label, string>
  gateReasons: Record<GateReason, string>
  setWords: Translated<typeof SET_WORDS>
}
/** Those of the page; English in the core. */
const HERE: GateWords = { labels: LABEL_NAMES, gateReasons: GATE_REASONS, setWords: SET_WORDS }

/** What is on record of how an image stands to its model; null for results from before there was a gate. */
export type KeptGate = Gate | null

export const isJudged = (gate: KeptGate): boolean => gate?.verdict !== 'outside'

/** What an image is called; null where the model does not judge it. */
export const labelOf = (gate: KeptGate, confidences: Confidences): Label | null =>
  isJudged(gate) ? calledLabel(confidences) : null

/** In words, the gravest first. */
export const reasonsIn = (gate: KeptGate, { gateReasons }: Pick<GateWords, 'gateReasons'> = HERE): string[] =>
  (gate?.reasons ?? []).map((reason) => gateReasons[reason])

/**
 * The set as readers see it: with every label that is at least as probable as the least probable one in it, the likeliest
 * first, and the one that is called, so that it never contradicts the answer beside it. What is on record, and measured, stays as it is: a larger set
 * only holds the truth more often.
 */
export function shownSet(set: AnswerSet, confidences: Confidences): Label[] | null {
  if (set === null) return null
  if (set.length === 0) return []
  const least = Math.min(...set.map((label) => confidences[label]))
  const called = calledLabel(confidences)
  return LABELS.filter((label) => label === called || confidences[label] >= least).sort(
    (a, b) => confidences[b] - confidences[a],
  )
}

/** What is said as a caution where not even the likeliest label is as probable as it is for most of its images; else null. */
export const setCaution = (set: AnswerSet, { setWords }: Pick<GateWords, 'setWords'> = HERE): string | null =>
  set?.length === 0 ? setWords.none(setRate(setWords)) : null

/** What is said as a caution with an answer: by the input gate, the gravest first, and of an empty set. */
export function cautionsIn({ gate, set }: { gate: KeptGate; set: AnswerSet }, words = HERE): string[] {
  const unsure = setCaution(set, words)
  return [...reasonsIn(gate, words), ...(unsure ? [unsure] : [])]
}

/** Which labels cannot be ruled out; null where one stands alone, there are none (`setCaution`) or nothing is known. */
export function setInWords(
  set: AnswerSet,
  confidences: Confidences,
  { labels, setWords }: Pick<GateWords, 'labels' | 'setWords'> = HERE,
): string | null {
  const shown = shownSet(set, confidences) ?? []
  return shown.length < 2
    ? null
    : setWords.open(shown.map((one) => setWords.inside(labels[one])).join(', '), setRate(setWords))
}

const setRate = (words: GateWords['setWords']) => words.rate(100 * ANSWER_SET_ERROR)
