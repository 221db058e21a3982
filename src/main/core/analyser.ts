import type { Region } from '../../shared/brain-region.ts'
import { headerCautions } from '../../shared/cautions.ts'
import type { DicomFacts } from '../../shared/dicom.ts'
import { type ErrorDetails, type Failure, GyrusError, toGyrusError } from '../../shared/errors.ts'
import type { AnswerSet, Gate } from '../../shared/input-gate.ts'
import type { Confidences, Label } from '../../shared/labels.ts'
import type { CaseFailure, FrameAnswers, NewResult, PendingCase, Store } from '../store/types.ts'
import type { DataFolder } from './data-folder.ts'
import { areFilesAway } from './department/files/errors.ts'
import type { Emit } from './events.ts'
import { type FrameParts, type ReadScan, readScan } from './frames/read.ts'
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
      /** What must be said beside it by its header, or by what its frames came to; none where no label is told of one image. */
      cautions: string[]
      modelId: string
      ms: number
      /** Of a file of several frames, where all of them were read; null of any other. */
      frames: FrameAnswers | null
    }
  /** `details`: what the failure is told with, where no case has it on record. */
  | { status: 'failed'; failure: Failure; details?: ErrorDetails }
  /** Of a batch: analysed before, in the case `caseId`. */
  | { status: 'skipped' }
)

interface AnalyserParts extends FrameParts {
  folder: DataFolder
  store: Store
  emit: Emit
  /** Told of each DICOM image that has its answer. */
  noteSlice: (facts: DicomFacts) => void
}

/** What has received scans analysed: here, or by whichever workstation of the department can. */
export interface Analyses {
  /**
   * @param urgent whether a reader waits for it; it then goes before what is only to be done
   * @throws GyrusError only where the outcome could not be logged; the case then stays `received`
   */
  analyse(pending: PendingCase, urgent: boolean): Promise<Outcome>
  /** The same for a copy that was made some time ago, which is first checked to be what was received. */
  analyseAgain(pending: PendingCase): Promise<Outcome>
}

/** Has received scans read by the engine of this workstation and logs what it says. */
export class Analyser implements Analyses {
  readonly #frames: FrameParts
  readonly #folder: DataFolder
  readonly #emit: Emit
  readonly #noteSlice: (facts: DicomFacts) => void
  readonly #complete: (result: NewResult, urgent: boolean) => Promise<void>
  readonly #fail: (failure: { caseId: string; failure: CaseFailure }) => Promise<void>

  constructor(parts: AnalyserParts) {
    this.#frames = parts
    this.#folder = parts.folder
    this.#emit = parts.emit
    this.#noteSlice = parts.noteSlice
    this.#complete = groupCommit((results) => parts.store.complete(results))
    this.#fail = groupCommit((failures) => parts.store.fail(failures))
  }

  analyse(pending: PendingCase, urgent: boolean): Promise<Outcome> {
    return this.#log(pending, urgent, () => this.#read(pending, urgent))
  }

  analyseAgain(pending: PendingCase): Promise<Outcome> {
    return this.#log(pending, false, async () => {
      await verifyCopy(this.#folder, pending.sha256)
      return this.#read(pending, false)
    })
  }

  async #read(pending: PendingCase, urgent: boolean): Promise<ReadScan> {
    return readScan(this.#frames, await scanFile(this.#folder, pending.sha256), urgent)
  }

  async #log({ id: caseId, fileName }: PendingCase, urgent: boolean, read: () => Promise<ReadScan>): Promise<Outcome> {
    try {
      const scan = await read().catch(toGyrusError)
      if (!(scan instanceof GyrusError)) {
        await this.#complete({ ...scan, caseId }, urgent)
        if (scan.dicom) this.#noteSlice(scan.dicom)
        return analysed(caseId, fileName, scan)
      }
      // Gyrus is closing, or its file cannot be had now: the case is still to be done, it did not fail.
      if (scan.code === 'cancelled' || areFilesAway(scan)) throw scan
      await this.#folder.files.check()
      await this.#fail({ caseId, failure: { code: scan.code, details: scan.details } })
      return { caseId, fileName, status: 'failed', failure: scan.toFailure() }
    } finally {
      this.#emit({ type: 'case', id: caseId })
    }
  }
}

/** @param scan whose gate was asked */
export function analysed(caseId: string | null, fileName: string, scan: ReadScan): Outcome {
  const { label, confidences, gate, set = null, region, modelId, frames = null } = scan
  if (!gate || !region) throw new GyrusError('internal', { reason: 'the input gate was not asked' })
  const ms = scan.decodeMs + scan.preprocessMs + scan.inferenceMs
  const cautions = frames?.standing.cautions ?? (label === null ? [] : headerCautions(scan.dicom ?? null))
  return { caseId, fileName, status: 'analysed', label, confidences, gate, set, region, cautions, modelId, ms, frames }
}
