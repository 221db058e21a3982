import type { LiveRun, RunSummary, TrainingRequest } from '../../../shared/training.ts'

/** Training runs, whoever trains them: this workstation, or any of the department's. */
export interface TrainingRuns {
  /** Runs that a kill broke off; they can be resumed. To be called once, at the start. */
  markInterrupted(): Promise<void>
  /** Trains what waits, as long as Gyrus is open. */
  startQueued(): Promise<void>
  /** Puts a new run into the queue. @throws GyrusError `training-run-name`, `training-run-exists` */
  start(request: TrainingRequest, actor: string, id?: string): Promise<string>
  /** The run of this name: begun, gone on with, or left alone where it is under way or finished. */
  startOrResume(id: string, request: TrainingRequest, actor: string): Promise<void>
  /** Puts a run that was broken off back into the queue. @throws GyrusError `training-run-unknown`, `training-run-state`, `training-run-elsewhere` */
  resume(id: string, actor: string): Promise<void>
  /** Ends a run after its step, or takes it out of the queue. @throws GyrusError as `resume` */
  cancel(id: string, actor: string): Promise<void>
  /** What a queued or running run comes to; errors as of the trainer. */
  outcome(id: string): Promise<RunSummary>
  /** Whether this workstation trains, or is to. */
  readonly busy: boolean
  /** How a queued or running run comes along; null where it is neither, or nothing was heard of it yet. */
  live(id: string): LiveRun | null | Promise<LiveRun | null>
  /**
   * Interrupts what runs here, whose last epoch is kept.
   *
   * @param goOn who had Gyrus end and wants it to go on by itself at the next start; null where a reader is to decide then
   */
  close(goOn?: string | null): Promise<void>
}
