import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { auditQuerySchema } from '../../../shared/audit.ts'
import { GyrusError } from '../../../shared/errors.ts'
import { asDataFolderError } from '../../../shared/file-errors.ts'
import {
  type EvaluationEntry,
  type KeptEvaluation,
  keptEvaluationSchema,
  type ReadImage,
  type ReadQuery,
  type ShownEvaluation,
} from '../../../shared/kept-evaluation.ts'
import type { Measured } from '../../../shared/measured.ts'
import type { RunResult } from '../../../shared/model-work.ts'
import { random } from '../../../shared/random.ts'
import type { Store } from '../../store/types.ts'
import { keepWhole, sha256Of } from '../care/keep.ts'
import type { DataFolder } from '../data-folder.ts'
import type { Emit } from '../events.ts'
import { asStored, contentOf } from '../stored-scans.ts'
import { type ModelFolder, readRegistered, verifyModelFolder } from './folder.ts'
import { findPlace, type ModelPlaces } from './places.ts'
import { chosen } from './read-images.ts'

/** More than there are sets to measure on; the audit trail has all. */
const MOST = 200
const SHIPPED = 'shipped'
const TRAINING = 'training'

interface Parts {
  store: Store
  folder: DataFolder
  places: ModelPlaces
  /** Where the evaluations lie that come with Gyrus. */
  evaluationsDir: string
  results(): Promise<RunResult[]>
  emit: Emit
}

/** What an entry of the audit trail says of an evaluation that is kept; those of an older Gyrus kept none. */
const detailSchema = z.object({ set: z.string().nullable(), sha256: z.string().regex(/^[0-9a-f]{64}$/) })
/** What the entry of a model that was taken in says of its files. */
const takenInSchema = z.object({ files: z.array(z.object({ file: z.string(), sha256: z.string() })) })
type Recorded = EvaluationEntry & { sha256: string }

/** What was measured of models, in full: what comes with Gyrus, and what was measured here. */
export class Evaluations {
  readonly #parts: Parts
  /** The one that was read last: a page asks for its images one list after the other. */
  #last: { of: string; evaluation: KeptEvaluation } | undefined

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /**
   * All that there are of a model, those measured here first, newest first.
   *
   * @throws GyrusError `model-unknown`; errors of `readRegistered` and `verifyModelFolder`: of a folder that was altered
   *   nobody can say what its figures are
   */
  async of(id: string): Promise<{ name: string; resultOnly: boolean; evaluations: EvaluationEntry[] }> {
    const { name, resultOnly } = await this.#model(id)
    const recorded = await this.#recorded(id)
    const shipped: EvaluationEntry[] = (await this.#readShipped(id))
      ? [{ ...NOBODY, key: SHIPPED, origin: SHIPPED }]
      : []
    return { name, resultOnly, evaluations: [...recorded.map(({ sha256: _, ...entry }) => entry), ...shipped] }
  }

  /** Figures and curves. @throws GyrusError errors of `of`, `evaluation-unknown`, `evaluation-altered` */
  async get(id: string, key: string): Promise<ShownEvaluation> {
    const { format: _, columns, tumourColumns, ...rest } = await this.#read(id, key)
    return {
      ...rest,
      columns: columns.map(({ images: _, ...column }) => column),
      tumourColumns: tumourColumns.map(({ images: _, ...column }) => column),
    }
  }

  /**
   * Images of a column, the surest first.
   *
   * @param column its place among the columns and, behind them, the tumour columns
   * @throws GyrusError errors of `get`; `evaluation-unknown` where there is no such column
   */
  async images(
    id: string,
    key: string,
    column: number,
    query: ReadQuery,
  ): Promise<{ images: ReadImage[]; set: string | null; dataSha256: string | null }> {
    const { set, columns, tumourColumns } = await this.#read(id, key)
    const found = [...columns, ...tumourColumns][column]
    if (!found) throw new GyrusError('evaluation-unknown', { model: id, evaluation: `${key}, ${column}` })
    return { images: chosen(found.images, query, random), set, dataSha256: found.dataSha256 }
  }

  /**
   * Keeps what was measured, and puts on record that it was. An earlier one on the same set gives way to it.
   *
   * @throws GyrusError `disk-full`, `data-folder-unusable`, errors of `of`
   */
  async keep(measured: Measured, { model, set, by }: { model: string; set: string | null; by: string }): Promise<void> {
    const { store, folder } = this.#parts
    const { weightsSha256 } = await this.#model(model)
    const at = new Date().toISOString()
    const kept: KeptEvaluation = { format: 1, model, weightsSha256, at, by, set, ...measured }
    const content = Buffer.from(JSON.stringify(kept))
    const sha256 = sha256Of(content)
    const before = await this.#recorded(model)
    try {
      await keepWhole(this.#pathOf(model, sha256), asStored(folder, sha256, content))
    } catch (error) {
      throw asDataFolderError(error, folder.evaluations)
    }
    await folder.files.push(keyOf(model, sha256))
    await store.log({ actor: by, act: 'model.evaluated', subject: model, detail: { set, sha256 } })
    const replaced = before.find(({ key }) => key === (set ?? TRAINING))
    if (replaced && replaced.sha256 !== sha256) {
      await rm(this.#pathOf(model, replaced.sha256), { force: true })
      await folder.files.drop(keyOf(model, replaced.sha256))
    }
    this.#parts.emit({ type: 'models' })
  }

  /** A model as a whole, or a training of which only results are here. */
  async #model(id: string): Promise<{ name: string; resultOnly: boolean; weightsSha256: string }> {
    const result = (await this.#parts.results()).find((one) => one.id === id)
    if (result) return { name: result.name, resultOnly: true, weightsSha256: result.weightsSha256 }
    const folder = await readRegistered(await findPlace(this.#parts.places, id))
    await verifyModelFolder(folder)
    await this.#requireAsTakenIn(id, folder)
    return { name: folder.card.name, resultOnly: false, weightsSha256: folder.manifest.weights.sha256 }
  }

  /** The audit trail knows every file of a model that was taken in: also of those that no other file speaks of. */
  async #requireAsTakenIn(id: string, { files }: ModelFolder): Promise<void> {
    const query = auditQuerySchema.parse({ acts: ['model.registered'], subject: id })
    const { entries } = await this.#parts.store.listAudit(query, null, 1)
    const { data } = takenInSchema.safeParse(entries[0] && JSON.parse(entries[0].detail))
    const other = files.find(
      ({ file, sha256 }) => data && !data.files.some((one) => one.file === file && one.sha256 === sha256),
    )
    if (other) throw new GyrusError('model-altered', { model: id, file: other.file })
  }

  /** Newest first, one a set. The audit trail says which there are, and what each holds: neither can be changed there. */
  async #recorded(id: string): Promise<Recorded[]> {
    const query = auditQuerySchema.parse({ acts: ['model.evaluated'], subject: id })
    const { entries } = await this.#parts.store.listAudit(query, null, MOST)
    const found = entries.flatMap(({ at, actor, detail }): Recorded[] => {
      const { data } = detailSchema.safeParse(JSON.parse(detail))
      if (!data) return []
      const origin = data.set === null ? TRAINING : 'set'
      return [{ key: data.set ?? TRAINING, origin, at, by: actor, sha256: data.sha256 }]
    })
    return found.filter(({ key }, i) => found.findIndex((other) => other.key === key) === i)
  }

  async #read(id: string, key: string): Promise<KeptEvaluation> {
    const { weightsSha256 } = await this.#model(id)
    const evaluation = key === SHIPPED ? await this.#readShipped(id) : await this.#readKept(id, key)
    if (!evaluation) throw new GyrusError('evaluation-unknown', { model: id, evaluation: key })
    // Of other weights under the same name.
    if (evaluation.weightsSha256 !== weightsSha256)
      throw new GyrusError('model-altered', { model: id, file: 'model.json' })
    return evaluation
  }

  async #readKept(id: string, key: string): Promise<KeptEvaluation | null> {
    const entry = (await this.#recorded(id)).find((one) => one.key === key)
    if (!entry) return null
    await this.#parts.folder.files.pull(keyOf(id, entry.sha256))
    const stored = await readFile(this.#pathOf(id, entry.sha256)).catch(() => null)
    const content = stored && contentOf(this.#parts.folder, entry.sha256, stored)
    if (content && sha256Of(content) === entry.sha256) return this.#parsed(id, key, content)
    throw new GyrusError('evaluation-altered', { model: id, set: key })
  }

  /** Null where none comes with Gyrus. The id is that of a model, so that it leads nowhere else. */
  async #readShipped(id: string): Promise<KeptEvaluation | null> {
    const content = await readFile(join(this.#parts.evaluationsDir, `${id}.json`)).catch(() => null)
    return content && this.#parsed(id, SHIPPED, content)
  }

  #parsed(id: string, key: string, content: Uint8Array): KeptEvaluation {
    const of = sha256Of(content)
    if (this.#last?.of === of) return this.#last.evaluation
    const evaluation = parse(content)
    // One that comes with Gyrus has no entry in the trail; one of another Gyrus may say other things.
    if (!evaluation) throw new GyrusError('evaluation-altered', { model: id, set: key })
    this.#last = { of, evaluation }
    return evaluation
  }

  #pathOf(id: string, sha256: string): string {
    return join(this.#parts.folder.evaluations, id, sha256)
  }
}

/** What it is called among the shared files. */
const keyOf = (id: string, sha256: string) => `evaluations/${id}/${sha256}`

const NOBODY = { at: null, by: null } as const

function parse(content: Uint8Array): KeptEvaluation | null {
  try {
    return keptEvaluationSchema.parse(JSON.parse(Buffer.from(content).toString('utf8')))
  } catch {
    return null
  }
}
