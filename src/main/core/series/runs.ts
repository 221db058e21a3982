import type { Scope } from '../../../shared/series.ts'
import type { Placed } from './stack.ts'

/** Slices that decide together, and the least length of stack that they span, mm. */
const NEIGHBOURS = 3
const SPAN_MM = 10
/** Slices that lie farther apart than so many of the usual distances have one missing between them. */
const GAP = 1.5

/**
 * All runs of neighbouring counted slices (three, or as many as span 10 mm), in the order of the stack. What is not
 * counted, or missing, parts neighbours; a copy does not. A stack that is shorter is one run if all of it counts.
 *
 * @param scopes of `placed`, in its order
 */
export function runsOf<T>(placed: Placed<T>[], scopes: Scope[]): Placed<T>[][] {
  const once = placed.flatMap((slice, i) => (scopes[i] === 'copy' ? [] : [{ slice, scope: scopes[i] }]))
  const usual = usualDistance(once.map(({ slice }) => slice))
  const chains: Placed<T>[][] = []
  for (const [i, { slice, scope }] of once.entries()) {
    if (scope !== 'counted') continue
    const before = once[i - 1]
    if (before?.scope === 'counted' && areNeighbours(before.slice, slice, usual)) chains.at(-1)?.push(slice)
    else chains.push([slice])
  }
  const runs = chains.flatMap((one) => one.flatMap((_, first) => [runFrom(one, first)].filter((run) => run !== null)))
  const [whole] = chains
  return runs.length === 0 && whole?.length === once.length ? [whole] : runs
}

/** Half of the slices have their neighbour no farther away, mm; null where the files do not say where they lie. */
function usualDistance(slices: Placed<unknown>[]): number | null {
  const places = slices.map(({ mm }) => mm).filter((mm) => mm !== null)
  const distances = places.slice(1).map((mm, i) => mm - (places[i] ?? mm))
  return distances.sort((a, b) => a - b)[Math.floor((distances.length - 1) / 2)] ?? null
}

/** What does not say where it lies stands behind the others, and is next to its like alone. */
function areNeighbours(a: Placed<unknown>, b: Placed<unknown>, usual: number | null): boolean {
  if (a.mm === null || b.mm === null || usual === null) return a.mm === b.mm
  return b.mm - a.mm <= GAP * usual
}

/** Null where too few are left. */
function runFrom<T>(chain: Placed<T>[], first: number): Placed<T>[] | null {
  const start = chain[first]?.mm ?? null
  let last = first + NEIGHBOURS - 1
  const spans = (mm: number | null | undefined) => start === null || mm == null || mm - start >= SPAN_MM
  while (last < chain.length && !spans(chain[last]?.mm)) last++
  return last < chain.length ? chain.slice(first, last + 1) : null
}
