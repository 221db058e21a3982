import type { DicomFacts } from '../../../shared/dicom.ts'
import { normalOf, planeAlong, planeOf, type Vector } from '../../../shared/named-plane.ts'
import type { Plane } from '../../../shared/series.ts'

/** Cosine of the angle by which the directions of slices of one stack may differ: 5°. */
const PARALLEL = Math.cos((5 * Math.PI) / 180)
/** Slices that are nearer than this are at the same place, mm. */
const SAME_PLACE_MM = 0.01

/** A slice in its stack. */
export interface Placed<T> {
  one: T
  /** Along the stack from its first slice; null where its file does not say, or it lies across the others. */
  mm: number | null
  plane: Plane | null
  /** It lies across the others. */
  across: boolean
  /** An earlier one lies at the same place. */
  again: boolean
}

/**
 * Slices in the order of the stack that most of them make, by the position of their middle along its normal (PS3.3
 * C.7.6.2), those of one place by their instance number; behind them what lies across it, or says nothing of its
 * place, by instance number.
 */
export function stack<T extends { facts: DicomFacts }>(members: T[]): { plane: Plane | null; placed: Placed<T>[] } {
  const numbered = members.toSorted((a, b) => numberOf(a) - numberOf(b))
  const normal = commonNormal(numbered)
  const within: { one: T; along: number }[] = []
  const others: T[] = []
  for (const one of numbered) {
    const along = normal && alongOf(one.facts, normal)
    if (along === null) others.push(one)
    else within.push({ one, along })
  }
  within.sort((a, b) => a.along - b.along)
  const first = within[0]?.along ?? 0
  const placed = within.map(({ one, along }, i): Placed<T> => {
    const before = within[i - 1]
    const again = before !== undefined && along - before.along < SAME_PLACE_MM
    return { one, mm: along - first, plane: planeOf(one.facts), across: false, again }
  })
  const rest = others.map((one): Placed<T> => {
    const own = normalOf(one.facts)
    const across = normal !== null && own !== null && !isParallel(own, normal)
    return { one, mm: null, plane: planeOf(one.facts), across, again: false }
  })
  return { plane: normal && planeAlong(normal), placed: [...placed, ...rest] }
}

const numberOf = ({ facts: { frames, frame, instanceNumber } }: { facts: DicomFacts }) =>
  frames > 1 ? frame : (instanceNumber ?? Number.MAX_SAFE_INTEGER)

/** The normal that most slices share; null where none says how it lies. */
function commonNormal(members: { facts: DicomFacts }[]): Vector | null {
  const normals = members.map(({ facts }) => normalOf(facts)).filter((normal) => normal !== null)
  let best: { normal: Vector; n: number } | null = null
  for (const normal of distinct(normals)) {
    const n = normals.filter((other) => isParallel(normal, other)).length
    if (!best || n > best.n) best = { normal, n }
  }
  return best?.normal ?? null
}

/** One of each direction; a series has one as a rule, a scout three. */
function distinct(normals: Vector[]): Vector[] {
  const found: Vector[] = []
  for (const normal of normals) if (!found.some((other) => isParallel(normal, other))) found.push(normal)
  return found
}

function alongOf(facts: DicomFacts, normal: Vector): number | null {
  const own = normalOf(facts)
  if (!own || !isParallel(own, normal) || facts.position?.length !== 3) return null
  return dot(facts.position as Vector, normal)
}

const dot = (a: Vector, b: Vector) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2]

const isParallel = (a: Vector, b: Vector) => dot(a, b) >= PARALLEL
