import type { CalibrationImages } from '../../shared/calibration-images.ts'
import type { DicomFacts } from '../../shared/dicom.ts'
import type { ErrorCode, ErrorDetails } from '../../shared/errors.ts'
import type { AnswerSet } from '../../shared/input-gate.ts'
import type { Confidences } from '../../shared/labels.ts'
import type { ModelCard, ModelManifest } from '../../shared/model.ts'
import type { PassedOverKind } from '../../shared/passed-over.ts'
import type { StoredFile } from '../sealed/read.ts'
import type { Inner } from './explain/inner-types.ts'
import type { Session } from './infer/provider.ts'
import type { InputGate } from './input-gate/types.ts'

/** A file with an image. `frame`: which of its images, from 0 on; without it the one that stands for the file. */
export type ImageFile = StoredFile & { frame?: number | undefined }

/** One decoded image: upright (EXIF orientation applied), row-major, interleaved, alpha flattened onto black. */
export interface DecodedImage {
  width: number
  height: number
  /** 1 where all three channels are the same, else 3 (sRGB). */
  channels: 1 | 3
  /** `Uint16Array` for sources of more than 8 bits a sample; values are the stored ones, not stretched. */
  data: Uint8Array | Uint16Array
  /** Format of the source: `jpeg`, `png`, `tiff`, `webp`, `dicom`. */
  format: string
  /** The window that came with it, in stored values; without one it is worked out from the values. */
  window?: DisplayWindow
  /** Whether the file itself names that window; of one that names none it is made of percentiles. */
  windowNamed?: boolean
  /** `value × slope + intercept` is what was measured (of a CT: Hounsfield units); without it values are only greys. */
  scale?: { slope: number; intercept: number }
  /** Without it pixels are square and have no known size. */
  pixel?: PixelSize
  dicom?: DicomFacts
}

/** Grey levels from black (`low`) to white (`high`), in stored values; `high` is always above `low`. */
export interface DisplayWindow {
  low: number
  high: number
}

/** Height and width of a pixel; where the unit is null only their proportion is known. */
export interface PixelSize {
  height: number
  width: number
  unit: 'mm' | null
}

/** What the header of a DICOM image says. */
export interface DicomHeader {
  /** As a classification of the file would give them. */
  facts: DicomFacts
  /** In capitals, as in `HEAD`; of an Enhanced MR in the words of its code. '' where it names none. */
  bodyPart: string
}

/** What the network says about one image. */
export interface Prediction {
  confidences: Confidences
  /** Before temperature, in the order of `LABELS`. */
  logits: Float32Array
  /** Pooled features before the classifier, for similar cases and head training. */
  features: Float32Array
}

/** A model that was checked and is ready to infer. */
export interface Model {
  manifest: ModelManifest
  card: ModelCard
  /** What sets its thresholds and conformal limits; null where none came with it. */
  calibration: CalibrationImages | null
  /** The largest difference from the golden probabilities, within the manifest's tolerance. */
  goldenDifference: number
  /** What runs it, e.g. `onnxruntime-node 1.30.0 cpu`. */
  provider: string
  /** Its name, e.g. `onnxruntime-cpu`. */
  providerName: string
  /** Predicts a batch of preprocessed inputs, each `3 × size × size` (CHW) float32. */
  predict(inputs: Float32Array[]): Promise<Prediction[]>
  /** Runs the network on any square input, `batch × 3 × side × side`, and gives some of its outputs; errors of the provider. */
  run: Session['run']
  /** What heat maps are made of. */
  inner: Inner
  /** What its own images say to its input gate. */
  inputGate: InputGate
  /** What its answer cannot rule out (`answerSetsOf`). */
  answerSet(confidences: Confidences): AnswerSet
  /** How far features are from those of its training images (`distanceTo`); null where it does not carry these. */
  distance(features: Float32Array): number | null
  /** What similar cases are found by (`projected`); null where it carries nothing to compare with. */
  vector(features: Float32Array): { indexId: string; values: Uint8Array } | null
  dispose(): Promise<void>
}

/** What long work is given to be stopped and to say how far it is. */
export interface Following<Progress> {
  signal: AbortSignal
  onProgress(progress: Progress): void
}

/** Some files of an archive, in the order of their names. */
export interface ArchivePage {
  files: ListedFile[]
  /** Where the next page begins; null after the last one. */
  next: number | null
}

export interface ListedFile {
  /** Its path in the archive, with `/`. */
  name: string
  /** To be opened; what it is that is passed over; or why it cannot be opened. */
  is: 'image' | PassedOverKind | { code: ErrorCode; details: ErrorDetails }
}

/** A file as the directory of a medium names it. */
export interface NamedFile {
  /** For a reader. */
  shown: string
  /** Folders and name, from the folder of the directory on; null where it leads out of that. */
  parts: string[] | null
}
