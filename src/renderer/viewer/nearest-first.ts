/** So many slices ahead for one behind, while a reader goes on in one way. */
const AHEAD = 3

/**
 * Places from 0 to `length` − 1 in the order in which they are wanted, as many as `most`: of those that lie the way that the
 * reader goes three for one behind, else by their distance from `at`.
 */
export function nearestFirst(at: number, length: number, most: number, way: -1 | 0 | 1 = 0): number[] {
  const places = [at]
  const onward = way < 0 ? -1 : 1
  const ahead = way === 0 ? 1 : AHEAD
  for (let far = 1; far < length && places.length < most; far++) {
    const next = Array.from({ length: ahead }, (_, i) => at + onward * (ahead * (far - 1) + i + 1))
    places.push(...[...next, at - onward * far].filter((place) => place >= 0 && place < length))
  }
  return places.slice(0, most)
}
