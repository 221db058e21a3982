import { calledLabel, LABELS, type Label } from '../../../shared/labels.ts'

/** One image's scores in the order of `LABELS`. */
export type Row = ArrayLike<number>

export const NO_TUMOUR = LABELS.indexOf('notumor')

/** Values in the order of `LABELS` as a record. */
export function byLabel<T>(value: (index: number) => T): Record<Label, T> {
  return Object.fromEntries(LABELS.map((label, index) => [label, value(index)])) as Record<Label, T>
}

export const labelAt = (index: number): Label => LABELS[index] as Label

/** What an image with these probabilities is called (see `calledLabel`). */
export const calledClass = (row: Row): number => LABELS.indexOf(calledLabel(byLabel((c) => row[c] as number)))

/** The probability that there is a tumour of any kind: 1 − p(no tumour). */
export const tumourProbability = (row: Row): number => 1 - (row[NO_TUMOUR] as number)
