import type { Step } from '../../shared/what-if.ts'

/** Lists of steps, each as an undo finds it. */
export interface StepHistory {
  lists: Step[][]
  /** Which of them is on the screen. */
  at: number
}

const byReaderAndCase = new Map<string, StepHistory>()
const keyOf = (reader: string, id: string) => `${reader}/${id}`

/** What each reader has begun on each case: a lock loses nothing, and another reader at the same page does not see it. */
export const keptSteps = {
  of: (reader: string, id: string): StepHistory => byReaderAndCase.get(keyOf(reader, id)) ?? { lists: [[]], at: 0 },
  set: (reader: string, id: string, history: StepHistory): void => void byReaderAndCase.set(keyOf(reader, id), history),
  drop: (reader: string, id: string): void => void byReaderAndCase.delete(keyOf(reader, id)),
}
