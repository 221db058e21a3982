import type { Gate, ReferenceSource } from '../../../shared/gate.ts'
import type { Activation, ActivationOutcome, ModelDetail, ModelRow } from '../../../shared/models.ts'
import type { Store } from '../../store/types.ts'
import type { DataFolder } from '../data-folder.ts'
import type { EngineSupervisor } from '../engine-supervisor/index.ts'
import type { StartEngine } from '../engine-supervisor/process.ts'
import { runTask, type TaskOptions } from '../engine-supervisor/task.ts'
import type { Emit } from '../events.ts'
import { type ActivateOptions, activateModel, rollBack } from './activate.ts'
import { type AddRunOptions, packaged } from './add-run.ts'
import { exportModel } from './export.ts'
import { readGate, writeGate } from './gate-file.ts'
import { getModel, listModels } from './list.ts'
import type { ModelPlaces } from './places.ts'
import { registerFolder } from './register.ts'

export interface ModelParts {
  store: Store
  engine: EngineSupervisor
  startEngine: StartEngine
  folder: DataFolder
  places: ModelPlaces
  emit: Emit
  /** Paths of images that may go with a model as its golden ones. */
  golden(): Promise<string[]>
}

/** The model registry, and which model is in force. */
export class Models {
  readonly #parts: ModelParts
  /** Changes go one after the other, so that each stands on the one before. */
  #last: Promise<unknown> = Promise.resolve()

  constructor(parts: ModelParts) {
    this.#parts = parts
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
      const { folder: model, added } = await registerFolder(dir, { places, incoming, stored, check })
      const { id, weights } = model.manifest
      const detail = { weights: weights.sha256, files: model.files }
      if (added) await store.logModelAct({ actor, act: 'model.registered', subject: id, detail })
      return { id, added }
    })
  }

  /**
   * Makes a model of a finished training run and takes it in; it is not in force by that. Errors of `packaged` and
   * `register`, `cancelled`.
   */
  async addRun(
    run: string,
    options: AddRunOptions,
    actor: string,
    following: TaskOptions<'package-run'> = {},
  ): Promise<{ id: string; added: boolean }> {
    const golden = await this.#parts.golden()
    return packaged(run, options, { ...this.#parts, golden }, following, (dir) => this.register(dir, actor))
  }

  /** Errors of `exportModel`. */
  export(id: string, target: string): Promise<string> {
    return exportModel(this.#parts.places, id, target)
  }

  /** Errors of `activateModel`. */
  activate(id: string, options: ActivateOptions, following: TaskOptions<'run-gate'> = {}): Promise<ActivationOutcome> {
    return this.#change((parts) => activateModel({ ...parts, gate: parts.folder.gate }, id, options, following))
  }

  /** Errors of `rollBack`. */
  rollBack(options: { by: string; reason: string }): Promise<ActivationOutcome> {
    return this.#change((parts) => rollBack({ ...parts, gate: parts.folder.gate }, options))
  }

  /** @throws GyrusError `gate-invalid` */
  gate(): Promise<Gate> {
    return readGate(this.#parts.folder.gate)
  }

  /** @throws GyrusError `disk-full` */
  setGate(gate: Gate, actor: string): Promise<void> {
    return this.#change(async ({ store, folder }) => {
      await writeGate(folder.gate, gate)
      await store.logModelAct({ actor, act: 'gate.changed', subject: 'gate', detail: gate })
    })
  }

  /** Makes a set the gate's reference set, as it is now. Errors of `lockReference`, `cancelled`. */
  async lockReference(
    source: ReferenceSource,
    actor: string,
    following: TaskOptions<'lock-reference'> = {},
  ): Promise<Gate> {
    const reference = await runTask(this.#parts.startEngine, 'lock-reference', source, following)
    const gate = { ...(await this.gate()), reference }
    await this.setGate(gate, actor)
    return gate
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
