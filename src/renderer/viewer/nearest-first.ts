/** Places from 0 to `length` − 1 in the order of their distance from `at`, as many as `most`. */
export function nearestFirst(at: number, length: number, most: number): number[] {
  const places: number[] = []
  for (let far = 0; far < length && places.length < most; far++) {
    if (at + far < length) places.push(at + far)
    if (far > 0 && at - far >= 0 && places.length < most) places.push(at - far)
  }
  return places
}
