import type { DepartmentStatus } from '../../../shared/department.ts'
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

/** What a workstation says of a job that it took; one that is not done is tried again, here or elsewhere. */
export type Taken = 'done' | 'not-done'

/** Who works, and on how much. */
export type QueueStatus = Omit<DepartmentStatus, 'here' | 'leads'>

/** The department's queue of work. */
export interface WorkQueue {
  /** Puts cases into the queue; one that is in it already stays where it is. */
  add(asked: Asked[]): Promise<void>
  /** Takes jobs, some at a time, until `rest` or `close`. @param take never rejects; says of each job what became of it */
  work(take: (jobs: CaseJob[]) => Promise<Taken[]>): Promise<void>
  /** Takes no more jobs; those under way are finished. */
  rest(): Promise<void>
  /**
   * Seeks to be the workstation that does what the department does by itself. @param onLead called once it is @param
   * onLost called where it no longer is, and another one may be
   */
  lead(onLead: () => void, onLost: () => void): void
  /** Tells of cases that any workstation adds or changes. */
  watch(onCase: (id: string) => void): void
  status(): Promise<QueueStatus>
  /** Has what was put aside tried again. @returns how many cases */
  retry(): Promise<number>
  close(): Promise<void>
}
