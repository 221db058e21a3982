import type { HeatMap } from './explain-contract.ts'
import { HEAT_NOTE, type HeatMethod, UNFAITHFUL_NOTE } from './heat.ts'
import type { Translated } from './language.ts'

/** How a map was made, for readers. */
export const METHOD_NAMES: Record<HeatMethod, string> = {
  localise: 'localisation head',
  cam: 'class activation',
  'layer-cam': 'LayerCAM',
  occlusion: 'occlusion',
}

/** What is given out has no map where there is no answer. */
export const NO_ANSWER = 'There is no answer to explain.'
/** Outputs have no map of this answer: it would mark something where the model says that there is nothing. */
export const NO_MAP_OF_NONE = 'There is no map of “no tumour”: it would mark a place where the model sees nothing.'

type Faithfulness = NonNullable<HeatMap['faithfulness']>

const why: Record<NonNullable<Faithfulness['reason']>, string> = {
  'nothing-changes': 'the answer hardly changes without what is marked',
  'rest-as-much': 'the answer hangs as much on the rest of the head',
}

export const FAITHFUL_WORDS = {
  why,
  rises: 'the probability of the answer rises without what is marked',
  faithful: 'Faithful: the answer hangs on what is marked.',
  notFaithful: (reason: string) => `Not faithful, so it is hatched: ${reason}.`,
  figures: (whole: string, withoutMarked: string, withoutRandom: string) =>
    `Probability ${whole}; without the marked tenth ${withoutMarked}, without a random tenth ${withoutRandom}.`,
}
type Words = Translated<typeof FAITHFUL_WORDS>

export const NOTES = { note: HEAT_NOTE, unfaithful: UNFAITHFUL_NOTE }

/** What a map is, in one sentence without its stop. @param faithfulness null where it was not measured */
export const heatNoteOf = (
  faithfulness: Pick<Faithfulness, 'faithful'> | null | undefined,
  words: Translated<typeof NOTES> = NOTES,
): string => (faithfulness?.faithful === false ? words.unfaithful : words.note)

/** Whether the answer hangs on what a map marks, and where not, why. */
export function faithfulVerdict(
  { reason, whole, withoutMarked, threshold }: Faithfulness,
  words: Words = FAITHFUL_WORDS,
): string {
  if (reason === null) return words.faithful
  // By as much as it would have to fall.
  const rises = withoutMarked - whole >= threshold
  return words.notFaithful(rises ? words.rises : words.why[reason])
}

/** The probabilities on which that stands. */
export const faithfulFigures = (
  { whole, withoutMarked, withoutRandom }: Faithfulness,
  words: Words = FAITHFUL_WORDS,
): string => words.figures(percent(whole), percent(withoutMarked), percent(withoutRandom))

const percent = (share: number) => `${(100 * share).toFixed(0)} %`
