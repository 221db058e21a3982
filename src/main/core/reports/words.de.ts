import { FAILURES } from '../../../shared/errors-de/main.de.ts'
import { FAILURE_WORDS } from '../../../shared/errors-de/words.de.ts'
import { failureIn } from '../../../shared/failures.ts'
import { SENTENCES } from '../../../shared/sentences.de.ts'
import * as shared from '../../../shared/words.de.ts'
import { numbersIn } from './numbers.ts'
import { german as texts } from './texts.de.ts'
import type { Words } from './words.ts'

export const german: Words = {
  ...shared,
  language: 'de',
  numbers: numbersIn('de'),
  texts,
  failure: (failure) => failureIn(failure, { sentences: FAILURES, words: FAILURE_WORDS }),
  sentence: (sentence) => SENTENCES[sentence] ?? sentence,
}
