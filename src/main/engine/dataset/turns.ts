import { SIDE } from './fingerprint.ts'

/** One of the eight ways in which a square can be laid onto itself. */
export interface Turn {
  name: string
  /** Name of the turn that undoes it. */
  undo: string
  /** `turned[i] = values[source[i]]`, for `SIDE × SIDE` values. */
  source: Int32Array
}

const NAMES = [
  'none',
  'mirrored left to right',
  'mirrored top to bottom',
  'half turn',
  'transposed',
  'quarter turn right',
  'quarter turn left',
  'transposed and half turn',
]

/** By index: bit 0 mirrors left and right, bit 1 top and bottom, bit 2 swaps rows and columns first. */
export const TURNS: readonly Turn[] = NAMES.map((name, index) => ({
  name,
  // Only the quarter turns, 5 and 6, do not undo themselves.
  undo: NAMES[index === 5 || index === 6 ? 11 - index : index] as string,
  source: makeSource(index),
}))
/** Nothing but the image as it is. */
export const AS_IS: readonly Turn[] = TURNS.slice(0, 1)

function makeSource(index: number): Int32Array {
  return Int32Array.from({ length: SIDE * SIDE }, (_, i) => {
    const x = index & 1 ? SIDE - 1 - (i % SIDE) : i % SIDE
    const row = Math.floor(i / SIDE)
    const y = index & 2 ? SIDE - 1 - row : row
    return index & 4 ? x * SIDE + y : y * SIDE + x
  })
}
