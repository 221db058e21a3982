import type { ErrorCode, ErrorDetails } from '../../shared/errors.ts'
import type { PacsSettings, StudyQuery } from '../../shared/pacs.ts'
import type { ObjectPlace, ReceivedObject } from '../listener/protocol.ts'

/** A study, or a series of it. */
export interface What {
  studyUid: string
  seriesUid: string | null
}

/** What is asked of a PACS: one thing for each life of the process. */
export type PacsTask =
  | { test: true }
  | { studies: StudyQuery }
  | { series: string }
  | { images: { studyUid: string; seriesUid: string } }
  | { retrieve: What; place: ObjectPlace }
  /** Whole DICOM files. */
  | { store: Uint8Array[] }

export interface Asked {
  settings: PacsSettings
  secret: string | null
  /** AE title of the listener here, which a PACS is to send to (C-MOVE). */
  listenerAe: string
  task: PacsTask
}

export type ToPacs = { ask: Asked } | { object: number; kept: Kept } | { cancel: true }

/** What became of an object here: it is on record or was passed over, or why not. */
export type Kept = 'kept' | 'out-of-resources' | 'failed'

/** A GyrusError on its way. */
export interface Failed {
  code: ErrorCode
  details: ErrorDetails
}

/** What the PACS says of all that it is to send; `total` is null while it does not say. */
export interface Progress {
  done: number
  failed: number
  /** Objects that hold no image, and were left where they are. */
  passed: number
  total: number | null
}

/** The first message is `ready`, the last one `answer` or `failed`. */
export type FromPacs =
  | { ready: true }
  | { progress: Progress }
  /** It waits until the core has answered for it. */
  | { object: number; received: ReceivedObject }
  /** By the task: what PacsClient's methods give (core/pacs/client.ts); checked there before it is believed. */
  | { answer: unknown }
  | { failed: Failed }
