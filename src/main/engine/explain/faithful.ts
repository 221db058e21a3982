import type { Label } from '../../../shared/labels.ts'
import { random } from '../../../shared/random.ts'
import type { Model, Prediction } from '../types.ts'
import { inHead } from './in-head.ts'
import { remove } from './remove.ts'
import type { Faithfulness, OwnInput, RawHeat } from './types.ts'

/** Share of the square that is removed. */
export const REMOVED = 1 / 10
/** Random tenths that the marked one is held against. */
const DRAWS = 4
/** Places that are tried for one of them. */
const TRIES = 40
/** Share of the marked tenth's head that a random one must have: what lies beside the head matters to nobody. */
const AS_MUCH_HEAD = 0.8
/** A map is faithful from here on: its tenth takes five points more of the probability than a random one. */
export const THRESHOLD = 0.05

/**
 * How far the probability of the class falls when the tenth of the network's square that the map marks most is removed,
 * against tenths of the same shape elsewhere in the head (the same draws for the same map). Filled by `remove`.
 *
 * @param whole the probability of the class for the image as it is
 */
export async function faithfulnessOf(
  model: Model,
  { input }: OwnInput,
  whole: number,
  label: Label,
  heat: RawHeat,
): Promise<Faithfulness> {
  const { preprocessing } = model.manifest
  const { size } = preprocessing
  const marked = markedTenth(heat, size)
  const head = inHead(input, preprocessing)
  const others = elsewhere(marked, head, size)
  const inputs = [marked, ...others].map((mask) => remove(input, mask, size))
  const probabilities = (await model.predict(inputs)).map(({ confidences }: Prediction) => confidences[label])
  const [withoutMarked = 0, ...without] = probabilities
  const withoutRandom = without.length === 0 ? whole : without.reduce((sum, p) => sum + p, 0) / without.length
  const score = withoutRandom - withoutMarked
  const faithful = score >= THRESHOLD
  const reason = faithful ? null : whole - withoutMarked < THRESHOLD ? 'nothing-changes' : 'rest-as-much'
  return { whole, withoutMarked, withoutRandom, score, threshold: THRESHOLD, faithful, reason }
}

/** The tenth of the places with the most heat, by the map's grid, each as large as it is in the square. */
export function markedTenth({ side, values }: RawHeat, size: number): Uint8Array {
  const ranked = Array.from(values.keys()).sort((a, b) => (values[b] as number) - (values[a] as number))
  const chosen = new Uint8Array(values.length)
  for (const place of ranked.slice(0, Math.max(1, Math.round(values.length * REMOVED)))) chosen[place] = 1
  const marked = new Uint8Array(size * size)
  for (let y = 0, i = 0; y < size; y++) {
    const row = Math.floor((y * side) / size) * side
    for (let x = 0; x < size; x++, i++) marked[i] = chosen[row + Math.floor((x * side) / size)] as number
  }
  return marked
}

/** The same shape moved, round the edges, to where it covers about as much of the head; fewer where there is no room. */
function elsewhere(marked: Uint8Array, head: Uint8Array, size: number): Uint8Array[] {
  const next = random(1)
  const places = placesOf(marked)
  const headAt = (at: Uint32Array) => at.reduce((sum, place) => sum + (head[place] as number), 0)
  const least = AS_MUCH_HEAD * headAt(places)
  const found: Uint8Array[] = []
  for (let draw = 0; draw < DRAWS; draw++) {
    for (let tried = 0; tried < TRIES; tried++) {
      const [dx, dy] = [Math.floor(next() * size), Math.floor(next() * size)]
      const moved = movedBy(places, dx, dy, size)
      if (headAt(moved) < least) continue
      const mask = new Uint8Array(size * size)
      for (const place of moved) mask[place] = 1
      found.push(mask)
      break
    }
  }
  return found
}

function placesOf(mask: Uint8Array): Uint32Array {
  const places = new Uint32Array(mask.length)
  let n = 0
  for (let i = 0; i < mask.length; i++) if (mask[i]) places[n++] = i
  return places.subarray(0, n)
}

/** To the left and up. */
function movedBy(places: Uint32Array, dx: number, dy: number, size: number): Uint32Array {
  return places.map((place) => {
    const x = (place % size) - dx
    const y = Math.floor(place / size) - dy
    return (y < 0 ? y + size : y) * size + (x < 0 ? x + size : x)
  })
}
