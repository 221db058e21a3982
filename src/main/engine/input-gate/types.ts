import type { DicomFacts } from '../../../shared/dicom.ts'
import type { GateReason, GateVerdict } from '../../../shared/input-gate.ts'
import type { InputStatistics } from '../../../shared/input-statistics.ts'

/** What is measured of a decoded picture before the network sees it. */
export interface Look {
  width: number
  height: number
  colour: boolean
  /** Share of the pixels that have another value than the commonest one, 0–1. */
  varied: number
}

/** All that is known of an image when the model has answered. */
export interface Asked {
  look: Look
  statistics: InputStatistics
  /** Of a DICOM image. */
  dicom: DicomFacts | undefined
  /** From the model’s training images; null where it does not carry what these were like. */
  distance: number | null
}

/** From where on an image is borderline, and outside. */
export interface Limit {
  borderline: number
  outside: number
}

/** What a model’s own images set; null where it carries nothing to set it by. */
export interface GateLimits {
  distance: Limit | null
}

/** One thing that can be wrong with an image. */
export interface Check {
  reason: GateReason
  /** Null where nothing is wrong. */
  judge(asked: Asked, limits: GateLimits): Exclude<GateVerdict, 'near'> | null
}

/** What is above a limit. */
export const above = (value: number, { borderline, outside }: Limit) =>
  value > outside ? 'outside' : value > borderline ? 'borderline' : null
