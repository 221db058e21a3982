import type { Preprocessing } from '../../../shared/model.ts'
import { brainBox } from '../brain-region/crop.ts'
import { brainRegion } from '../brain-region/index.ts'
import { pictureOf } from '../brain-region/picture.ts'
import type { DecodedImage } from '../types.ts'
import { findHead, type HeadRegion } from './head-region.ts'
import { histogram, lookUp, percentile } from './percentiles.ts'
import type { Plane } from './resample.ts'
import { resample } from './resample.ts'
import { asExported } from './square.ts'
import { measureInput } from './statistics.ts'
import { toGrey } from './to-grey.ts'

/** Version of this arithmetic, part of `Preprocessing.version`: raised whenever the same image would give other numbers. */
export const PREPROCESSING_REVISION = 1

/**
 * An image as a network's input: `3 × size × size` float32 (CHW, RGB), `(value − mean) / std` of values 0–255. Training
 * and serving both come through here, so that a model sees in use what it saw in training. Deterministic.
 */
export async function preprocess(image: DecodedImage, spec: Preprocessing): Promise<Float32Array> {
  return toInput(preparePlanes(image, spec), spec)
}

/** The same, and what is measured of it on the way; with the grey picture that was looked at, and the head in it. */
export function preprocessMeasured(image: DecodedImage, spec: Preprocessing) {
  const { planes, head, grey, region } = prepare(image, spec)
  return {
    input: toInput(planes, spec),
    statistics: measureInput(planes, spec.size, head),
    seen: { grey, region, planes },
  }
}

/** The same, and which part of the image the square shows. */
export function preprocessPlaced(image: DecodedImage, spec: Preprocessing): Placed & { input: Float32Array } {
  const { planes, ...placed } = preparePlaced(image, spec)
  return { input: toInput(planes, spec), ...placed }
}

function toInput(planes: Float32Array[], { size, normalise: { mean, std } }: Preprocessing): Float32Array {
  const input = new Float32Array(3 * size * size)
  planes.forEach((plane, channel) => {
    for (let i = 0, at = channel * size * size; i < plane.length; i++, at++)
      input[at] = ((plane[i] as number) - mean) / std
  })
  // A grey image is the same in all three channels.
  if (planes.length === 1) input.copyWithin(size * size, 0, size * size).copyWithin(2 * size * size, 0, size * size)
  return input
}

/**
 * The same before it is normalised: one plane (grey) or three (RGB) of `size × size` values, 0–255. Training varies
 * images in this form.
 */
export const preparePlanes = (image: DecodedImage, spec: Preprocessing): Float32Array[] => prepare(image, spec).planes

/** The planes as `preparePlanes` makes them, and which part of the image they show. */
export function preparePlaced(image: DecodedImage, spec: Preprocessing): Placed & { planes: Float32Array[] } {
  const { planes, shown, noBrain } = prepare(image, spec)
  return { planes, shown, noBrain }
}

export interface Placed {
  shown: Shown
  /** It was to be cropped to the brain, and none was found: the square shows the whole image. */
  noBrain: boolean
}

/** A rectangle in shares of the image's width and height; where a square is black beside the image, it reaches outside. */
export interface Shown {
  left: number
  top: number
  width: number
  height: number
}

interface Prepared extends Placed {
  planes: Float32Array[]
  /** Share of the image's area that the planes show. */
  head: number
  /** As it is exported. */
  grey: DecodedImage
  region: HeadRegion
}

function prepare(stored: DecodedImage, spec: Preprocessing): Prepared {
  const { image, grey, region } = seenIn(stored)
  const source = spec.colour === 'grey' ? grey : image
  const asked = spec.region === 'brain' ? brainIn(grey, spec) : spec.region === 'head' ? region : null
  const box = asked ?? { left: 0, top: 0, ...sidesOf(source) }
  const cut = asked ? crop(source, box) : source
  const stretched = spec.stretch.images === 'all' || cut.data instanceof Uint16Array
  const data = stretched ? stretch(cut.data, spec.stretch.percentiles) : cut.data
  const planes = Array.from({ length: cut.channels }, (_, offset) => {
    const plane = { data, width: cut.width, height: cut.height, step: cut.channels, offset }
    return clip(fit(plane, spec))
  })
  const head = (cut.width * cut.height) / (image.width * image.height)
  const noBrain = spec.region === 'brain' && asked === null
  return { planes, head, shown: shownOf(box, image, spec), noBrain, grey, region }
}

export interface SeenIn {
  /** As it is exported, and of one channel. */
  image: DecodedImage
  grey: DecodedImage
  region: HeadRegion
}

/** What does not hang on the model, by the image: a map prepares the one that was just answered twice more. */
const seen = new WeakMap<DecodedImage, SeenIn>()

export function seenIn(stored: DecodedImage): SeenIn {
  const known = seen.get(stored)
  if (known) return known
  const image = asExported(stored)
  const grey = toGrey(image)
  const made = { image, grey, region: findHead(grey) }
  seen.set(stored, made)
  return made
}

/** Its box with the margin; null where there is none. */
function brainIn(grey: DecodedImage, { margin = 0 }: Preprocessing): Box | null {
  const brain = brainRegion(pictureOf(grey))
  return brain && brainBox(brain, margin)
}

const sidesOf = ({ width, height }: DecodedImage) => ({ width, height })

/** The rectangle that becomes the square, see `fit`. */
function shownOf({ left, top, width, height }: Box, image: DecodedImage, { size, resize }: Preprocessing): Shown {
  const of = (from: number, length: number, longest: number, all: number) => {
    const drawn = resize.fit === 'fill' ? size : Math.max(1, Math.round((length * size) / longest))
    const beside = Math.floor((size - drawn) / 2)
    return { from: (from - (beside * length) / drawn) / all, length: (length * size) / drawn / all }
  }
  const longest = Math.max(width, height)
  const [across, down] = [of(left, width, longest, image.width), of(top, height, longest, image.height)]
  return { left: across.from, top: down.from, width: across.length, height: down.length }
}

interface Box {
  left: number
  top: number
  width: number
  height: number
}

function crop(image: DecodedImage, { left, top, width, height }: Box): DecodedImage {
  const row = width * image.channels
  const data = image.data.slice(0, height * row)
  for (let y = 0; y < height; y++) {
    const start = ((top + y) * image.width + left) * image.channels
    data.set(image.data.subarray(start, start + row), y * row)
  }
  return { ...image, width, height, data }
}

/** Maps values to 0–255 between two percentiles of them all; what lies outside is cut off. */
function stretch(data: Uint8Array | Uint16Array, [lowPercent, highPercent]: [number, number]): Float32Array {
  const counts = histogram(data)
  const low = percentile(counts, lowPercent)
  const high = Math.max(percentile(counts, highPercent), low + 1)
  const table = new Float32Array(counts.length).fill(255, high)
  for (let value = low; value < high; value++) table[value] = ((value - low) / (high - low)) * 255
  return lookUp(data, table, new Float32Array(data.length))
}

/** The plane as `size × size`: distorted to fill it, or whole with black beside it. */
function fit(plane: Plane, { size, resize }: Preprocessing): Float32Array {
  if (resize.fit === 'fill') return resample(plane, size, size, resize.kernel)
  const scale = size / Math.max(plane.width, plane.height)
  const width = Math.max(1, Math.round(plane.width * scale))
  const height = Math.max(1, Math.round(plane.height * scale))
  const inner = resample(plane, width, height, resize.kernel)
  const left = Math.floor((size - width) / 2)
  const top = Math.floor((size - height) / 2)
  const square = new Float32Array(size * size)
  for (let y = 0; y < height; y++) square.set(inner.subarray(y * width, (y + 1) * width), (top + y) * size + left)
  return square
}

/** In place: what a kernel overshot is cut off. */
function clip(values: Float32Array): Float32Array {
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number
    if (value < 0) values[i] = 0
    else if (value > 255) values[i] = 255
  }
  return values
}
