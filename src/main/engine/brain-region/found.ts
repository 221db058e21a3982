import type { Box, Point } from './types.ts'

/** Where the brain is in a file, px of the picture as it is exported: in its window, with square pixels. */
export interface FoundBrain {
  width: number
  height: number
  /**
   * Null where none is found. `area` is px inside the outline; `share` that of the picture as it is kept with an answer,
   * of four decimals.
   */
  region: { box: Box; area: number; share: number; outline: Point[]; skull: number } | null
  /** Null where none is found, or nothing is to be drawn. */
  png: Uint8Array | null
}
