import type { Gate } from '../../shared/input-gate.ts'
import type { Label } from '../../shared/labels.ts'
import type { FeatureVector } from './case-types.ts'

/** The case that others are compared with. */
export interface Compared {
  /** The one whose image was answered: of a series its key slice. */
  caseId: string
  result: {
    /** Null where the model does not judge the image, which `gate` says. */
    label: Label | null
    gate: Gate | null
    modelId: string
    weightsSha256: string
    preprocessingVersion: string
  }
  sha256: string | null
  /** The patient's id, else the name. */
  patient: string | null
  vector: FeatureVector | null
  /** Cases that are the same: itself, and the slices of its series. */
  own: string[]
}

/** A signed case's vector, with the signature by which it was found. */
export interface SignedVector {
  signature: number
  caseId: string
  sha256: string
  values: Uint8Array
}

/** A signed case as it stands now. */
export interface SignedNow {
  caseId: string
  sha256: string
  patient: string | null
  /** What the reader says it is; null where they could not tell, or named something that is none of the labels. */
  label: Label | null
  signedAt: string
}

export interface SimilarReads {
  /** Null where the case has no answer. @throws GyrusError `case-unknown` */
  comparedCase(id: string): Promise<Compared | null>
  /** Vectors of an index, of cases that were signed, by signature; those after `after`. */
  signedVectors(indexId: string, after: number, limit: number): Promise<SignedVector[]>
  /** Those of the cases that still stand signed and settled, and have their image; no series. */
  signedNow(caseIds: string[]): Promise<SignedNow[]>
}
