import type { HeatMap } from './explain-contract.ts'
import type { HeatMethod } from './heat.ts'

/** How a map was made, for readers. */
export const METHOD_NAMES: Record<HeatMethod, string> = {
  localise: 'localisation head',
  cam: 'class activation',
  'layer-cam': 'LayerCAM',
  occlusion: 'occlusion',
}

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

/** Whether the answer hangs on what a map marks, and where not, why. */
export function faithfulVerdict({ reason, whole, withoutMarked, threshold }: Faithfulness): string {
  if (reason === null) return FAITHFUL_WORDS.faithful
  // By as much as it would have to fall.
  const rises = withoutMarked - whole >= threshold
  return FAITHFUL_WORDS.notFaithful(rises ? FAITHFUL_WORDS.rises : FAITHFUL_WORDS.why[reason])
}

/** The probabilities on which that stands. */
export const faithfulFigures = ({ whole, withoutMarked, withoutRandom }: Faithfulness): string =>
  FAITHFUL_WORDS.figures(percent(whole), percent(withoutMarked), percent(withoutRandom))

const percent = (share: number) => `${(100 * share).toFixed(0)} %`
