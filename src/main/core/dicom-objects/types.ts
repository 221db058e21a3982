import type { Verdict } from '../../../shared/cases.ts'
import type { AnswerSet, Gate } from '../../../shared/input-gate.ts'
import type { Confidences, Label, VerdictLabel } from '../../../shared/labels.ts'

/** Patient module, as it stands in the source. A value that the source leaves empty or does not have is ''. */
export interface PatientFacts {
  /** In DICOM's form: `Family^Given^Middle^Prefix^Suffix`, groups of other scripts after `=`. */
  name: string
  id: string
  /** Issuer of Patient ID (0010,0021): two hospitals may give out the same ID. */
  issuer: string
  /** `YYYYMMDD` */
  birthDate: string
  /** `M`, `F`, `O` */
  sex: string
}

/** General Study module, as it stands in the source; a result belongs to the study of its images. */
export interface StudyFacts {
  uid: string
  /** `YYYYMMDD` */
  date: string
  /** `HHMMSS`, fraction allowed. */
  time: string
  id: string
  accessionNumber: string
  referringPhysician: string
  description: string
}

/** One image that a result speaks of. All have the same patient and study. */
export interface ImageReference {
  seriesUid: string
  classUid: string
  uid: string
  /** Frames that are meant, from 1, of an image that has several; none where the whole image is meant. */
  frames: number[]
}

export interface Source {
  patient: PatientFacts
  study: StudyFacts
  /** Defined term of (0008,0060), like `MR`. */
  modality: string
  /** '' where the images have none. */
  frameOfReferenceUid: string
  /** At least one, in the order that they should stand in. */
  images: ImageReference[]
}

/** How the answers of slices became that of their series. */
export interface SeriesSummary {
  rule: { id: string; text: string }
  slices: number
  counted: number
  /** Number of the slice that stands for the series, from 1 on. */
  key: number
  /** How many slices decided. */
  deciding: number
  cautions: string[]
}

/** What the model said. */
export interface AiResult {
  /** Names the result for good; with it go the UIDs of what is made of it. */
  id: string
  /** Null where the model does not judge the image. */
  label: Label | null
  /** Sum to 1. */
  confidences: Confidences
  /** Null for results from before there was one. */
  gate: Gate | null
  set: AnswerSet
  algorithm: { name: string; version: string }
  model: { id: string; weightsSha256: string }
  /** What the header of a single image asks to be said; a series has its own. */
  cautions: string[]
  /** Of a series; null where the answer is one image's. The images are then those that decided, the key slice first. */
  series: SeriesSummary | null
  /** UTC, ISO 8601. */
  at: string
}

/** What a reader said of it. */
export interface ReaderVerdict {
  id: string
  verdict: Verdict
  /** What it is by the reader, where they disagree or the model does not judge. */
  label: VerdictLabel | null
  comment: string
  /** Full name. */
  reader: string
  /** UTC, ISO 8601. */
  at: string
  /** null: given, but nobody answers for it yet. */
  signed: { by: string; at: string } | null
}

/** What makes the objects. */
export interface Installation {
  /** A UUID, made once and kept: the UIDs of all objects come from it. */
  id: string
  softwareVersion: string
  /** Who verifies results here (0040,A027); '' where nobody has said so. */
  organisation: string
  /** Of local time from UTC, minutes: DICOM's dates and times are local. */
  utcOffsetMinutes: number
}

/** An object of ours that a new one supersedes. */
export interface ObjectReference {
  studyUid: string
  seriesUid: string
  classUid: string
  uid: string
}

export interface ResultInput {
  source: Source
  result: AiResult
  /** null: nobody has read it yet. */
  verdict: ReaderVerdict | null
  /** What this one takes the place of, newest first. */
  predecessors: ObjectReference[]
  installation: Installation
  /** When the object is made; UTC, ISO 8601. */
  at: string
}

/** An object as a Part 10 file, and how others refer to it. */
export interface MadeObject {
  reference: ObjectReference
  file: Uint8Array
}
