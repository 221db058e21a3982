import { auditQuerySchema } from '../../../shared/audit.ts'
import { GyrusError } from '../../../shared/errors.ts'
import { type Proposal, proposalSchema } from '../../../shared/model-work.ts'
import type { ActivationOutcome } from '../../../shared/models.ts'
import type { ReadStore, Store } from '../../store/types.ts'
import type { TaskOptions } from '../engine-supervisor/task.ts'
import { type ActivateOptions, type ActivateParts, activateModel, prepare } from './activate.ts'
import { readGate } from './gate-file.ts'

/** What makes a proposal, and what ends one: another one, or whatever changed or refused a model since. */
const ACTS = ['model.proposed', 'model.withdrawn', 'model.activated', 'model.rolled-back', 'model.refused']

/**
 * What waits for a second administrator. The audit trail keeps it: nobody can change there who proposed what.
 */
export async function openProposal(store: Pick<ReadStore, 'listAudit'>): Promise<Proposal | null> {
  const { entries } = await store.listAudit(auditQuerySchema.parse({ acts: ACTS }), null, 1)
  const [last] = entries
  if (last?.act !== 'model.proposed') return null
  return proposalSchema.parse({ modelId: last.subject, by: last.actor, at: last.at, ...JSON.parse(last.detail) })
}

/**
 * Asks another administrator to put a model in force; one that was proposed before no longer waits then.
 *
 * @throws GyrusError `model-one-person`; errors of `prepare`
 */
export async function propose(
  parts: ActivateParts,
  id: string,
  { by, reason, withoutReference }: ActivateOptions,
): Promise<void> {
  const { gate, known } = await prepare(parts, id, withoutReference)
  if (gate.twoPersons !== true) throw new GyrusError('model-one-person')
  const detail = { weightsSha256: known.weights, reason, withoutReference }
  await parts.store.log({ actor: by, act: 'model.proposed', subject: id, detail })
}

/** @throws GyrusError `model-not-proposed` */
export async function withdraw(store: Pick<Store, 'listAudit' | 'log'>, actor: string): Promise<void> {
  const proposal = await openProposal(store)
  if (!proposal) throw new GyrusError('model-not-proposed')
  await store.log({ actor, act: 'model.withdrawn', subject: proposal.modelId, detail: { proposedBy: proposal.by } })
}

/**
 * Puts in force what another administrator proposed, if it passes the gate as it is now.
 *
 * @param which what the page showed
 * @throws GyrusError `model-not-proposed`, `model-same-person`; `model-altered` where it is no longer what was proposed;
 *   errors of `activateModel`
 */
export async function confirm(
  parts: ActivateParts,
  which: { id: string; at: string },
  by: string,
  following: TaskOptions<'run-gate'>,
): Promise<ActivationOutcome> {
  const proposal = await openProposal(parts.store)
  if (proposal?.modelId !== which.id || proposal.at !== which.at) throw new GyrusError('model-not-proposed')
  if (proposal.by === by) throw new GyrusError('model-same-person')
  // Where one is enough by now, activating is what is to be done.
  if ((await readGate(parts.folder)).twoPersons !== true) throw new GyrusError('model-one-person')
  const { reason, withoutReference } = proposal
  const { known } = await prepare(parts, which.id, withoutReference)
  if (known.weights !== proposal.weightsSha256) {
    throw new GyrusError('model-altered', { model: which.id, file: 'model.json' })
  }
  const proposed = { by: proposal.by, at: proposal.at, reason }
  return activateModel(parts, which.id, { by, reason, withoutReference, proposed }, following)
}
