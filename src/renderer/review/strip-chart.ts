import type { Label } from '../../shared/labels.ts'
import type { Slice } from '../../shared/series.ts'

/**
 * Tumours as they are stacked in a column, told apart without colours too: plain, striped, dotted. No tumour is what is
 * left of the height.
 */
export const TUMOURS = [
  { label: 'glioma', colour: 'var(--series-1)', pattern: 'plain' },
  { label: 'meningioma', colour: 'var(--series-2)', pattern: 'striped' },
  { label: 'pituitary', colour: 'var(--series-3)', pattern: 'dotted' },
] as const satisfies { label: Label; colour: string; pattern: string }[]

/** A part of a column: from below, in shares of the height. */
export interface Part {
  label: Label
  from: number
  height: number
}

/** What a slice's column is made of; empty where it has no probabilities, or does not count. */
export function partsOf({ scope, confidences }: Slice): Part[] {
  if (scope !== 'counted' || confidences === null) return []
  let from = 0
  return TUMOURS.map(({ label }) => {
    const part = { label, from, height: confidences[label] }
    from += confidences[label]
    return part
  })
}

/** Runs of places that follow each other, first and last of each. */
export function runsOf(places: readonly number[]): [first: number, last: number][] {
  const runs: [number, number][] = []
  for (const place of places) {
    const run = runs.at(-1)
    if (run && run[1] === place - 1) run[1] = place
    else runs.push([place, place])
  }
  return runs
}

/** The place under a point of the strip. @param x share of its width */
export const placeAt = (x: number, length: number): number => Math.max(0, Math.min(length - 1, Math.floor(x * length)))
