import type { DicomFacts } from '../../../shared/dicom.ts'
import type { GateReason, GateVerdict } from '../../../shared/input-gate.ts'
import type { GateLimit, GateMeasure } from '../../../shared/input-gate-file.ts'
import type { InputStatistics } from '../../../shared/input-statistics.ts'

/** What is measured of a picture, apart from what the network sees of it. Shares are 0–1. */
export interface Look {
  width: number
  height: number
  /** Share of the pixels that are in colour. */
  coloured: number
  /** Share of the pixels that have another value than the commonest one. */
  varied: number
  /** Share of the head’s pixels that have the highest value that occurs, or the lowest. */
  clipped: number
  /** Share of the picture’s border that the head lies on. */
  cut: number
  /** Share of the picture that is bright, thin and beside the head. */
  marks: number
  /** How far a regular pattern stands out of the picture’s spectrum (`patternOf`). */
  pattern: number
}

/** All that is known of an image when the model has answered. */
export interface Asked {
  look: Look
  statistics: InputStatistics
  /** Of a DICOM image. */
  dicom: DicomFacts | undefined
  /** From the model’s training images by features; null where it does not carry what these were like. */
  distance: number | null
  /** The same by the outline. */
  shape: number | null
}

/** What a model’s own images set; null where it came without. */
export type GateLimits = Record<GateMeasure, GateLimit> | null

/** What a model’s own images say to its input gate. */
export interface InputGate {
  limits: GateLimits
  /** How far an outline is from the nearest of a training image; null where none came with the model. */
  shape(outline: Float32Array): number | null
}

/** One thing that can be wrong with an image. */
export interface Check {
  reason: GateReason
  /** Null where nothing is wrong. */
  judge(asked: Asked, limits: GateLimits): Exclude<GateVerdict, 'near'> | null
}
