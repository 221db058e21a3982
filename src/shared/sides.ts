import type { Sides, View } from './view.ts'

/** Left, posterior, head: the positive directions of the patient's axes, and their opposites (PS3.3, C.7.6.2.1.1). */
const LETTERS = [
  ['L', 'R'],
  ['P', 'A'],
  ['H', 'F'],
] as const
/** A smaller share of an oblique direction is not named. */
const NAMED = 0.3

/**
 * The letters for a picture as it is shown: first flipped, then turned clockwise.
 *
 * @param orientation direction cosines of a row and of a column; null where the file has none
 * @returns null where they do not tell
 */
export function sidesOf(orientation: number[] | null, view: Omit<View, 'window' | 'inverted'>): Sides | null {
  if (orientation?.length !== 6) return null
  const [row, column] = [orientation.slice(0, 3), orientation.slice(3)]
  const back = (vector: number[]) => vector.map((value) => -value)
  let across = [lettersOf(back(row)), lettersOf(row)] as const
  let down = [lettersOf(back(column)), lettersOf(column)] as const
  if (view.flippedH) across = [across[1], across[0]]
  if (view.flippedV) down = [down[1], down[0]]
  for (let turned = 0; turned < view.rotation; turned += 90) {
    const before = across
    across = [down[1], down[0]]
    down = before
  }
  const [[left, right], [top, bottom]] = [across, down]
  return left && right && top && bottom ? { left, right, top, bottom } : null
}

/** The largest part first. */
function lettersOf(vector: number[]): string {
  return vector
    .map((value, axis) => ({ size: Math.abs(value), letter: LETTERS[axis]?.[value > 0 ? 0 : 1] ?? '' }))
    .filter(({ size }) => size > NAMED)
    .sort((a, b) => b.size - a.size)
    .map(({ letter }) => letter)
    .join('')
}
