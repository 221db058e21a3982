import { SOURCE_NAMES, STATE_NAMES, VERDICT_NAMES } from '../../../shared/cases.ts'
import { CAUTIONS } from '../../../shared/cautions.ts'
import type { Failure } from '../../../shared/errors.ts'
import { FAITHFUL_WORDS, METHOD_NAMES, NOTES } from '../../../shared/heat-words.ts'
import { GATE_REASONS, NOT_JUDGED, SERIES_NOT_JUDGED, SET_WORDS } from '../../../shared/input-gate.ts'
import { BANNER, CALLED_NAMES, LABEL_NAMES, VERDICT_LABEL_NAMES } from '../../../shared/labels.ts'
import type { Language, Translated } from '../../../shared/language.ts'
import { PASSED_OVER_WORDS } from '../../../shared/passed-over-words.ts'
import { REGION_WORDS } from '../../../shared/region-words.ts'
import { RULE_TEXTS, SCOPE_NAMES } from '../../../shared/series.ts'
import { VIEW_WORDS } from '../../../shared/view.ts'
import { type Numbers, numbersIn } from './numbers.ts'
import { type Texts, texts } from './texts.ts'

/** What screens say, too. */
const shared = {
  banner: BANNER,
  labels: LABEL_NAMES,
  called: CALLED_NAMES,
  verdictLabels: VERDICT_LABEL_NAMES,
  states: STATE_NAMES,
  sources: SOURCE_NAMES,
  verdicts: VERDICT_NAMES,
  cautions: CAUTIONS,
  notJudged: NOT_JUDGED,
  seriesNotJudged: SERIES_NOT_JUDGED,
  gateReasons: GATE_REASONS,
  setWords: SET_WORDS,
  heatNotes: NOTES,
  methods: METHOD_NAMES,
  faithful: FAITHFUL_WORDS,
  region: REGION_WORDS,
  view: VIEW_WORDS,
  scopes: SCOPE_NAMES,
  ruleTexts: RULE_TEXTS,
  passedOver: PASSED_OVER_WORDS,
} as const

/** All that a report is put into words with, in one language. */
export interface Words extends Translated<typeof shared> {
  language: Language
  numbers: Numbers
  texts: Texts
  /** A failure, which is on record in English. */
  failure(failure: Failure): Failure
  /** A whole sentence that is on record in English; one that is not known stays as it is. */
  sentence(english: string): string
}

export const english: Words = {
  ...shared,
  language: 'en',
  numbers: numbersIn('en'),
  texts,
  failure: (failure) => failure,
  sentence: (sentence) => sentence,
}
