import type { Region, RegionView } from '../../shared/brain-region.ts'
import type { PixelsHeader } from '../../shared/contract.ts'
import type { DatasetAudit, DatasetSource, DatasetSplit, SplitOptions, TaskProgress } from '../../shared/dataset.ts'
import type { DeidentifyExport, DeidentifyInput } from '../../shared/deidentify.ts'
import type { DicomFacts } from '../../shared/dicom.ts'
import type { ErrorCode, ErrorDetails } from '../../shared/errors.ts'
import type { Evaluated, EvaluateRequest } from '../../shared/evaluate-set.ts'
import type { FrozenContent } from '../../shared/frozen-dataset.ts'
import type { GateResult, Gate as ModelGate, ReferenceSet, ReferenceSource } from '../../shared/gate.ts'
import type { AnswerSet, Gate } from '../../shared/input-gate.ts'
import type { InputStatistics } from '../../shared/input-statistics.ts'
import type { Confidences } from '../../shared/labels.ts'
import type { ModelCard, ModelManifest } from '../../shared/model.ts'
import type { KnownFiles, SetComparison } from '../../shared/models.ts'
import type { FoundProvider, ProviderOutcome } from '../../shared/providers.ts'
import type { Drawing } from '../../shared/region-drawing.ts'
import type { Pixels, ResultCaption } from '../../shared/result-picture.ts'
import type { TraitAudit } from '../../shared/shortcuts.ts'
import type { Survey } from '../../shared/survey.ts'
import type { PreviewRequest, PreviewSheet, RecipeInfo, RunSummary, TrainingProgress } from '../../shared/training.ts'
import type { TrainingProbe } from '../../shared/training-time.ts'
import type { View } from '../../shared/view.ts'
import type { Flips, Step, Variation } from '../../shared/what-if.ts'
import type { StoredFile } from '../sealed/read.ts'
import type { FoundBrain } from './brain-region/found.ts'
import type { FreezeInput } from './dataset/freeze.ts'
import type { LabelledImage } from './dataset/types.ts'
import type { ExplainInput } from './explain/index.ts'
import type { Explained } from './explain/types.ts'
import type { Packaged, PackageInput } from './package-run/types.ts'
import type { ProbeInput } from './train/probe.ts'
import type { TrainInput } from './train/run/types.ts'
import type { ArchivePage, DicomHeader, DisplayWindow, ImageFile, NamedFile } from './types.ts'

/** What the core can ask the engine process. Every request is answered once, with the same number. */
export interface EngineRequests {
  /** Loads and checks a model folder; later `classify` requests use it. */
  'load-model': { input: ModelRef; output: LoadedModel }
  /**
   * `urgent`: a reader waits for it; it goes before what is only to be done. `entry`: a file in the ZIP file.
   */
  classify: { input: ImageFile & { urgent?: boolean; entry?: string }; output: Classification }
  /**
   * What a DICOM image says of itself, without looking at its pixels. `dicom-none` for a file that is none, `dicom-no-image`
   * for one without a picture, and what else is wrong with it.
   */
  describe: { input: StoredFile; output: DicomHeader }
  /** Files of a ZIP file from the `first` one on; so many that it takes no minute. */
  'list-archive': { input: StoredFile & { first: number }; output: ArchivePage }
  /** What a file in a ZIP file holds. */
  'read-entry': { input: StoredFile & { entry: string }; output: Uint8Array }
  /** The files that a DICOMDIR names. */
  'read-directory': { input: StoredFile; output: NamedFile[] }
  pixels: { input: ImageFile; output: { header: PixelsHeader; data: Uint8Array } }
  /** The window at which the image opens, in measured values, and whether its file names it; null where it is in colour. */
  window: { input: ImageFile; output: (DisplayWindow & { named: boolean }) | null }
  /** WebP of at most `size` px a side. */
  thumbnail: { input: ImageFile & { size: number }; output: Uint8Array }
  /** The image as a reader looks at it, for paper. `view`: null as the viewer opens it. */
  picture: { input: ImageFile & { view: View | null }; output: Picture }
  /** The image as the viewer opens it, with what the model says of it, for viewers that show pictures alone. */
  'result-picture': { input: ImageFile & { caption: ResultCaption; fontsDir: string }; output: Pixels }
  /**
   * What in an image speaks for a class by the active model (`explain`). It is painted, too, where `fontsDir` says where the
   * fonts of the reports are, or it is to be `bare`, without words.
   */
  explain: {
    input: ImageFile & { entry?: string; fontsDir?: string; bare?: boolean } & ExplainInput
    output: Explanation
  }
  /** The brain region of an image, measured, with the map of where left and right differ. */
  region: { input: ImageFile; output: RegionMap }
  /** What the active model says of a file after steps of an edit. `picture`: it is drawn for a page, too. */
  'what-if': { input: ToEdit & { picture: boolean }; output: WhatIf }
  /** The same, why. */
  'what-if-heat': { input: ToEdit & Pick<ExplainInput, 'label' | 'method'>; output: Explanation }
  /** What the steps make of the file, as a PNG with all its pixels. */
  'what-if-file': { input: ToEdit; output: Uint8Array }
  /** How what the model says moves with small changes of what the steps made. */
  'what-if-stability': { input: ToEdit; output: Stability }
  /** The training recipes, the default first. */
  recipes: { input: null; output: RecipeInfo[] }
  /** Heartbeat. */
  ping: { input: null; output: null }
}
export type EngineRequestName = keyof EngineRequests
export type EngineInput<N extends EngineRequestName> = EngineRequests[N]['input']
export type EngineOutput<N extends EngineRequestName> = EngineRequests[N]['output']

/**
 * Long requests, which may take hours: `runTask` sends them to a process of their own, so that reading stays quick and
 * nothing takes them for hung. They tell how far they are before they are answered.
 */
export interface EngineTasks {
  'audit-dataset': { input: DatasetSource; output: DatasetAudit; progress: TaskProgress }
  /** The same, with a page that shows the copies side by side. */
  'audit-dataset-page': { input: DatasetSource; output: AuditPage; progress: TaskProgress }
  'split-dataset': {
    input: { source: DatasetSource; options: SplitOptions }
    output: DatasetSplit
    progress: TaskProgress
  }
  'preview-augmentation': { input: PreviewRequest; output: PreviewSheet; progress: TaskProgress }
  'probe-training': { input: ProbeInput; output: TrainingProbe; progress: TaskProgress }
  train: { input: TrainInput; output: RunSummary; progress: TrainingProgress }
  /** Makes a model's folder of a finished run, measured and with its card. */
  'package-run': { input: PackageInput; output: Packaged; progress: TaskProgress }
  'evaluate-set': { input: EvaluateRequest; output: Evaluated; progress: TaskProgress }
  'evaluate-runs': { input: { files: string[]; html: boolean }; output: Evaluated; progress: TaskProgress }
  'audit-shortcuts': { input: DatasetSource; output: TraitAudit; progress: TaskProgress }
  /** Loads a model as it would be loaded to serve, golden images and all. */
  'check-model': { input: ModelRef; output: LoadedModel; progress: TaskProgress }
  /** What a model repository of NVIDIA Triton says of a model: texts by the names of their files. */
  'triton-files': { input: ModelRef; output: Record<string, string>; progress: TaskProgress }
  /** One file through a model that need not be the one in force. */
  'classify-with': { input: ImageFile & { model: ModelRef }; output: Classification; progress: TaskProgress }
  /** All providers of inference that this build knows. */
  'find-providers': { input: null; output: FoundProvider[]; progress: TaskProgress }
  'try-provider': { input: ProviderTry; output: ProviderOutcome; progress: TaskProgress }
  'run-gate': { input: GateInput; output: GateResult; progress: TaskProgress }
  'lock-reference': { input: ReferenceSource; output: ReferenceSet; progress: TaskProgress }
  'compare-models': { input: CompareInput; output: SetComparison; progress: TaskProgress }
  /** What a set calls its classes, before anything is copied. */
  'survey-dataset': { input: DatasetSource; output: Survey; progress: TaskProgress }
  /** Copies a set's images into the store; the core makes it a version. */
  'freeze-dataset': { input: FreezeInput; output: FrozenContent; progress: TaskProgress }
  /** Where the brain is in a file. */
  'brain-region': { input: StoredFile & { draw: Drawing | null }; output: FoundBrain; progress: TaskProgress }
  /** Copies DICOM images without what tells of a patient. */
  deidentify: { input: DeidentifyInput; output: DeidentifyExport; progress: TaskProgress }
}
export type EngineTaskName = keyof EngineTasks
export type TaskInput<N extends EngineTaskName> = EngineTasks[N]['input']
export type TaskOutput<N extends EngineTaskName> = EngineTasks[N]['output']
export type ProgressOf<N extends EngineTaskName> = EngineTasks[N]['progress']

/** A model's folder. */
export interface ModelRef {
  dir: string
  /** What the record knows of its files; without it the folder vouches for itself. */
  known?: KnownFiles
}

export interface ProviderTry {
  provider: string
  model: ModelRef
  /** Where the native engine is; null where there is none. */
  nativeDir: string | null
}

export interface GateInput {
  candidate: ModelRef
  active: ModelRef & { id: string }
  gate: ModelGate
  /** The last signed cases with what their readers said; empty where the gate does not ask for them. */
  signed: LabelledImage[]
  /** Why there is no reference set; null where there is one. */
  withoutReference: string | null
}

export interface CompareInput {
  first: ModelRef
  second: ModelRef
  source: DatasetSource
}

export interface AuditPage {
  audit: DatasetAudit
  /** Stands alone. */
  html: string
}

export interface LoadedModel {
  manifest: ModelManifest
  card: ModelCard
  provider: string
  /** Which of `findProviders` that is. */
  providerName: string
}

export interface Classification {
  /** The model that did it. */
  model: ModelIdentity
  confidences: Confidences
  image: { format: string; width: number; height: number }
  /** What a DICOM file says of itself. */
  dicom?: DicomFacts
  statistics: InputStatistics
  /** From the model’s training images, see `distanceTo`; null where it does not carry what they were like. */
  distance: number | null
  /** What similar cases are found by (`projected`); null where the model carries nothing to compare with. */
  vector: { indexId: string; values: Uint8Array } | null
  /** Whether the model may be asked about this image. */
  gate: Gate
  set: AnswerSet
  /** What is measured of the brain in it; the model is told nothing of that. */
  region: Region
  /** Milliseconds for this image; inference is its share of the batch that it was in. */
  timings: { decode: number; preprocess: number; inference: number }
}

/** As a page gets it; the map in median greys of the region, 0 and more. */
export type RegionMap = Omit<RegionView, 'map'> & {
  map: (Omit<NonNullable<RegionView['map']>, 'values'> & { values: Float32Array }) | null
}

/** A heat map with the model that it is of, and as a PNG where that was asked for. */
export type Explanation = Explained & { model: ModelIdentity; png: Uint8Array | null }

/** A file and what is done to it. */
type ToEdit = ImageFile & { entry?: string; steps: Step[] }

export interface WhatIf {
  model: ModelIdentity
  confidences: Confidences
  /** As of a classification. */
  gate: Gate
  set: AnswerSet
  /** As the steps leave it. */
  image: { width: number; height: number; channels: 1 | 3; bitsPerSample: 8 | 16 }
  /** For a page: of the same proportions, its longer side 1,024 px at most. */
  png: Uint8Array | null
  /** Milliseconds; decoding is part of the first edit. */
  timings: { edit: number; predict: number; draw: number }
}

/** A prediction for each of the `VARIATIONS`, in their order, and for each of `FLIPS`. */
export interface Stability {
  model: ModelIdentity
  curves: Record<Variation, Confidences[]>
  flips: Record<Flips, Confidences>
  /** How many of all of them the model does not judge. */
  notJudged: number
}

/** A greyscale (or, for images in colour, RGB) PNG of a view, and what was found of the image on the way. */
export interface Picture {
  png: Uint8Array
  /** Of the image as decoded, px. */
  width: number
  height: number
  channels: 1 | 3
  bitsPerSample: 8 | 16
  /** All pixels are the same. */
  empty: boolean
  /** The view that was drawn. */
  view: View
  /** Turns its window into what was measured; null where values are only greys. */
  scale: { slope: number; intercept: number } | null
}

/** What a result is bound to. */
export interface ModelIdentity {
  id: string
  weightsSha256: string
  preprocessingVersion: string
  provider: string
}

/** From core to engine. `files`: what opens the files of an encrypted data folder, for tasks alone. */
export type ToEngine =
  | { [N in EngineRequestName]: { id: number; name: N; input: EngineInput<N>; files?: Uint8Array } }[EngineRequestName]
  | { [N in EngineTaskName]: { id: number; name: N; input: TaskInput<N>; files?: Uint8Array } }[EngineTaskName]
  | { cancel: number }

/** From engine to core; the first message is `ready`. */
export type FromEngine =
  | { ready: true }
  | { id: number; output: EngineOutput<EngineRequestName> | TaskOutput<EngineTaskName> }
  | { id: number; progress: ProgressOf<EngineTaskName> }
  | { id: number; failure: { code: ErrorCode; details: ErrorDetails } }
