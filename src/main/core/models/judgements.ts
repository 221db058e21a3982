import { type AuditEntryRow, auditQuerySchema } from '../../../shared/audit.ts'
import { type GateResult, gateResultSchema } from '../../../shared/gate.ts'
import type { Judgement } from '../../../shared/model-work.ts'
import type { ReadStore } from '../../store/types.ts'

/** More than a leaderboard can show; the audit trail has all of them. */
const MOST = 500
const BECAME: Record<string, Judgement['became']> = {
  'model.activated': 'activated',
  'model.refused': 'refused',
  'model.judged': 'judged',
}

/** What the gate found of models, newest first, from where it is kept for good: the audit trail. */
export async function judgements(store: Pick<ReadStore, 'listAudit'>): Promise<Judgement[]> {
  const query = auditQuerySchema.parse({ acts: Object.keys(BECAME) })
  const { entries } = await store.listAudit(query, null, MOST)
  return entries.flatMap(toJudgement)
}

/** An entry of an older Gyrus that says less is left out. */
function toJudgement({ act, actor, at, subject, detail }: AuditEntryRow): Judgement[] {
  const gate = gateOf(detail)
  const became = BECAME[act]
  return gate && became ? [{ modelId: subject, at, by: actor, became, gate }] : []
}

function gateOf(detail: string): GateResult | null {
  const { gate }: { gate?: unknown } = JSON.parse(detail)
  return gateResultSchema.safeParse(gate).data ?? null
}
