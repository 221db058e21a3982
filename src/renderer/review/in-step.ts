import { alongOf, normalOf, type PicturePlane, sameWay } from '../../shared/plane.ts'

/** How two stacks are scrolled together. */
export type InStepBy = 'scanner' | 'mm' | 'share'

/** A stack as far as it matters where its slices lie. */
export interface Track {
  length: number
  /** Of each slice along the stack, mm from the first; null where it is not known. */
  mm: readonly (number | null)[]
  /** Of a slice, once its pixels are there. */
  planeAt(at: number): PicturePlane | null
  /** The scanner's system in which it lies; '' where the file names none. */
  frameOfReference: string
}

/** What was beside what when the two were tied together. */
interface Anchor {
  one: number
  other: number
}

/** The way to the slice of the other stack that goes with one of the first. */
export interface InStep {
  by: InStepBy
  follow(at: number): number
}

/**
 * Ties two stacks together. Cut the same way and lying in the same scanner's system, slices go together that lie at the
 * same place; cut the same way in different systems, by mm from `anchor`; else by their share of the stack.
 */
export function tie(one: Track, other: Track, anchor: Anchor): InStep {
  const way = wayOf(one, other, anchor)
  const [from, to] = [one.mm[anchor.one], other.mm[anchor.other]]
  if (way === null || from == null || to == null) return { by: 'share', follow: (at) => shareOf(at, one, other) }
  const same = one.frameOfReference !== '' && one.frameOfReference === other.frameOfReference
  const apart = same ? distance(one, other, anchor) : null
  const along = (mm: number) => to + way * (mm - from) + (apart ?? 0)
  return {
    by: apart === null ? 'mm' : 'scanner',
    follow(at) {
      const mm = one.mm[at]
      return mm == null ? shareOf(at, one, other) : nearest(other.mm, along(mm))
    },
  }
}

/** The slice at the same share of the other stack. */
export const shareOf = (at: number, one: { length: number }, other: { length: number }): number =>
  one.length < 2 ? Math.floor((other.length - 1) / 2) : Math.round((at / (one.length - 1)) * (other.length - 1))

/** Whether the mm of both grow the same way through the patient; null where they are cut differently, or do not say. */
function wayOf(one: Track, other: Track, anchor: Anchor): 1 | -1 | null {
  const [a, b] = [one.planeAt(anchor.one), other.planeAt(anchor.other)]
  const same = a && b && sameWay(a, b)
  if (!same) return null
  return (same * growth(one, a) * growth(other, b)) as 1 | -1
}

/** Whether the mm of a stack grow along its slices' normal (1) or against it; along, where that cannot be told. */
function growth(track: Track, plane: PicturePlane): number {
  const normal = normalOf(plane)
  let first: { mm: number; along: number } | null = null
  for (let at = 0; at < track.length; at++) {
    const [mm, there] = [track.mm[at], track.planeAt(at)]
    const along = there && alongOf(there, normal)
    if (mm == null || along === null) continue
    if (first && mm !== first.mm) return Math.sign((along - first.along) * (mm - first.mm)) || 1
    first ??= { mm, along }
  }
  return 1
}

/** How far the other's anchor has to move along its own mm to lie where that of the first lies; null where unknown. */
function distance(one: Track, other: Track, anchor: Anchor): number | null {
  const [a, b] = [one.planeAt(anchor.one), other.planeAt(anchor.other)]
  if (!a || !b) return null
  const normal = normalOf(b)
  const [from, to] = [alongOf(a, normal), alongOf(b, normal)]
  return from === null || to === null ? null : (from - to) * growth(other, b)
}

function nearest(places: readonly (number | null)[], mm: number): number {
  let best = 0
  let least = Infinity
  for (const [at, place] of places.entries()) {
    const off = place === null ? Infinity : Math.abs(place - mm)
    if (off < least) [best, least] = [at, off]
  }
  return best
}
