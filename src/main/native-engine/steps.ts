import type { InstallStep } from '../../shared/native-engine.ts'
import type { Parts } from './parts.ts'
import type { Tools } from './tools.ts'

/** What a step has to work with. */
export interface StepContext {
  parts: Parts
  tools: Tools
  /** Folder of this installation; finished steps left their outputs in it. */
  work: string
  /** Empty at the start of a step. */
  scratch: string
  env: NodeJS.ProcessEnv
  signal: AbortSignal | undefined
  /** Tells the share of this step that is done, 0–1. */
  onShare: (share: number) => void
}

/** A step that leaves something; once that is there the step is not repeated. */
export interface Step {
  name: InstallStep
  /** Usual duration on 2 cores, s. Weighs the shares of the whole. */
  seconds: number
  /** What it leaves, from the work folder. */
  output: string
  /** Whether an output of earlier is what it should be; by default one that is there is. */
  isWhole?: (path: string, context: StepContext) => Promise<boolean>
  /** @returns the path of what it made, in the scratch folder or beside its final place; it is moved to `output` */
  make: (context: StepContext) => Promise<string>
}
