import { LABELS } from '../../../shared/labels.ts'
import type { Row } from './labels.ts'

/** What a model says about images. Element i of each list belongs to image i. */
export interface Scored {
  /** Each once: a path or a content hash. */
  ids: string[]
  /** As the model serves them, 0–1, in the order of `LABELS`, summing to 1. */
  probabilities: Row[]
  /** Patient or other group whose images depend on each other; null where unknown. */
  groups?: (string | null)[] | undefined
}

/** Images of which the class is known. */
export interface Predictions extends Scored {
  /** Class, 0–3 in the order of `LABELS`. */
  truth: number[]
  /** The probabilities before temperature scaling. */
  uncalibrated?: Row[] | undefined
}

/** Images of which only this is known: is there a tumour of any kind? */
export interface TumourPredictions extends Scored {
  tumour: boolean[]
}

/** How far the sum of an image's probabilities may be from 1. */
const TOLERANCE = 1e-3

/** Throws a `RangeError` that names the first image that is wrong. */
export function checkScored({ ids, probabilities, groups }: Scored): void {
  if (ids.length === 0) throw new RangeError('No images to evaluate')
  checkIds(ids)
  checkProbabilities(ids, probabilities)
  if (groups) checkLength('groups', groups, ids)
}

export function checkTruth(ids: string[], truth: number[]): void {
  checkLength('truth', truth, ids)
  const wrong = truth.findIndex((label) => !Number.isInteger(label) || label < 0 || label >= LABELS.length)
  if (wrong >= 0) throw new RangeError(`${ids[wrong]}: there is no class ${truth[wrong]}`)
}

export function checkIds(ids: string[]): void {
  const seen = new Set<string>()
  for (const id of ids) {
    if (seen.has(id)) throw new RangeError(`${id} is there twice`)
    seen.add(id)
  }
}

export function checkLength(name: string, list: ArrayLike<unknown>, ids: string[]): void {
  if (list.length !== ids.length) throw new RangeError(`${ids.length} images, but ${list.length} in ${name}`)
}

export function checkProbabilities(ids: string[], rows: Row[]): void {
  checkLength('probabilities', rows, ids)
  rows.forEach((row, i) => {
    const problem = problemOf(Array.from(row))
    if (problem) throw new RangeError(`${ids[i]}: ${problem}`)
  })
}

function problemOf(row: number[]): string | undefined {
  if (row.length !== LABELS.length) return `${row.length} probabilities instead of ${LABELS.length}`
  if (!row.every((p) => p >= 0 && p <= 1)) return 'a probability is not between 0 and 1'
  const sum = row.reduce((total, p) => total + p, 0)
  return Math.abs(sum - 1) > TOLERANCE ? `the probabilities sum to ${sum}` : undefined
}
