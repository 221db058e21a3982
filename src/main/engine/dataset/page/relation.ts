import { NEAR_COPY, NEAR_COPY_AS_IS } from '../copies.ts'
import type { Fingerprint } from '../fingerprint.ts'
import { bestTurn } from '../similar.ts'
import { AS_IS, TURNS } from '../turns.ts'

/** How an image of a near-duplicate group goes with the first one that is shown of it. */
export type Relation =
  | { kind: 'same-pixels' }
  /** The whole image, neither cropped nor turned. */
  | { kind: 'as-is'; correlation: number }
  /** Without its border; `turn`: how it must be turned to fit, `none` where it need not be. */
  | { kind: 'turned'; turn: string; correlation: number }
  /** Not alike enough to the first one itself: others of the group link the two. Null: one of them has no contrast. */
  | { kind: 'by-others'; correlation: number | null }

/** @param first what the other image is compared with */
export function relationOf(first: Fingerprint, other: Fingerprint): Relation {
  if (first.pixels === other.pixels) return { kind: 'same-pixels' }
  const whole = best(first.whole, other.whole, AS_IS)
  if (whole && whole.correlation > NEAR_COPY_AS_IS) return { kind: 'as-is', correlation: whole.correlation }
  const cropped = best(first.cropped, other.cropped, TURNS)
  if (!cropped || cropped.correlation <= NEAR_COPY)
    return { kind: 'by-others', correlation: cropped?.correlation ?? null }
  return { kind: 'turned', turn: cropped.turn.name, correlation: cropped.correlation }
}

function best(a: Float32Array | null, b: Float32Array | null, turns: typeof TURNS) {
  if (!a || !b) return null
  const { correlation, turn } = bestTurn(a, b, turns)
  // Rounding may lift it above 1.
  return { correlation: Math.min(1, correlation), turn }
}
