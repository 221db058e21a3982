import type { PixelsHeader } from '../../shared/contract.ts'
import type { ErrorCode, ErrorDetails } from '../../shared/errors.ts'
import type { Confidences } from '../../shared/labels.ts'
import type { ModelCard, ModelManifest } from '../../shared/model.ts'

/** What the core can ask the engine process. Every request is answered once, with the same number. */
export interface EngineRequests {
  /** Loads and checks a model folder; later `classify` requests use it. */
  'load-model': { input: { dir: string }; output: LoadedModel }
  classify: { input: { path: string }; output: Classification }
  pixels: { input: { path: string }; output: { header: PixelsHeader; data: Uint8Array } }
  /** WebP of at most `size` px a side. */
  thumbnail: { input: { path: string; size: number }; output: Uint8Array }
  /** Heartbeat. */
  ping: { input: null; output: null }
}
export type EngineRequestName = keyof EngineRequests
export type EngineInput<N extends EngineRequestName> = EngineRequests[N]['input']
export type EngineOutput<N extends EngineRequestName> = EngineRequests[N]['output']

export interface LoadedModel {
  manifest: ModelManifest
  card: ModelCard
  provider: string
}

export interface Classification {
  /** The model that did it. */
  model: ModelIdentity
  confidences: Confidences
  image: { format: string; width: number; height: number }
  /** Milliseconds for this image; inference is its share of the batch that it was in. */
  timings: { decode: number; preprocess: number; inference: number }
}

/** What a result is bound to. */
export interface ModelIdentity {
  id: string
  weightsSha256: string
  preprocessingVersion: string
  provider: string
}

/** From core to engine. */
export type ToEngine =
  | { [N in EngineRequestName]: { id: number; name: N; input: EngineInput<N> } }[EngineRequestName]
  | { cancel: number }

/** From engine to core; the first message is `ready`. */
export type FromEngine =
  | { ready: true }
  | { id: number; output: EngineOutput<EngineRequestName> }
  | { id: number; failure: { code: ErrorCode; details: ErrorDetails } }
