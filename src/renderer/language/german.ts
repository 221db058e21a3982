import { BREAK_SENTENCES } from '../../shared/audit.ts'
import { CARD_ITEM_NAMES } from '../../shared/card-items.ts'
import { SOURCE_NAMES, STATE_NAMES, VERDICT_NAMES } from '../../shared/cases.ts'
import { CAUTIONS } from '../../shared/cautions.ts'
import { FAILURES } from '../../shared/errors-de/main.de.ts'
import { FAILURE_WORDS } from '../../shared/errors-de/words.de.ts'
import { tellFailuresIn } from '../../shared/failures.ts'
import { FIGURE_WORDS } from '../../shared/figure-format.ts'
import { CRITERION_NAMES } from '../../shared/gate.ts'
import { FAITHFUL_WORDS, METHOD_NAMES } from '../../shared/heat-words.ts'
import { GATE_REASONS, SET_WORDS } from '../../shared/input-gate.ts'
import { CALLED_NAMES, LABEL_NAMES, VERDICT_LABEL_NAMES } from '../../shared/labels.ts'
import { overlay, type Translated } from '../../shared/language.ts'
import { PASSED_OVER_WORDS } from '../../shared/passed-over-words.ts'
import { SECOND_STATE_NAMES } from '../../shared/reading.ts'
import { REGION_WORDS } from '../../shared/region-words.ts'
import { RETRIED_WORDS } from '../../shared/retried.ts'
import { SEEN_WORDS } from '../../shared/seen.ts'
import { SENTENCES } from '../../shared/sentences.de.ts'
import { RULE_TEXTS, SCOPE_NAMES } from '../../shared/series.ts'
import { AGREEMENT_WORDS, NEARNESS_NAMES } from '../../shared/similar.ts'
import { RULE_WORDS } from '../../shared/source-rule-text.ts'
import { URGENCY_PARTS_WORDS, URGENCY_WORDS } from '../../shared/urgency.ts'
import { VIEW_WORDS } from '../../shared/view.ts'
import * as words from '../../shared/words.de.ts'
import { german as accounts } from '../accounts/texts.de.ts'
import { german as admin } from '../admin/texts.de.ts'
import * as facts from '../audit/fact-phrases.de.ts'
import { CHANGE_WORDS, NAMES, PHRASES } from '../audit/fact-phrases.ts'
import { german as audit } from '../audit/texts.de.ts'
import { german as batches } from '../batches/texts.de.ts'
import { ago, german as care } from '../care/texts.de.ts'
import { AGO_WORDS } from '../care/texts.ts'
import { german as charts } from '../charts/texts.de.ts'
import { german as compute } from '../compute/texts.de.ts'
import { german as dataSets } from '../data-sets/texts.de.ts'
import { german as department } from '../department/texts.de.ts'
import { german as guide } from '../guide/texts.de.ts'
import { german as heat } from '../heat/texts.de.ts'
import { german as inputGate } from '../input-gate/texts.de.ts'
import { german as intake } from '../intake/texts.de.ts'
import { german as results } from '../models/results/texts.de.ts'
import { german as models } from '../models/texts.de.ts'
import { german as monitoring } from '../monitoring/texts.de.ts'
import { german as pacs } from '../pacs/texts.de.ts'
import { german as readings } from '../readings/texts.de.ts'
import { german as region } from '../region/texts.de.ts'
import { german as card } from '../review/card-texts.de.ts'
import { german as review } from '../review/page-texts.de.ts'
import { german as report } from '../review/report-texts.de.ts'
import { german as stack } from '../review/stack-texts.de.ts'
import { german as history } from '../review/texts.de.ts'
import { impression, german as verdict } from '../review/verdict-texts.de.ts'
import { german as sending } from '../sending/texts.de.ts'
import { keyNames } from '../settings/key-names.de.ts'
import { KEY_NAMES } from '../settings/key-names.ts'
import { german as settings } from '../settings/panel-texts.de.ts'
import { german as keys } from '../settings/texts.de.ts'
import { german as shell } from '../shell/texts.de.ts'
import { german as similar } from '../similar/texts.de.ts'
import { german as pacsSettings } from '../sources/pacs-texts.de.ts'
import { passedWords, german as rule } from '../sources/rule-texts.de.ts'
import { PASSED_WORDS, ruleTexts } from '../sources/rule-texts.ts'
import { german as sourcesPart } from '../sources/texts.de.ts'
import { german as page } from '../texts.de.ts'
import { texts } from '../texts.ts'
import { german as training } from '../training/texts.de.ts'
import { german as viewer } from '../viewer/texts.de.ts'
import { stepWords } from '../what-if/step-words.de.ts'
import { STEP_WORDS } from '../what-if/step-words.ts'
import { german as whatIf } from '../what-if/texts.de.ts'
import { welcome, workList } from '../work-list/page-texts.de.ts'
import { german as search } from '../work-list/texts.de.ts'
import { searchTexts } from '../work-list/texts.ts'
import { tellSentences } from './sentences.ts'

/** Each screen's, as `texts` has them. A function where it tells of words that are put in their place first. */
const screens = (): Translated<typeof texts> => ({
  ...page,
  shell,
  guide,
  workList,
  welcome,
  intake,
  inputGate,
  review,
  verdict,
  impression,
  viewer,
  stack,
  heat,
  region,
  report,
  similar,
  card,
  history,
  accounts,
  admin,
  batches,
  charts,
  ...readings,
  sending,
  whatIf,
  audit,
  care,
  compute,
  department,
  dataSets,
  training,
  models,
  results,
  monitoring,
  sourcesPart,
  pacs,
  pacsSettings,
  settings: settings(),
  keys,
})

/** Puts German in the place of English wherever screens take their words from. Once, before a screen is loaded. */
export function speakGerman(): void {
  speakWords()
  overlay(searchTexts, search)
  overlay(KEY_NAMES, keyNames)
  overlay(STEP_WORDS, stepWords)
  overlay(ruleTexts, rule)
  overlay(PASSED_WORDS, passedWords)
  overlay(AGO_WORDS, ago)
  overlay(PHRASES, facts.phrases)
  overlay(CHANGE_WORDS, facts.changeWords)
  overlay(NAMES, facts.names)
  overlay(texts, screens())
  tellSentences(SENTENCES)
  tellFailuresIn(FAILURES, FAILURE_WORDS)
}

function speakWords(): void {
  overlay(LABEL_NAMES, words.labels)
  overlay(CALLED_NAMES, words.called)
  overlay(VERDICT_LABEL_NAMES, words.verdictLabels)
  overlay(STATE_NAMES, words.states)
  overlay(SOURCE_NAMES, words.sources)
  overlay(VERDICT_NAMES, words.verdicts)
  overlay(SECOND_STATE_NAMES, words.secondStates)
  overlay(CAUTIONS, words.cautions)
  overlay(GATE_REASONS, words.gateReasons)
  overlay(SET_WORDS, words.setWords)
  overlay(METHOD_NAMES, words.methods)
  overlay(FAITHFUL_WORDS, words.faithful)
  overlay(REGION_WORDS, words.region)
  overlay(VIEW_WORDS, words.view)
  overlay(FIGURE_WORDS, words.figureWords)
  overlay(URGENCY_WORDS, words.urgency)
  overlay(URGENCY_PARTS_WORDS, words.urgencyParts)
  overlay(PASSED_OVER_WORDS, words.passedOver)
  overlay(SEEN_WORDS, words.seen)
  overlay(SCOPE_NAMES, words.scopes)
  overlay(RULE_TEXTS, words.ruleTexts)
  overlay(NEARNESS_NAMES, words.nearness)
  overlay(AGREEMENT_WORDS, words.agreement)
  overlay(CRITERION_NAMES, words.criteria)
  overlay(CARD_ITEM_NAMES, words.cardItems)
  overlay(BREAK_SENTENCES, words.breaks)
  overlay(RULE_WORDS, words.sourceRule)
  overlay(RETRIED_WORDS, words.retried)
}
