import type { Kysely, Transaction } from 'kysely'
import { type Impression, type SecondState, saysOf } from '../../shared/reading.ts'
import { labelIn } from './rows.ts'
import type { CaseRecord, Database, SecondReadingRow, VerdictRow } from './schema.ts'

/** What the second reading of a case hangs on. */
export interface SecondFacts {
  signed: boolean
  erased: boolean
  /** What the standing verdict says; null where there is none. */
  first: Impression | null
  /** What the second reader says; null until then. */
  second: Impression | null
  adjudicated: boolean
}

/** Where the second reading of a marked case stands. '' where it was erased before it came to an end. */
export function secondStateOf({ signed, erased, first, second, adjudicated }: SecondFacts): SecondState | '' {
  if (adjudicated) return 'adjudicated'
  if (second !== null && second === first) return 'agreed'
  if (erased) return ''
  if (second !== null) return 'disputed'
  return signed ? 'open' : 'marked'
}

export const KEPT_SECONDS = ['marked', 'open'] as const satisfies SecondState[]

/** While this is so, nobody but its own reader is told a verdict: whoever else reads may become the second reader. */
export const isKept = (second: SecondState | ''): boolean => KEPT_SECONDS.some((one) => one === second)

/** What a case copies of its standing verdict: lists, searches and counts know no more than they may tell. */
export function verdictCopies(
  verdict: Pick<VerdictRow, 'verdict' | 'label'> | undefined,
  second: SecondState | '',
): Pick<CaseRecord, 'verdict' | 'verdict_label'> {
  if (!verdict) return { verdict: '', verdict_label: '' }
  if (isKept(second)) return { verdict: 'withheld', verdict_label: '' }
  return { verdict: verdict.verdict, verdict_label: verdict.label ?? '' }
}

/** Brings what stands on a case in line with its rows; a case that is not marked is left alone. */
export async function renewSecond(trx: Transaction<Database>, id: string): Promise<void> {
  const mark = await trx.selectFrom('second_marks').where('case_id', '=', id).select('id').executeTakeFirst()
  if (!mark) return
  const row = await trx.selectFrom('cases').where('id', '=', id).selectAll().executeTakeFirstOrThrow()
  const verdict = await standingVerdict(trx, row)
  const reading = await secondReadingOf(trx, id)
  const adjudication = await trx.selectFrom('adjudications').where('case_id', '=', id).select('id').executeTakeFirst()
  const erasure = await trx.selectFrom('erasures').where('case_id', '=', id).select('id').executeTakeFirst()
  const second = secondStateOf({
    signed: row.state === 'signed',
    erased: erasure !== undefined,
    first: verdict ? await saidBy(trx, verdict) : null,
    second: reading ? await saidBy(trx, reading) : null,
    adjudicated: adjudication !== undefined,
  })
  await trx
    .updateTable('cases')
    .set({ second, ...verdictCopies(verdict, second) })
    .where('id', '=', id)
    .execute()
}

export const secondReadingOf = (db: Kysely<Database>, id: string): Promise<SecondReadingRow | undefined> =>
  db.selectFrom('second_readings').where('case_id', '=', id).selectAll().executeTakeFirst()

const standingVerdict = (db: Kysely<Database>, { verdict_id }: CaseRecord): Promise<VerdictRow | undefined> =>
  db.selectFrom('verdicts').where('id', '=', verdict_id).selectAll().executeTakeFirst()

async function saidBy(
  db: Kysely<Database>,
  { result_id, verdict, label }: Pick<VerdictRow, 'result_id' | 'verdict' | 'label'>,
): Promise<Impression> {
  const result = await db.selectFrom('results').where('id', '=', result_id).select('label').executeTakeFirstOrThrow()
  return saysOf(verdict, label, labelIn(result.label))
}
