import { GyrusError } from '../../../shared/errors.ts'
import { LABELS } from '../../../shared/labels.ts'
import { breathe } from '../breathe.ts'
import type { Prediction } from '../types.ts'
import { remove } from './remove.ts'
import type { Method } from './types.ts'

/** Patches a side, and how much of the side one covers: each place is hidden by several. */
const [PATCHES, COVERS] = [8, 1 / 5]
/** Patches that go through the network together. */
const BATCH = 8
/** Places a side of the map. */
const SIDE = 36
/** A smaller fall of the logit is no heat. */
const LEAST = 0.02

/**
 * How far the class's logit, against the others, falls where a patch of the image is hidden (Zeiler and Fergus 2014):
 * at each place the mean over the patches that cover it, cut off below 0. Hidden places are filled by `remove`.
 */
export const occlusion: Method = {
  name: 'occlusion',
  fits: () => null,
  async make({ model, own: { input, shown }, label, signal }) {
    const { size } = model.manifest.preprocessing
    const masks = patches(size)
    const marginOf = ({ logits }: Prediction) => margin(logits, LABELS.indexOf(label))
    const [whole] = (await model.predict([input])) as [Prediction]
    const falls: number[] = []
    for (let from = 0; from < masks.length; from += BATCH) {
      if (signal.aborted) throw new GyrusError('cancelled')
      const hidden = masks.slice(from, from + BATCH).map(({ mask }) => remove(input, mask, size))
      const predictions = await model.predict(hidden)
      for (const prediction of predictions) falls.push(marginOf(whole) - marginOf(prediction))
      await breathe()
    }
    return { side: SIDE, values: meansOf(masks, falls, size), shown, least: LEAST }
  },
}

/** Log-odds of one class against all others. */
function margin(logits: Float32Array, index: number): number {
  const others = [...logits].filter((_, i) => i !== index)
  const largest = Math.max(...others)
  return (logits[index] as number) - largest - Math.log(others.reduce((sum, one) => sum + Math.exp(one - largest), 0))
}

interface Patch {
  left: number
  top: number
  side: number
  mask: Uint8Array
}

function patches(size: number): Patch[] {
  const side = Math.round(size * COVERS)
  const at = (k: number) => Math.round((k * (size - side)) / (PATCHES - 1))
  return Array.from({ length: PATCHES ** 2 }, (_, k) => {
    const [left, top] = [at(k % PATCHES), at(Math.floor(k / PATCHES))]
    const mask = new Uint8Array(size * size)
    for (let y = top; y < top + side; y++) mask.fill(1, y * size + left, y * size + left + side)
    return { left, top, side, mask }
  })
}

function meansOf(all: Patch[], falls: number[], size: number): Float32Array {
  return Float32Array.from({ length: SIDE * SIDE }, (_, place) => {
    const [x, y] = [(((place % SIDE) + 0.5) * size) / SIDE, ((Math.floor(place / SIDE) + 0.5) * size) / SIDE]
    let [sum, n] = [0, 0]
    for (const [i, { left, top, side }] of all.entries()) {
      if (x < left || x >= left + side || y < top || y >= top + side) continue
      sum += falls[i] as number
      n += 1
    }
    return Math.max(0, sum / n)
  })
}
