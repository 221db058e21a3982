import type { Transaction } from 'kysely'
import { timeNow } from '../../shared/clock.ts'
import { GyrusError } from '../../shared/errors.ts'
import { appendAudit } from './audit.ts'
import { findCase } from './case-detail.ts'
import { keepFrames } from './frame-answers.ts'
import { analysedEntry, keepStatistics, resultColumns, standBy } from './intake.ts'
import { keepRegions } from './regions.ts'
import type { Database } from './schema.ts'
import { keepVectors } from './similar.ts'
import type { NewResult } from './types.ts'

/**
 * Logs what another model says of a case that has an answer. The new result supersedes the one that stood; the case
 * stays read or unread, and a verdict stays what it was: one on the earlier result.
 */
export async function addResult(trx: Transaction<Database>, result: NewResult, actor: string): Promise<void> {
  const found = await findCase(trx, result.caseId)
  const answered = found.state === 'analysed' || found.state === 'reviewed'
  if (!answered || found.result_id === null) throw new GyrusError('case-not-rerunnable', { state: found.state })
  const at = timeNow()
  const row = await trx
    .insertInto('results')
    .values({ ...resultColumns(result, at), supersedes: found.result_id })
    .returningAll()
    .executeTakeFirstOrThrow()
  const added = [{ row, result }]
  await keepStatistics(trx, added)
  await keepVectors(trx, added)
  const frames = await keepFrames(trx, result, row.id)
  const region = (await keepRegions(trx, added)).get(row.id) ?? []
  await standBy(trx, [row])
  const entry = analysedEntry(row, result, [])
  const detail = { ...entry.detail, supersedes: found.result_id }
  await appendAudit(trx, at, [
    { ...entry, actor, act: 'case.analysed-again', detail, binds: [...(entry.binds ?? []), ...frames, ...region] },
  ])
}
