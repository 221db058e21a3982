import { type ErrorDetails, GyrusError } from '../../../shared/errors.ts'
import { CRITERION_NAMES, DEFAULT_GATE, type Gate, type GateResult } from '../../../shared/gate.ts'
import type { ActivationOutcome, KnownFiles } from '../../../shared/models.ts'
import type { ModelRef } from '../../engine/protocol.ts'
import type { NewActivation, Store } from '../../store/types.ts'
import type { DataFolder } from '../data-folder.ts'
import { lastSigned } from '../datasets/signed.ts'
import type { EngineSupervisor } from '../engine-supervisor/index.ts'
import type { StartEngine } from '../engine-supervisor/process.ts'
import { runTask, type TaskOptions } from '../engine-supervisor/task.ts'
import { knownFiles, readRegistered } from './folder.ts'
import { readGate } from './gate-file.ts'
import { type InForce, modelBefore, modelInForce } from './in-force.ts'
import { findPlace, type ModelPlace, type ModelPlaces } from './places.ts'

export interface ActivateParts {
  store: Store
  engine: EngineSupervisor
  startEngine: StartEngine
  places: ModelPlaces
  folder: DataFolder
}

export interface ActivateOptions {
  by: string
  reason: string
  /** Why it is to be activated without a reference set; null where there is one. */
  withoutReference: string | null
  /** Whose proposal it is, where two persons are needed. */
  proposed?: NonNullable<GateResult['proposed']>
}

export interface RollBackOptions {
  by: string
  reason: string
  /** The newest activation that whoever asks knows of; left out where they see it right then. */
  standing?: number
}

type Following = TaskOptions<'run-gate'>

/**
 * Puts a model in force, if it passes the gate: the running engine loads it, then it is recorded. Where either fails,
 * the model before stays in force.
 *
 * @returns no activation where the gate refused it, with what it found
 * @throws GyrusError `model-unknown`, `model-already-active`, `gate-reference-missing`, `gate-reference-set`,
 *   `gate-reference-altered`, `dataset-file-altered`, `gate-invalid`; why the model cannot be loaded; `cancelled`
 */
export async function activateModel(
  parts: ActivateParts,
  id: string,
  options: ActivateOptions,
  following: Following,
): Promise<ActivationOutcome> {
  const { by, reason, withoutReference, proposed } = options
  const asked = await prepare(parts, id, withoutReference)
  if (asked.gate.twoPersons === true && (proposed === undefined || proposed.by === by))
    throw new GyrusError(proposed === undefined ? 'model-needs-second' : 'model-same-person')
  const result = { ...(await judge(parts, asked, following)), ...(proposed && { proposed }) }
  return putInForce(parts, asked.known, asked.place, result, { kind: 'activation', by, reason, restores: null })
}

/**
 * Judges a model as for an activation, and puts what was found on record; nothing else changes. Errors of
 * `activateModel`, but without a reference set nothing is judged but golden images and labels.
 */
export async function judgeModel(
  parts: ActivateParts,
  id: string,
  by: string,
  following: Following,
): Promise<GateResult> {
  const { reference } = await readGate(parts.folder)
  const asked = await prepare(parts, id, reference ? null : 'tried only')
  const gate = await judge(parts, asked, following)
  const detail = { weights: asked.known.weights, gate }
  await parts.store.log({ actor: by, act: 'model.judged', subject: id, detail })
  return gate
}

/** What is to be judged, where it can be. */
export async function prepare(parts: ActivateParts, id: string, withoutReference: string | null): Promise<Question> {
  const active = modelInForce(parts.places, await parts.store.activations())
  const place = await findPlace(parts.places, id)
  if (place.dir === active.place.dir) throw new GyrusError('model-already-active', { model: id })
  const gate = await readGate(parts.folder)
  if (!gate.reference && withoutReference === null) throw new GyrusError('gate-reference-missing')
  if (gate.reference && withoutReference !== null) throw new GyrusError('gate-reference-set')
  return { place, known: await filesOf(place), active, gate, withoutReference }
}

/**
 * Puts the model before in force again. It was judged then; only its golden images are checked.
 *
 * @throws GyrusError `model-nothing-before`, `models-changed`; why the model cannot be loaded
 */
export async function rollBack(
  parts: ActivateParts,
  { by, reason, standing }: RollBackOptions,
  following: Following,
): Promise<ActivationOutcome> {
  const stored = await parts.store.activations()
  if (standing !== undefined && stored.at(-1)?.activation.id !== standing) throw new GyrusError('models-changed')
  const active = modelInForce(parts.places, stored)
  const before = modelBefore(parts.places, stored)
  if (!before) throw new GyrusError('model-nothing-before')
  const known = before.ref.known ?? (await filesOf(before.place))
  const question = { place: before.place, known, active, gate: { ...DEFAULT_GATE, reference: null } }
  const result = await judge(parts, { ...question, withoutReference: 'rollback' }, following)
  const restores = before.activation?.id ?? null
  return putInForce(parts, known, before.place, result, { kind: 'rollback', by, reason, restores })
}

/** What is recorded: a shipped model may be described anew by a new Gyrus, its weights stay. */
async function filesOf(place: ModelPlace): Promise<KnownFiles> {
  const known = knownFiles(await readRegistered(place))
  return place.origin === 'registered' ? known : { weights: known.weights, manifest: null, card: null }
}

export interface Question {
  place: ModelPlace
  known: KnownFiles
  active: InForce
  gate: Gate
  withoutReference: string | null
}

async function judge(
  { startEngine, store, folder }: ActivateParts,
  { place, known, active, gate, withoutReference }: Question,
  following: Following,
): Promise<GateResult> {
  const candidate: ModelRef = { dir: place.dir, known }
  const signed = gate.shadow ? await lastSigned(store, folder, gate.shadow.cases) : []
  const input = { candidate, active: { id: active.place.id, ...active.ref }, gate, signed, withoutReference }
  return runTask(startEngine, 'run-gate', input, following)
}

async function putInForce(
  { store, engine }: ActivateParts,
  files: KnownFiles,
  { id, dir }: ModelPlace,
  gate: GateResult,
  how: Pick<NewActivation, 'kind' | 'by' | 'reason' | 'restores'>,
): Promise<ActivationOutcome> {
  if (!gate.passed) {
    const detail = { weights: files.weights, reason: how.reason, gate }
    await store.log({ actor: how.by, act: 'model.refused', subject: id, detail })
    return { activation: null, gate }
  }
  const before = engine.model
  await engine.useModel({ dir, known: files })
  try {
    return { activation: await store.activateModel({ ...how, modelId: id, files, gate }), gate }
  } catch (error) {
    // What is not on record is not in force. Where the one before cannot be loaded either, the engine's state says so.
    await engine.useModel(before).catch(() => undefined)
    throw error
  }
}

/** The refusal of a model as a failure that names the criteria. */
export function refusal(model: string, { findings }: GateResult): GyrusError {
  const failed = findings.filter(({ passed }) => !passed)
  const names = failed.map(({ criterion, label }) => CRITERION_NAMES[criterion] + (label ? ` (${label})` : ''))
  const details: ErrorDetails = { model, criteria: names.join('; ') }
  return new GyrusError('model-refused', details)
}
