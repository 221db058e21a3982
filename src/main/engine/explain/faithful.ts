import type { Label } from '../../../shared/labels.ts'
import { random } from '../../../shared/random.ts'
import { preprocessPlaced } from '../preprocess/index.ts'
import type { DecodedImage, Model, Prediction } from '../types.ts'
import { remove } from './remove.ts'
import type { Faithfulness, RawHeat } from './types.ts'

/** Share of the square that is removed. */
export const REMOVED = 1 / 10
/** Random tenths that the marked one is held against. */
const DRAWS = 6
/** Places that are tried for one of them. */
const TRIES = 40
/** Share of the marked tenth's head that a random one must have: what lies beside the head matters to nobody. */
const AS_MUCH_HEAD = 0.8
/** Below this share of white a place is background, as in `findHead`. */
const BACKGROUND = 0.12
/** A map is faithful from here on: its tenth takes five points more of the probability than a random one. */
export const THRESHOLD = 0.05

/**
 * How far the probability of the class falls when the tenth of the network's square that the map marks most is removed,
 * against tenths of the same shape elsewhere in the head (the same draws for the same map). Filled by `remove`.
 */
export async function faithfulnessOf(
  model: Model,
  image: DecodedImage,
  label: Label,
  heat: RawHeat,
): Promise<Faithfulness> {
  const { preprocessing } = model.manifest
  const { size } = preprocessing
  const { input } = preprocessPlaced(image, preprocessing)
  const marked = markedTenth(heat, size)
  const head = headOf(input, preprocessing)
  const others = elsewhere(marked, head, size)
  const inputs = [input, ...[marked, ...others].map((mask) => remove(input, mask, size))]
  const probabilities = (await model.predict(inputs)).map(({ confidences }: Prediction) => confidences[label])
  const [whole = 0, withoutMarked = 0, ...without] = probabilities
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
  return Uint8Array.from({ length: size * size }, (_, i) => {
    const [x, y] = [Math.floor(((i % size) * side) / size), Math.floor((Math.floor(i / size) * side) / size)]
    return chosen[y * side + x] as number
  })
}

function headOf(
  input: Float32Array,
  { size, normalise: { mean, std } }: Model['manifest']['preprocessing'],
): Uint8Array {
  return Uint8Array.from({ length: size * size }, (_, i) =>
    (input[i] as number) * std + mean > BACKGROUND * 255 ? 1 : 0,
  )
}

/** The same shape moved, round the edges, to where it covers about as much of the head; fewer where there is no room. */
function elsewhere(marked: Uint8Array, head: Uint8Array, size: number): Uint8Array[] {
  const next = random(1)
  const headIn = (mask: Uint8Array) => mask.reduce((sum, one, i) => sum + (one & (head[i] as number)), 0)
  const least = AS_MUCH_HEAD * headIn(marked)
  const found: Uint8Array[] = []
  for (let draw = 0; draw < DRAWS; draw++) {
    for (let tried = 0; tried < TRIES; tried++) {
      const [dx, dy] = [Math.floor(next() * size), Math.floor(next() * size)]
      const moved = marked.map(
        (_, i) => marked[((Math.floor(i / size) + dy) % size) * size + (((i % size) + dx) % size)] as number,
      )
      if (headIn(moved) < least) continue
      found.push(moved)
      break
    }
  }
  return found
}
