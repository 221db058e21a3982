import type { DepartmentStatus, Station } from '../../../shared/department.ts'
import type { PendingCase } from '../../store/types.ts'

/** A case that is to be analysed, by whichever workstation can. */
export interface CaseJob extends PendingCase {
  /** Its copy was made some time ago, and is first checked to be what was received. */
  again: boolean
}

/** What goes first: a scan that somebody waits for, before what is only to be done. */
export const PRIORITY = { opened: 100, batch: 10 } as const
export type Priority = keyof typeof PRIORITY

export interface Asked {
  job: CaseJob
  priority: Priority
}

/** What a workstation can train: the last layer only, or whole networks, on its processor or on a GPU. */
export type TrainingMeans = 'head' | 'native' | 'gpu'

/** A run that is to be trained, by whichever workstation has the means. */
export interface TrainingJob {
  run: string
  /** Who wanted it. */
  actor: string
  needs: TrainingMeans
}

/** Trainings in the department's queue: each is in it once. */
export interface TrainingQueue {
  /** What is in it already, or under way, stays so. */
  add(jobs: TrainingJob[]): Promise<void>
  /**
   * Takes what can be trained here, one after the other, until `rest`. @param take never rejects; its signal tells that the
   * job is another workstation's now
   */
  work(means: TrainingMeans, take: (job: TrainingJob, signal: AbortSignal) => Promise<Taken>): Promise<void>
  /** Takes no more; what is under way comes to its end first. */
  rest(): Promise<void>
  /** Hands over what no workstation got done. @param note told of each, before it is forgotten */
  givenUp(note: (job: TrainingJob) => Promise<void>): Promise<void>
}

/** What a workstation says of a job that it took; one that is not done is tried again, here or elsewhere. */
export type Taken = 'done' | 'not-done'

/** Who works, and on how much. */
export interface QueueStatus extends Pick<DepartmentStatus, 'putAside'> {
  stations: Omit<Station, 'run'>[]
  queue: Omit<DepartmentStatus['queue'], 'trainings' | 'doneLastMinute'>
}

export type Changed = { type: 'batch' | 'case' | 'run'; id: string }

/** The department's queue of work. */
export interface WorkQueue {
  /** Puts cases into the queue; one that is in it already stays where it is. */
  add(asked: Asked[]): Promise<void>
  /**
   * Takes jobs, so many at a time, until `rest` or `close`. @param take never rejects; says of each job what became of it
   */
  work(atOnce: number, take: (jobs: CaseJob[]) => Promise<Taken[]>): Promise<void>
  /** Takes no more jobs; those under way are finished. */
  rest(): Promise<void>
  /**
   * Seeks to be the workstation that does what the department does by itself. @param onLead called once it is @param
   * onLost called where it no longer is, and another one may be
   */
  lead(onLead: () => void, onLost: () => void): void
  readonly trainings: TrainingQueue
  /**
   * Tells of batches, cases and training runs that any workstation adds or changes; and of the database, when it goes away and
   * is there again.
   */
  watch(onChange: (changed: Changed) => void, onAway: (away: boolean) => void): void
  status(): Promise<QueueStatus>
  /** Has what was put aside tried again. @returns how many cases */
  retry(): Promise<number>
  close(): Promise<void>
}
