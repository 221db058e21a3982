import { auditQuerySchema } from '../../../shared/audit.ts'
import { GyrusError } from '../../../shared/errors.ts'
import type { Gate } from '../../../shared/gate.ts'
import { type PlanProposal, planProposalSchema } from '../../../shared/model-work.ts'
import type { ReadStore, Store } from '../../store/types.ts'
import type { DataFolder } from '../data-folder.ts'
import { readGate, writeGate } from './gate-file.ts'

interface PlanParts {
  store: Pick<Store, 'listAudit' | 'log'>
  folder: Pick<DataFolder, 'gate' | 'files'>
}

/** What makes a proposal, and what ends one. */
const ACTS = ['gate.proposed', 'gate.withdrawn', 'gate.changed']

/** The change of the plan that waits for a second administrator. The audit trail keeps it, as it does for models. */
export async function openPlanProposal(store: Pick<ReadStore, 'listAudit'>): Promise<PlanProposal | null> {
  const { entries } = await store.listAudit(auditQuerySchema.parse({ acts: ACTS }), null, 1)
  const [last] = entries
  if (last?.act !== 'gate.proposed') return null
  return planProposalSchema.parse({ by: last.actor, at: last.at, gate: JSON.parse(last.detail) })
}

/**
 * Changes the plan. Where two persons are needed for a model, they are for the plan as well: else one of them could lower
 * what is asked, or do without the other altogether.
 *
 * @returns the plan that was asked for, and whether it waits for another administrator
 * @throws GyrusError `gate-invalid`, `disk-full`, what `change` throws
 */
export async function changePlan(
  { store, folder }: PlanParts,
  actor: string,
  change: (gate: Gate) => Gate,
): Promise<{ gate: Gate; waits: boolean }> {
  const now = await readGate(folder)
  const gate = change(now)
  const waits = now.twoPersons === true
  if (waits) await store.log({ actor, act: 'gate.proposed', subject: 'gate', detail: gate })
  else await putInForce({ store, folder }, gate, actor)
  return { gate, waits }
}

/**
 * Puts the plan in force that another administrator proposed.
 *
 * @param at when what the page showed was proposed
 * @throws GyrusError `plan-not-proposed`, `plan-same-person`, `disk-full`
 */
export async function confirmPlan({ store, folder }: PlanParts, at: string, actor: string): Promise<void> {
  const proposal = await openPlanProposal(store)
  if (proposal?.at !== at) throw new GyrusError('plan-not-proposed')
  if (proposal.by === actor) throw new GyrusError('plan-same-person')
  await putInForce({ store, folder }, proposal.gate, actor)
}

/** @throws GyrusError `plan-not-proposed` */
export async function withdrawPlan(store: PlanParts['store'], actor: string): Promise<void> {
  const proposal = await openPlanProposal(store)
  if (!proposal) throw new GyrusError('plan-not-proposed')
  await store.log({ actor, act: 'gate.withdrawn', subject: 'gate', detail: { proposedBy: proposal.by } })
}

function putInForce({ store, folder }: PlanParts, gate: Gate, actor: string): Promise<void> {
  return writeGate(folder, gate, () => store.log({ actor, act: 'gate.changed', subject: 'gate', detail: gate }))
}
