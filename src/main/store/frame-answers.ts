import type { Kysely, Transaction } from 'kysely'
import type { Series } from '../../shared/series.ts'
import type { Bound } from './audit/bindings.ts'
import type { FrameAnswers } from './frame-types.ts'
import { isHidden } from './hidden.ts'
import { standingIn } from './of-series.ts'
import type { Database } from './schema.ts'
import type { Blind, NewResult } from './types.ts'

/** Keeps what the frames came to beside the result. @returns the row that was written, to be bound */
export async function keepFrames(trx: Transaction<Database>, { frames }: NewResult, id: number): Promise<Bound[]> {
  if (!frames) return []
  const row = await trx
    .insertInto('frame_answers')
    .values({ result_id: id, standing: JSON.stringify(frames.standing), frames: JSON.stringify(frames.frames) })
    .returningAll()
    .executeTakeFirstOrThrow()
  return [{ kind: 'frame_answers', row }]
}

/** What its entry tells of them. */
export const framesTold = ({ frames }: NewResult) =>
  frames && {
    frames: {
      frames: frames.frames.length,
      ...{ counted: frames.standing.counted, rule: frames.standing.rule },
      ...{ key: Number(frames.standing.key) + 1, deciding: frames.standing.deciding.map((frame) => Number(frame) + 1) },
    },
  }

/** The frames of a case's file, as a reader may see them; null where it has one, or they were not all read. */
export async function framesOf(db: Kysely<Database>, caseId: string, blind: Blind): Promise<Series | null> {
  const answers = await answersOf(db, caseId)
  if (!answers) return null
  const { rule, plane, counted, key, deciding, cautions } = answers.standing
  const kept = blind !== null && (await isHidden(db, caseId, blind))
  const placeOf = (frame: string) => answers.frames.findIndex((one) => one.frame === Number(frame))
  return {
    ...{ id: caseId, plane, rule, counted, cautions },
    slices: answers.frames.map(({ frame, mm, scope, label, confidences }, place) => ({
      ...{ caseId, frame, place, instanceNumber: null, mm, scope },
      ...(kept ? { label: null, confidences: null } : { label, confidences }),
    })),
    key: kept ? Math.floor((answers.frames.length - 1) / 2) : placeOf(key),
    deciding: kept || deciding.length === 0 ? null : deciding.map(placeOf),
  }
}

export async function keyFrameOf(db: Kysely<Database>, caseId: string): Promise<number | null> {
  const answers = await answersOf(db, caseId)
  return answers && Number(answers.standing.key)
}

async function answersOf(db: Kysely<Database>, caseId: string): Promise<FrameAnswers | null> {
  const row = await db
    .selectFrom('frame_answers')
    .innerJoin('cases', 'cases.result_id', 'frame_answers.result_id')
    .where('cases.id', '=', caseId)
    .select(['standing', 'frames'])
    .executeTakeFirst()
  return row ? { standing: standingIn(row.standing), frames: JSON.parse(row.frames) as FrameAnswers['frames'] } : null
}
