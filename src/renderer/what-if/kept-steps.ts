import type { Step } from '../../shared/what-if.ts'

/** Lists of steps, each as an undo finds it. */
export interface StepHistory {
  lists: Step[][]
  /** Which of them is on the screen. */
  at: number
}

const byReaderAndCase = new Map<string, StepHistory>()
const keyOf = (reader: string, image: string) => `${reader}/${image}`

/** What each reader has begun on each image (its case, and its frame where its file has several): a lock loses nothing, and another reader at the same page does not see it. */
export const keptSteps = {
  of: (reader: string, image: string): StepHistory =>
    byReaderAndCase.get(keyOf(reader, image)) ?? { lists: [[]], at: 0 },
  set: (reader: string, image: string, history: StepHistory): void =>
    void byReaderAndCase.set(keyOf(reader, image), history),
  drop: (reader: string, image: string): void => void byReaderAndCase.delete(keyOf(reader, image)),
}
