import { setImmediate as nextTurn } from 'node:timers/promises'
import { GyrusError } from '../../../shared/errors.ts'
import { SIGNATURE_SIZE, turnlessSignature } from './signature.ts'
import type { Turn } from './turns.ts'

/** Values of a signature that are compared before it is asked whether they are enough. */
const STRIDE = 8
/** Squared distance that rounding to single precision may add. */
const ROUNDING = 1e-4
/** Longest piece of work in one go, ms: the engine must answer heartbeats and hear of a cancel meanwhile. */
const BREATH_MS = 50

export interface Similar {
  /** Positions in the list, `a < b`. */
  a: number
  b: number
  correlation: number
  /** How `b` is turned to fit `a`. */
  turn: Turn
}

export interface Comparison {
  /** Pairs are found whose correlation is above this. */
  above: number
  /** `b` is tried in each of these turns. */
  turns: readonly Turn[]
  signal: AbortSignal
  /** Share of the pairs that have been compared, in [0, 1]. */
  onProgress(share: number): void
  onSimilar(pair: Similar): void
}

/**
 * All pairs of thumbnails (mean 0, norm 1; null is like nothing) that correlate in one of the turns; each pair once, with
 * its best turn. Exact: signatures only rule out pairs that cannot correlate so much. 16.6 million pairs of 5,761 brain
 * slices take 2 s; many thousand copies of one slice would take minutes.
 *
 * @throws GyrusError `cancelled`
 */
export async function findSimilar(thumbnails: (Float32Array | null)[], comparison: Comparison): Promise<void> {
  const { above, turns, signal, onProgress, onSimilar } = comparison
  const present = thumbnails
    .keys()
    .filter((i) => thumbnails[i])
    .toArray()
  const signatures = present.map((i) => turnlessSignature(thumbnails[i] as Float32Array))
  // |a − b|² = 2 − 2 · correlation for vectors of norm 1.
  const farthest = 2 - 2 * above + ROUNDING
  const pairs = (present.length * (present.length - 1)) / 2
  let breath = performance.now()
  for (let i = 0, done = 0; i < present.length; done += present.length - 1 - i, i++) {
    for (let j = i + 1; j < present.length; j++) {
      if (!near(signatures[i] as Float32Array, signatures[j] as Float32Array, farthest)) continue
      const [a, b] = [present[i] as number, present[j] as number]
      const best = bestTurn(thumbnails[a] as Float32Array, thumbnails[b] as Float32Array, turns)
      if (best.correlation > above) onSimilar({ a, b, ...best })
    }
    if (performance.now() - breath < BREATH_MS) continue
    onProgress(done / pairs)
    await nextTurn()
    if (signal.aborted) throw new GyrusError('cancelled')
    breath = performance.now()
  }
  onProgress(1)
}

function near(a: Float32Array, b: Float32Array, farthest: number): boolean {
  let distance = 0
  for (let k = 0; k < SIGNATURE_SIZE && distance <= farthest; ) {
    for (const end = Math.min(k + STRIDE, SIGNATURE_SIZE); k < end; k++) {
      const difference = (a[k] as number) - (b[k] as number)
      distance += difference * difference
    }
  }
  return distance <= farthest
}

/** How `b` must be turned to correlate most with `a`. */
export function bestTurn(
  a: Float32Array,
  b: Float32Array,
  turns: readonly Turn[],
): { correlation: number; turn: Turn } {
  let best = { correlation: Number.NEGATIVE_INFINITY, turn: turns[0] as Turn }
  for (const turn of turns) {
    let correlation = 0
    for (let k = 0; k < a.length; k++) correlation += (a[k] as number) * (b[turn.source[k] as number] as number)
    if (correlation > best.correlation) best = { correlation, turn }
  }
  return best
}
