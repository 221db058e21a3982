import type { Gate } from '../../shared/input-gate.ts'
import type { Confidences, Label } from '../../shared/labels.ts'
import type { Step } from '../../shared/what-if.ts'
import type { Experiment } from '../../shared/what-if-contract.ts'

export interface NewExperiment {
  caseId: string
  modelId: string
  weightsSha256: string
  preprocessingVersion: string
  engine: string
  /** Of the file, from 0 on; null for its one image, or the frame that stands for it. */
  frame: number | null
  steps: Step[]
  /** Null where the model does not judge the picture. */
  label: Label | null
  confidences: Confidences
  gate: Gate
  by: string
}

export interface ExperimentReads {
  /** What was tried out on a case, newest first. */
  experimentsOf(caseId: string): Promise<Experiment[]>
  /** Cases whose files were made of these cases', and of theirs. */
  editedFrom(caseIds: string[]): Promise<string[]>
}

export interface ExperimentStore extends ExperimentReads {
  /** @returns its id. @throws GyrusError `case-unknown` */
  keepExperiment(made: NewExperiment): Promise<number>
}
