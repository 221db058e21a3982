import { setImmediate } from 'node:timers/promises'
import { countsFrom } from '../../../shared/cases.ts'
import type { AnswerPage, AnswerPlace, JudgedAnswer, ReadStore, UsedAnswer } from '../../store/types.ts'
import { BASELINE_OF, Baseline } from './drift.ts'
import type { Period } from './steps.ts'
import { isJudged } from './tally.ts'

/** Answers read at a time: some milliseconds, after which others have their turn. */
const PAGE = 500

/** All answers of a span of time, oldest first. */
export const answersIn = (store: ReadStore, span: Period): AsyncGenerator<UsedAnswer> =>
  pages((after) => store.answersBetween(span, after, PAGE))

/** What a model’s drift is measured from; null where it has not answered often enough. */
export async function baselineOf(store: ReadStore, modelId: string): Promise<Baseline | null> {
  const first = await firstAnswers(store, modelId, null)
  if (!first) return null
  // A record that is older than the measuring of pictures has answers without it.
  const measured = await store.firstMeasured()
  const distant = await store.firstWithDistance(modelId)
  const from = async (id: number | null) => {
    if (id === null) return null
    return (first[0]?.id ?? 0) < id ? firstAnswers(store, modelId, id) : first
  }
  return new Baseline({ all: first, measured: await from(measured), distant: await from(distant) })
}

/** Null where there are fewer. @param from id of the first that counts */
async function firstAnswers(store: ReadStore, modelId: string, from: number | null): Promise<JudgedAnswer[] | null> {
  const first: JudgedAnswer[] = []
  const start = from === null ? null : { at: '', id: from - 1 }
  for await (const answer of pages((after) => store.answersOf(modelId, after, PAGE), start)) {
    if (isJudged(answer) && countsFrom(answer.source, null) && first.push(answer) === BASELINE_OF) return first
  }
  return null
}

async function* pages(
  read: (after: AnswerPlace | null) => Promise<AnswerPage>,
  start: AnswerPlace | null = null,
): AsyncGenerator<UsedAnswer> {
  for (let after = start; ; ) {
    const { answers, next } = await read(after)
    yield* answers
    if (!next) return
    after = next
    await setImmediate()
  }
}
