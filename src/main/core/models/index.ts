import { isDeepStrictEqual } from 'node:util'
import { GyrusError } from '../../../shared/errors.ts'
import type { Evaluated } from '../../../shared/evaluate-set.ts'
import type { Gate, GateResult, ReferenceSource } from '../../../shared/gate.ts'
import type { Judgement, PlanProposal, Proposal, RunResult } from '../../../shared/model-work.ts'
import type { Activation, ActivationOutcome, ModelComparison, ModelDetail, ModelRow } from '../../../shared/models.ts'
import type { Store } from '../../store/types.ts'
import type { DataFolder } from '../data-folder.ts'
import type { EngineSupervisor } from '../engine-supervisor/index.ts'
import type { StartEngine } from '../engine-supervisor/process.ts'
import { runTask, type TaskOptions } from '../engine-supervisor/task.ts'
import type { Emit } from '../events.ts'
import { type ActivateOptions, activateModel, judgeModel, type RollBackOptions, rollBack } from './activate.ts'
import { type AddRunOptions, packaged } from './add-run.ts'
import { compareModels } from './compare.ts'
import { Evaluations } from './evaluations.ts'
import { exportModel } from './export.ts'
import type { ModelFolder } from './folder.ts'
import { readGate } from './gate-file.ts'
import { judgements } from './judgements.ts'
import { getModel, listModels } from './list.ts'
import { findPlace, type ModelPlaces } from './places.ts'
import { changePlan, confirmPlan, openPlanProposal, withdrawPlan } from './plan.ts'
import { confirm, openProposal, propose, withdraw } from './proposals.ts'
import { refuseTaken } from './refuse-taken.ts'
import { registerFolder } from './register.ts'
import { shippedResults } from './results.ts'

export interface ModelParts {
  store: Store
  engine: EngineSupervisor
  startEngine: StartEngine
  folder: DataFolder
  places: ModelPlaces
  /** Where the results lie that come with Gyrus. */
  resultsDir: string
  evaluationsDir: string
  emit: Emit
  /** Paths of images that may go with a model as its golden ones. */
  golden(): Promise<string[]>
}

/** The model registry, and which model is in force. */
export class Models {
  readonly #parts: ModelParts
  readonly evaluations: Evaluations
  /** Changes go one after the other, so that each stands on the one before. */
  #last: Promise<unknown> = Promise.resolve()

  constructor(parts: ModelParts) {
    this.#parts = parts
    this.evaluations = new Evaluations({ ...parts, results: () => this.results() })
  }

  async list(): Promise<ModelRow[]> {
    return listModels(this.#parts.places, await this.#parts.store.activations())
  }

  /** @throws GyrusError `model-unknown` */
  async get(id: string): Promise<ModelDetail> {
    return getModel(this.#parts.places, await this.#parts.store.activations(), id)
  }

  /** Newest first. */
  async activations(): Promise<Activation[]> {
    return (await this.#parts.store.activations()).map(({ activation }) => activation).toReversed()
  }

  /**
   * Takes a folder with a trained or foreign model into the registry; it is not in force by that. Errors of
   * `registerFolder`.
   */
  register(dir: string, actor: string): Promise<{ id: string; added: boolean }> {
    return this.#change(async ({ store, startEngine, folder, places }) => {
      const { incoming } = folder
      const stored = await store.activations()
      const check = (ref: { dir: string }) => runTask(startEngine, 'check-model', ref)
      const record = ({ manifest: { id, weights }, files }: ModelFolder) => {
        const detail = { weights: weights.sha256, files }
        return store.log({ actor, act: 'model.registered', subject: id, detail })
      }
      const share = (id: string, from: string) => folder.files.push(`models/${id}`, from)
      const { folder: model, added } = await registerFolder(dir, { places, incoming, stored, check, record, share })
      return { id: model.manifest.id, added }
    })
  }

  /**
   * Makes a model of a finished training run and takes it in; it is not in force by that. Errors of `refuseTaken`,
   * `packaged` and `register`, `cancelled`.
   */
  async addRun(
    run: string,
    options: AddRunOptions,
    actor: string,
    following: TaskOptions<'package-run'> = {},
  ): Promise<{ id: string; added: boolean }> {
    // It is told once more when it is taken in; here it costs nothing yet.
    await refuseTaken(this.#parts.places, await this.#parts.store.activations(), options.id)
    const golden = await this.#parts.golden()
    return packaged(run, options, { ...this.#parts, golden }, following, async ({ dir, measured }) => {
      const registered = await this.register(dir, actor)
      await this.evaluations.keep(measured, { model: registered.id, set: null, by: actor })
      return registered
    })
  }

  /** Errors of `exportModel`. */
  export(id: string, target: string, actor: string): Promise<string> {
    return exportModel(this.#parts, id, target, actor)
  }

  /** Errors of `activateModel`. */
  activate(id: string, options: ActivateOptions, following: TaskOptions<'run-gate'> = {}): Promise<ActivationOutcome> {
    return this.#change((parts) => activateModel(parts, id, options, following))
  }

  /** Errors of `judgeModel`. */
  judge(id: string, by: string, following: TaskOptions<'run-gate'> = {}): Promise<GateResult> {
    return this.#change((parts) => judgeModel(parts, id, by, following))
  }

  /** What the gate found of models, newest first. */
  judgements(): Promise<Judgement[]> {
    return judgements(this.#parts.store)
  }

  /** What waits for a second administrator. */
  proposal(): Promise<Proposal | null> {
    return openProposal(this.#parts.store)
  }

  /** Errors of `propose`. */
  propose(id: string, options: ActivateOptions): Promise<void> {
    return this.#change((parts) => propose(parts, id, options))
  }

  /** @throws GyrusError `model-not-proposed` */
  withdraw(actor: string): Promise<void> {
    return this.#change(({ store }) => withdraw(store, actor))
  }

  /** Errors of `confirm`. */
  confirm(
    which: { id: string; at: string },
    by: string,
    following: TaskOptions<'run-gate'> = {},
  ): Promise<ActivationOutcome> {
    return this.#change((parts) => confirm(parts, which, by, following))
  }

  /** Errors of `rollBack`. */
  rollBack(options: RollBackOptions, following: TaskOptions<'run-gate'> = {}): Promise<ActivationOutcome> {
    return this.#change((parts) => rollBack(parts, options, following))
  }

  /** Errors of `compareModels`. */
  async compare(
    both: [string, string],
    set: string,
    following: TaskOptions<'compare-models'>,
  ): Promise<ModelComparison> {
    const { places, startEngine, store } = this.#parts
    return compareModels({ places, startEngine, stored: await store.activations() }, both, set, following)
  }

  /** A model on a labelled set, with the report as a page. @throws GyrusError `model-unknown`; errors of the engine */
  async evaluate(id: string, path: string, following: TaskOptions<'evaluate-set'>): Promise<Evaluated> {
    const { dir: modelDir } = await findPlace(this.#parts.places, id)
    const request = { source: { path }, modelDir, tumours: [], shortcuts: true, html: true }
    return runTask(this.#parts.startEngine, 'evaluate-set', request, following)
  }

  /** Trainings whose results come with Gyrus. */
  results(): Promise<RunResult[]> {
    return shippedResults(this.#parts.resultsDir)
  }

  /** @throws GyrusError `gate-invalid` */
  gate(): Promise<Gate> {
    return readGate(this.#parts.folder)
  }

  /**
   * Changes what is asked of models. The reference set can be kept or taken away: a page that could name another one
   * would have any folder of this machine read.
   *
   * @param seen what it was when it was changed on a page
   * @returns whether it waits for a second administrator
   * @throws GyrusError `request-invalid` where the reference set is another one, `models-changed`, `gate-invalid`, `disk-full`
   */
  setGate(gate: Gate, actor: string, seen?: Gate): Promise<{ gate: Gate; waits: boolean }> {
    return this.#changePlan(actor, (now) => {
      if (seen && !isDeepStrictEqual(seen, now)) throw new GyrusError('models-changed')
      if (gate.reference === null || isDeepStrictEqual(gate.reference, now.reference)) return gate
      throw new GyrusError('request-invalid', { reason: 'a reference set has to be locked' })
    })
  }

  /**
   * Makes a set the gate's reference set, as it is now; where two persons are needed, it waits for the second one. Errors of
   * `lockReference`, `cancelled`.
   */
  async lockReference(
    source: ReferenceSource,
    actor: string,
    following: TaskOptions<'lock-reference'> = {},
  ): Promise<{ gate: Gate; waits: boolean }> {
    const reference = await runTask(this.#parts.startEngine, 'lock-reference', source, following)
    return this.#changePlan(actor, (gate) => ({ ...gate, reference }))
  }

  /** The change of the plan that waits for a second administrator. */
  planProposal(): Promise<PlanProposal | null> {
    return openPlanProposal(this.#parts.store)
  }

  /** @throws GyrusError `plan-not-proposed` */
  withdrawPlan(actor: string): Promise<void> {
    return this.#change(({ store }) => withdrawPlan(store, actor))
  }

  /** Errors of `confirmPlan`. */
  confirmPlan(at: string, actor: string): Promise<void> {
    return this.#change((parts) => confirmPlan(parts, at, actor))
  }

  #changePlan(actor: string, change: (gate: Gate) => Gate): Promise<{ gate: Gate; waits: boolean }> {
    return this.#change((parts) => changePlan(parts, actor, change))
  }

  async #change<T>(work: (parts: ModelParts) => Promise<T>): Promise<T> {
    const before = this.#last
    const result = (async () => {
      await before.catch(() => undefined)
      return work(this.#parts)
    })()
    this.#last = result.catch(() => undefined)
    try {
      return await result
    } finally {
      this.#parts.emit({ type: 'models' })
    }
  }
}
