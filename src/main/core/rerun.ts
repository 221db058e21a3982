import type { Result } from '../../shared/cases.ts'
import { GyrusError, toGyrusError } from '../../shared/errors.ts'
import { type Confidences, LABELS } from '../../shared/labels.ts'
import { isOfFrames, type Slice } from '../../shared/series.ts'
import { type Difference, type Rerun, SAME_WITHIN } from '../../shared/timeline.ts'
import type { Classification } from '../engine/protocol.ts'
import type { ImageFile } from '../engine/types.ts'
import type { StoredFile } from '../sealed/read.ts'
import type { Store } from '../store/types.ts'
import type { DataFolder } from './data-folder.ts'
import type { EngineSupervisor } from './engine-supervisor/index.ts'
import type { StartEngine } from './engine-supervisor/process.ts'
import { runTask } from './engine-supervisor/task.ts'
import type { Emit } from './events.ts'
import { type FrameParts, readScan } from './frames/read.ts'
import { refuseRemoved } from './images.ts'
import { verifyCopy } from './intake/copy.ts'
import { readRegistered } from './models/folder.ts'
import { findPlace, type ModelPlaces } from './models/places.ts'
import type { SeriesGrouping } from './series/index.ts'
import { scanFile } from './stored-scans.ts'

interface Parts extends FrameParts {
  store: Store
  engine: EngineSupervisor
  startEngine: StartEngine
  folder: DataFolder
  places: ModelPlaces
  series: SeriesGrouping
  emit: Emit
}

/** Runs scans of cases that have an answer through a model once more. */
export class Reruns {
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /**
   * The stored file through the model of the standing result. What comes of it is logged; no result is added.
   *
   * @throws GyrusError `case-unknown`, `case-not-rerunnable`, `scan-altered`; what the engine fails with, but for the
   *   model itself
   */
  async exactly(id: string, actor: string): Promise<Rerun> {
    const rerun = (await this.#seriesExactly(id)) ?? (await this.#runAgain(id))
    const { result } = await this.#answered(id)
    const { same, differences, now } = rerun
    const differs = differences.map(({ what }) => what)
    const detail = { result: result.id, model: result.modelId, same, differs, differences, confidences: now }
    await this.#parts.store.log({ actor, act: 'case.rerun', subject: id, detail })
    this.#parts.emit({ type: 'case', id })
    return rerun
  }

  async #runAgain(id: string): Promise<Rerun> {
    const { result, file } = await this.#answered(id)
    return compare(result, result.confidences, await this.#sameModel(result, file))
  }

  /** Of a frame that is not judged the numbers are on record with the result alone, whose key frame it is then. */
  async #frameAgain({ caseId, frame, confidences }: Slice): Promise<Rerun> {
    const { result, file } = await this.#answered(caseId)
    const at = { ...file, frame: frame ?? undefined }
    return compare(result, confidences ?? result.confidences, await this.#sameModel(result, at))
  }

  /** The slices that decided (the key slice where none did), each by itself, and their mean; null where the case is no series. */
  async #seriesExactly(id: string): Promise<Rerun | null> {
    const series = await this.#parts.store.seriesOf(id)
    if (series?.id !== id) return null
    const { result } = await this.#answered(id)
    const runs: Rerun[] = []
    for (const place of series.deciding ?? [series.key]) {
      const slice = series.slices[place]
      if (slice) runs.push(await (slice.frame === null ? this.#runAgain(slice.caseId) : this.#frameAgain(slice)))
    }
    const now = meanOf(runs.map((run) => run.now).filter((one) => one !== null))
    const differences = runs.flatMap((run) => run.differences)
    return {
      modelId: result.modelId,
      same: runs.every(({ same }) => same),
      differences: differences.filter(({ what }, i) => differences.findIndex((one) => one.what === what) === i),
      before: result.confidences,
      now,
    }
  }

  /**
   * The stored file through the model in force; its answer supersedes the one that stands. Of a series each of its slices.
   *
   * @throws GyrusError as `exactly`; `case-model-active` where it gave that answer; `case-is-slice`; `model-altered` and the
   *   like
   */
  async withActive(id: string, actor: string): Promise<void> {
    const { store, series: grouping } = this.#parts
    const series = await store.seriesOf(id)
    if (!series || isOfFrames(series)) return this.#withActive(id, actor)
    if (series.id !== id) throw new GyrusError('case-is-slice')
    await this.#answered(id)
    let renewed = 0
    for (const { caseId } of series.slices) {
      const { state } = await store.getCase(caseId)
      // A reader has put their name to its answer.
      if (state === 'signed') continue
      const asked = await this.#withActive(caseId, actor).catch(toGyrusError)
      if (!(asked instanceof GyrusError)) renewed++
      else if (asked.code !== 'case-model-active') throw asked
    }
    if (renewed === 0) throw new GyrusError('case-model-active', { model: (await this.#answered(id)).result.modelId })
    await grouping.again(id, actor)
  }

  async #withActive(id: string, actor: string): Promise<void> {
    const { result, file } = await this.#answered(id)
    const scan = await readScan(this.#parts, file, true)
    const { weightsSha256, preprocessingVersion } = scan
    if (weightsSha256 === result.weightsSha256 && preprocessingVersion === result.preprocessingVersion) {
      throw new GyrusError('case-model-active', { model: result.modelId })
    }
    await this.#parts.store.addResult({ ...scan, caseId: id }, actor)
    this.#parts.emit({ type: 'case', id })
  }

  async #answered(id: string): Promise<{ result: Result; file: StoredFile }> {
    const { result, scan, state } = await this.#parts.store.getCase(id)
    if (!result || !scan) throw new GyrusError('case-not-rerunnable', { state })
    await refuseRemoved(this.#parts.store, id)
    await verifyCopy(this.#parts.folder, scan.sha256)
    return { result, file: await scanFile(this.#parts.folder, scan.sha256) }
  }

  /** By the engine that reads if it has this model, else by one of its own. */
  async #sameModel({ modelId, weightsSha256 }: Result, file: ImageFile): Promise<Classification | Difference> {
    const { engine, places, startEngine } = this.#parts
    const loaded = engine.status.model?.manifest
    if (loaded?.id === modelId && loaded.weights.sha256 === weightsSha256) {
      const run = await engine.request('classify', { ...file, urgent: true })
      // Another model may have been put in force meanwhile.
      if (run.model.weightsSha256 === weightsSha256) return run
    }
    try {
      const place = await findPlace(places, modelId)
      const { manifest } = await readRegistered(place)
      const now = manifest.weights.sha256
      if (now !== weightsSha256) return { what: 'weights', before: weightsSha256, now }
      return await runTask(startEngine, 'classify-with', { model: { dir: place.dir }, ...file })
    } catch (error) {
      const known = toGyrusError(error)
      if (!known.code.startsWith('model-')) throw known
      return { what: 'model', failure: known.toFailure() }
    }
  }
}

/**
 * @param before what it said of the image
 * @param run what it says now, or why it could not
 */
function compare(result: Result, before: Confidences, run: Classification | Difference): Rerun {
  const { modelId } = result
  if ('what' in run) return { modelId, same: false, differences: [run], before, now: null }
  const { preprocessingVersion, provider } = run.model
  const differences: Difference[] = []
  const differ = (what: 'preprocessing' | 'engine', before: string, now: string) =>
    before !== now && differences.push({ what, before, now })
  differ('preprocessing', result.preprocessingVersion, preprocessingVersion)
  differ('engine', result.engine, provider)
  const by = furthest(before, run.confidences)
  const same = by <= SAME_WITHIN
  if (!same) differences.push({ what: 'confidences', by })
  return { modelId, same, differences, before, now: run.confidences }
}

/** Null where there are none. */
function meanOf(all: Confidences[]): Confidences | null {
  if (all.length === 0) return null
  const mean = LABELS.map((label) => [label, all.reduce((sum, one) => sum + one[label], 0) / all.length])
  return Object.fromEntries(mean) as Confidences
}

const furthest = (before: Confidences, now: Confidences): number =>
  Math.max(...LABELS.map((label) => Math.abs(before[label] - now[label])))
