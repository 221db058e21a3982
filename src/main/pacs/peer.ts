import type { FoundImage, FoundSeries, PacsTest, StudiesFound, StudyQuery } from '../../shared/pacs.ts'
import type { ObjectPlace, ReceivedObject } from '../listener/protocol.ts'
import type { Failed, Kept, Progress, What } from './protocol.ts'

/** Where what is retrieved goes. */
export interface Sink extends ObjectPlace {
  /** Settles when the core has answered for the file, which is its own from then on. */
  onObject(received: ReceivedObject): Promise<Kept>
  onProgress(progress: Progress): void
}

export interface Stored {
  sopInstanceUid: string
  /** Null: the PACS has it. */
  failure: Failed | null
}

/**
 * A PACS as this process speaks to it, in one way or another. All of it ends when the signal that it was made with is
 * aborted.
 *
 * @throws GyrusError `pacs-*`, `cancelled` by each method
 */
export interface Peer {
  test(): Promise<PacsTest>
  studies(query: StudyQuery): Promise<StudiesFound>
  series(studyUid: string): Promise<FoundSeries[]>
  images(studyUid: string, seriesUid: string): Promise<FoundImage[]>
  retrieve(what: What, sink: Sink): Promise<Progress>
  store(objects: Uint8Array[]): Promise<Stored[]>
}
