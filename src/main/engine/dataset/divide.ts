import { LABELS, type Label } from '../../../shared/labels.ts'
import { Random } from '../train/random.ts'

/** Images that must stay together. */
export interface Unit {
  /** Positions of its images. */
  members: number[]
}

/**
 * Divides units into parts of about the given shares, each class by itself as well as whole units allow.
 *
 * In a random order, each unit goes where it lowers the most the squared distance between the images that each part has
 * of each class and those that it should have. Large units are not placed first: that would fit better, but would fill
 * the small parts with images that have no copy.
 *
 * @param labels label of each image
 * @param shares of each part; above 0, summing to 1
 * @param seed a whole number; the same seed gives the same division
 * @returns part of each unit
 */
export function divide(units: Unit[], labels: Label[], shares: number[], seed: number): number[] {
  const counts = units.map(({ members }) => countLabels(members.map((index) => labels[index] as Label)))
  const totals = LABELS.map((_, label) => counts.reduce((sum, count) => sum + (count[label] as number), 0))
  const wanted = shares.map((share) => totals.map((total) => total * share))
  const parts = new Array<number>(units.length)
  for (const unit of new Random(seed).shuffle([...units.keys()])) {
    const count = counts[unit] as number[]
    const costs = wanted.map((missing) => costOf(count, missing, totals))
    const part = costs.indexOf(Math.min(...costs))
    parts[unit] = part
    const missing = wanted[part] as number[]
    for (const [label, n] of count.entries()) missing[label] = (missing[label] as number) - n
  }
  return parts
}

/** What taking `count` images changes in Σ missing² / total over the classes. */
function costOf(count: number[], missing: number[], totals: number[]): number {
  let cost = 0
  for (const [label, n] of count.entries()) {
    if (n > 0) cost += (n * (n - 2 * (missing[label] as number))) / (totals[label] as number)
  }
  return cost
}

function countLabels(labels: Label[]): number[] {
  return LABELS.map((label) => labels.filter((one) => one === label).length)
}
