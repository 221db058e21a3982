import type { Region } from '../../shared/brain-region.ts'
import type { DicomFacts } from '../../shared/dicom.ts'
import { type Failure, GyrusError, toGyrusError } from '../../shared/errors.ts'
import { type AnswerSet, type Gate, labelOf } from '../../shared/input-gate.ts'
import type { Confidences, Label } from '../../shared/labels.ts'
import type { Classification } from '../engine/protocol.ts'
import type { CaseFailure, NewResult, PendingCase, Store } from '../store/types.ts'
import type { DataFolder } from './data-folder.ts'
import type { EngineSupervisor } from './engine-supervisor/index.ts'
import type { Emit } from './events.ts'
import { groupCommit } from './group-commit.ts'
import { verifyCopy } from './intake/copy.ts'
import { scanFile } from './stored-scans.ts'

/** What became of one file. `caseId` is null where it could not be put on record, or was not meant to be. */
export type Outcome = { caseId: string | null; fileName: string } & (
  | {
      status: 'analysed'
      /** Null where the model does not judge the image. */
      label: Label | null
      confidences: Confidences
      gate: Gate
      set: AnswerSet
      region: Region
      modelId: string
      ms: number
    }
  | { status: 'failed'; failure: Failure }
  /** Of a batch: analysed before, in the case `caseId`. */
  | { status: 'skipped' }
)

interface AnalyserParts {
  engine: EngineSupervisor
  folder: DataFolder
  store: Store
  emit: Emit
  /** Told of each DICOM image that has its answer. */
  noteSlice: (facts: DicomFacts) => void
}

/** Has received scans read by the engine and logs what it says. */
export class Analyser {
  readonly #engine: EngineSupervisor
  readonly #folder: DataFolder
  readonly #emit: Emit
  readonly #noteSlice: (facts: DicomFacts) => void
  readonly #complete: (result: NewResult, urgent: boolean) => Promise<void>
  readonly #fail: (failure: { caseId: string; failure: CaseFailure }) => Promise<void>

  constructor(parts: AnalyserParts) {
    this.#engine = parts.engine
    this.#folder = parts.folder
    this.#emit = parts.emit
    this.#noteSlice = parts.noteSlice
    this.#complete = groupCommit((results) => parts.store.complete(results))
    this.#fail = groupCommit((failures) => parts.store.fail(failures))
  }

  /**
   * @param urgent whether a reader waits for it; it then goes before what is only to be done
   * @throws GyrusError only where the outcome could not be logged; the case then stays `received`
   */
  analyse(pending: PendingCase, urgent: boolean): Promise<Outcome> {
    return this.#log(pending, urgent, () => this.#classify(pending, urgent))
  }

  /** The same for a copy that was made some time ago, which is first checked to be what was received. */
  analyseAgain(pending: PendingCase): Promise<Outcome> {
    return this.#log(pending, false, async () => {
      await verifyCopy(this.#folder, pending.sha256)
      return this.#classify(pending, false)
    })
  }

  #classify(pending: PendingCase, urgent: boolean): Promise<Classification> {
    return this.#engine.request('classify', { ...scanFile(this.#folder, pending.sha256), urgent })
  }

  async #log(
    { id: caseId, fileName }: PendingCase,
    urgent: boolean,
    classify: () => Promise<Classification>,
  ): Promise<Outcome> {
    try {
      const classification = await classify().catch(toGyrusError)
      if (!(classification instanceof GyrusError)) {
        await this.#complete(toResult(caseId, classification), urgent)
        if (classification.dicom) this.#noteSlice(classification.dicom)
        return analysed(caseId, fileName, classification)
      }
      // Gyrus is closing: the case is still to be done, it did not fail.
      if (classification.code === 'cancelled') throw classification
      await this.#fail({ caseId, failure: { code: classification.code, details: classification.details } })
      return { caseId, fileName, status: 'failed', failure: classification.toFailure() }
    } finally {
      this.#emit({ type: 'case', id: caseId })
    }
  }
}

export function analysed(caseId: string | null, fileName: string, classification: Classification): Outcome {
  const { confidences, gate, set, region, timings, model } = classification
  const ms = timings.decode + timings.preprocess + timings.inference
  const label = labelOf(gate, confidences)
  return { caseId, fileName, status: 'analysed', label, confidences, gate, set, region, modelId: model.id, ms }
}

export function toResult(
  caseId: string,
  { confidences, image, dicom, statistics, distance, vector, gate, set, region, timings, model }: Classification,
): NewResult {
  return {
    caseId,
    image,
    dicom: dicom ?? null,
    modelId: model.id,
    weightsSha256: model.weightsSha256,
    preprocessingVersion: model.preprocessingVersion,
    engine: model.provider,
    label: labelOf(gate, confidences),
    confidences,
    gate,
    set,
    decodeMs: timings.decode,
    preprocessMs: timings.preprocess,
    inferenceMs: timings.inference,
    statistics,
    distance,
    vector,
    region,
  }
}
