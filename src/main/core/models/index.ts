import { isDeepStrictEqual } from 'node:util'
import { GyrusError } from '../../../shared/errors.ts'
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
import type { ModelFolder } from './folder.ts'
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
      const record = ({ manifest: { id, weights }, files }: ModelFolder) => {
        const detail = { weights: weights.sha256, files }
        return store.log({ actor, act: 'model.registered', subject: id, detail })
      }
      const { folder: model, added } = await registerFolder(dir, { places, incoming, stored, check, record })
      return { id: model.manifest.id, added }
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
  export(id: string, target: string, actor: string): Promise<string> {
    return exportModel(this.#parts, id, target, actor)
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

  /**
   * Changes what is asked of models. The reference set can be kept or taken away: a page that could name another one
   * would have any folder of this machine read.
   *
   * @throws GyrusError `request-invalid` where the reference set is another one, `gate-invalid`, `disk-full`
   */
  async setGate(gate: Gate, actor: string): Promise<void> {
    await this.#changeGate(actor, ({ reference }) => {
      if (gate.reference === null || isDeepStrictEqual(gate.reference, reference)) return gate
      throw new GyrusError('request-invalid', { reason: 'a reference set has to be locked' })
    })
  }

  /** Makes a set the gate's reference set, as it is now. Errors of `lockReference`, `cancelled`. */
  async lockReference(
    source: ReferenceSource,
    actor: string,
    following: TaskOptions<'lock-reference'> = {},
  ): Promise<Gate> {
    const reference = await runTask(this.#parts.startEngine, 'lock-reference', source, following)
    return this.#changeGate(actor, (gate) => ({ ...gate, reference }))
  }

  #changeGate(actor: string, change: (gate: Gate) => Gate): Promise<Gate> {
    return this.#change(async ({ store, folder }) => {
      const gate = change(await readGate(folder.gate))
      await writeGate(folder.gate, gate, () => store.log({ actor, act: 'gate.changed', subject: 'gate', detail: gate }))
      return gate
    })
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
