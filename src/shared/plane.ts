import { z } from 'zod'

const direction = z.array(z.number()).length(3)

/** How a picture lies in the patient: mm, in the patient's own system (PS3.3, C.7.6.2). */
export const planeSchema = z.strictObject({
  /** Of the middle of the first pixel; null where the file does not say. */
  position: direction.nullable(),
  /** Direction cosines of a row and of a column. */
  orientation: z.array(z.number()).length(6),
})
export type PicturePlane = z.infer<typeof planeSchema>

/** Planes that are no more than this apart are the same one to a reader: patients do not lie still. Degrees. */
const SAME_WITHIN = 10

/** The direction that a stack of such pictures goes: right-angled to rows and columns, of length 1. */
export function normalOf({ orientation }: PicturePlane): [x: number, y: number, z: number] {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = orientation
  const normal = [b * f - c * e, c * d - a * f, a * e - b * d] as const
  const length = Math.hypot(...normal) || 1
  return [normal[0] / length, normal[1] / length, normal[2] / length]
}

const dot = (one: readonly number[], other: readonly number[]) =>
  one.reduce((sum, value, axis) => sum + value * (other[axis] ?? 0), 0)

/** Where a picture lies along a direction, mm; null where its file does not say. */
export const alongOf = ({ position }: PicturePlane, normal: readonly number[]): number | null =>
  position === null ? null : dot(position, normal)

/** Whether two stacks are cut in the same direction, and whether they then go the same way (1) or against each other (-1). */
export function sameWay(one: PicturePlane, other: PicturePlane): 1 | -1 | null {
  const cosine = dot(normalOf(one), normalOf(other))
  if (Math.abs(cosine) < Math.cos((SAME_WITHIN * Math.PI) / 180)) return null
  return cosine > 0 ? 1 : -1
}
