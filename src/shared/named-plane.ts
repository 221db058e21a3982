import type { DicomFacts } from './dicom.ts'
import type { Plane } from './series.ts'

/** In the patient’s system: x runs to the left of the patient, y to the back, z to the head. */
export type Vector = [number, number, number]

/** Cosine of the angle by which a slice may be off the plane that it is called by: 30°. */
const NAMED = Math.cos((30 * Math.PI) / 180)

/** The plane that a slice lies in; null where its file does not say. */
export function planeOf(facts: Pick<DicomFacts, 'orientation'>): Plane | null {
  const normal = normalOf(facts)
  return normal && planeAlong(normal)
}

/** The plane that is right-angled to a direction of length 1. */
export function planeAlong(normal: Vector): Plane {
  const [x, y, z] = normal.map(Math.abs) as Vector
  if (z >= NAMED) return 'axial'
  if (y >= NAMED) return 'coronal'
  return x >= NAMED ? 'sagittal' : 'oblique'
}

/** The direction, of length 1, that is right-angled to rows and columns; null where the file does not say how these lie. */
export function normalOf({ orientation }: Pick<DicomFacts, 'orientation'>): Vector | null {
  if (orientation?.length !== 6) return null
  const [a, b, c, d, e, f] = orientation as [number, number, number, number, number, number]
  const normal: Vector = [b * f - c * e, c * d - a * f, a * e - b * d]
  const length = Math.hypot(...normal)
  return length > 0 ? (normal.map((value) => value / length) as Vector) : null
}
