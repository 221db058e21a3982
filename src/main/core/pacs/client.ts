import type { ErrorCode, ErrorDetails } from '../../../shared/errors.ts'
import type { FoundImage, FoundSeries, PacsTest, StudiesFound, StudyQuery } from '../../../shared/pacs.ts'

/** An object that came, as a file that is there until `onObject` has settled. */
export interface RetrievedFile {
  /** Part 10 file, sealed where there is a key. */
  path: string
  key: Uint8Array | null
  sopInstanceUid: string
}

/** What became of it here; the PACS is told. */
export type Kept = 'kept' | 'out-of-resources' | 'failed'

/** What the PACS says of all that it is asked to send. */
export interface RetrieveProgress {
  done: number
  failed: number
  /** Objects that hold no image, and were left where they are. */
  passed: number
  /** Null while it does not say. */
  total: number | null
}

export interface RetrieveFollowing {
  signal: AbortSignal
  /** Never rejects. Not called where the PACS sends to the listener (C-MOVE). */
  onObject(file: RetrievedFile): Promise<Kept>
  onProgress(progress: RetrieveProgress): void
}

/** One for each object, in their order. */
export interface StoreOutcome {
  sopInstanceUid: string
  /** Null: the PACS has it. */
  failure: { code: ErrorCode; details: ErrorDetails } | null
}

/** What a PACS can be asked, however it is spoken to. All of it may take long: whoever asks gives a signal. */
export interface PacsClient {
  /** @throws GyrusError `pacs-*` */
  test(signal: AbortSignal): Promise<PacsTest>
  /** @throws GyrusError `pacs-*` */
  studies(query: StudyQuery, signal: AbortSignal): Promise<StudiesFound>
  /** @throws GyrusError `pacs-*` */
  series(studyUid: string, signal: AbortSignal): Promise<FoundSeries[]>
  /** @throws GyrusError `pacs-*` */
  images(studyUid: string, seriesUid: string, signal: AbortSignal): Promise<FoundImage[]>
  /**
   * Has a study, or a series of it, sent. Settles when all has come.
   *
   * @throws GyrusError `pacs-*`, `cancelled`; what came before stays
   */
  retrieve(
    what: { studyUid: string; seriesUid: string | null },
    following: RetrieveFollowing,
  ): Promise<RetrieveProgress>
  /**
   * Sends whole DICOM files (PS3.10).
   *
   * @throws GyrusError `pacs-*`, `cancelled` where none could be sent at all
   */
  store(objects: Uint8Array[], signal: AbortSignal): Promise<StoreOutcome[]>
}
