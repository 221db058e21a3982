import { alongOf, normalOf, type PicturePlane } from '../../shared/plane.ts'

/**
 * Where the frames of a file lie along the first of them, mm, as far as their pixels have come; null where a frame is not
 * there yet, or does not say.
 */
export function framePlaces(length: number, planeAt: (at: number) => PicturePlane | null): (number | null)[] {
  const first = planeAt(0)
  const from = first && alongOf(first, normalOf(first))
  return Array.from({ length }, (_, at) => {
    const plane = planeAt(at)
    const there = first && plane && alongOf(plane, normalOf(first))
    return from === null || there === null ? null : Math.abs(there - from)
  })
}
