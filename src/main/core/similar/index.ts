import { GyrusError } from '../../../shared/errors.ts'
import type { SimilarCases } from '../../../shared/similar.ts'
import { pictureAt } from '../../../shared/similar-file.ts'
import type { Compared, ReadStore } from '../../store/types.ts'
import type { DataFolder } from '../data-folder.ts'
import type { Catalogue } from '../datasets/catalogue.ts'
import type { DatasetPictures } from '../datasets/pictures.ts'
import type { EngineSupervisor } from '../engine-supervisor/index.ts'
import { refuseRemoved } from '../images.ts'
import { findPlace, type ModelPlaces } from '../models/places.ts'
import type { Reading } from '../reading/index.ts'
import { scanFile } from '../stored-scans.ts'
import { numbersOf } from './nearest.ts'
import { type FoundNeighbour, neighboursOf, notJudged } from './neighbours.ts'
import { SignedIndex } from './signed-index.ts'
import { readTrained, type TrainedIndex, trainedId } from './trained-index.ts'

interface Parts {
  store: ReadStore
  engine: EngineSupervisor
  folder: DataFolder
  places: ModelPlaces
  reading: Pick<Reading, 'isHidden'>
  catalogue: Catalogue
  pictures: DatasetPictures
}

const NOT_HERE = 'The data set that it is of is not on this machine.'

/** What the network takes for alike among the images that it learned from and the cases that were signed. */
export class Similar {
  readonly #parts: Parts
  /** Those of the model that was asked for last: one is in use, as a rule. */
  #indexes: { id: string; trained: Promise<TrainedIndex>; signed: SignedIndex } | null = null

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /**
   * @param reader who asks: what is kept from them is no neighbour
   * @throws GyrusError `case-unknown`, `similar-no-answer`, `similar-not-judged`, `similar-none`, `similar-other-index`, `similar-other-model`;
   *   errors of `readTrained` and of the record
   */
  async find(id: string, reader: string): Promise<SimilarCases> {
    const { store, places, reading } = this.#parts
    await store.getCase(id)
    const compared = await store.comparedCase(id)
    if (!compared) throw new GyrusError('similar-no-answer')
    const { modelId, label, gate } = compared.result
    if (label === null) throw notJudged(gate)
    const place = await findPlace(places, modelId)
    const here = await trainedId(place)
    const query = numbersOf(await this.#vectorOf(compared, here))
    this.#indexes = this.#indexes?.id === here ? this.#indexes : this.#open(here, readTrained(place))
    const { signed: index, ...open } = this.#indexes
    const trained = await open.trained
    await index.refresh()
    const start = performance.now()
    const signed = { index, store, isHidden: (caseId: string) => reading.isHidden(caseId, reader) }
    const { neighbours, ...found } = await neighboursOf({ ...compared, label, query }, { trained, signed })
    const milliseconds = performance.now() - start
    const shown = await Promise.all(neighbours.map((one) => this.#withPicture(one, trained)))
    return { modelId, ...found, neighbours: shown, milliseconds }
  }

  #open(id: string, trained: Promise<TrainedIndex>) {
    const opened = { id, trained, signed: new SignedIndex(this.#parts.store, id) }
    // One that could not be read may be mended.
    trained.catch(() => {
      if (this.#indexes === opened) this.#indexes = null
    })
    return opened
  }

  /** What was kept with the answer; of an answer from before vectors were kept, the same model is asked again. */
  async #vectorOf({ caseId, result, sha256, vector }: Compared, here: string): Promise<Uint8Array> {
    if (vector) {
      if (vector.indexId === here) return vector.values
      throw new GyrusError('similar-other-index', { model: result.modelId, kept: vector.indexId, here })
    }
    const { engine, store, folder } = this.#parts
    const loaded = engine.status.model?.manifest
    const other = new GyrusError('similar-other-model', { model: result.modelId })
    if (sha256 === null || (loaded && loaded.weights.sha256 !== result.weightsSha256)) throw other
    await refuseRemoved(store, caseId)
    const frame = (await store.keyFrameOf(caseId)) ?? undefined
    const file = { ...(await scanFile(folder, sha256)), frame }
    const { model, vector: made } = await engine.request('classify', { ...file, urgent: true })
    const same = model.weightsSha256 === result.weightsSha256
    if (!same || model.preprocessingVersion !== result.preprocessingVersion || made?.indexId !== here) throw other
    return made.values
  }

  async #withPicture(
    { at, ...one }: FoundNeighbour,
    { file }: TrainedIndex,
  ): Promise<SimilarCases['neighbours'][number]> {
    if (at === null) return { ...one, picture: null, noPicture: null }
    const { noPicture } = file.header.sources[file.sources[at] as number] ?? { noPicture: null }
    if (noPicture !== null) return { ...one, picture: null, noPicture }
    const picture = pictureAt(file, at) ?? (await this.#fromSet(file.header.dataSha256, at, file.hashes))
    return picture
      ? { ...one, picture: Buffer.from(picture).toString('base64'), noPicture: null }
      : { ...one, picture: null, noPicture: NOT_HERE }
  }

  /** From the frozen set that it was trained on; null where that is not here, or was changed. */
  async #fromSet(dataSha256: string, at: number, hashes: Uint8Array): Promise<Uint8Array | null> {
    const { catalogue, pictures } = this.#parts
    const set = (await catalogue.list()).find(({ sha256 }) => sha256 === dataSha256)
    if (!set) return null
    const sha256 = Buffer.from(hashes.subarray(at * 32, (at + 1) * 32)).toString('hex')
    return pictures.thumbnail(set.name, set.version, sha256).catch((error) => {
      if (error instanceof GyrusError) return null
      throw error
    })
  }
}
