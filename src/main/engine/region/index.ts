import type { Region } from '../../../shared/brain-region.ts'
import { type Asymmetry, asymmetryOf } from '../asymmetry/index.ts'
import { type BrainRegion, brainRegion } from '../brain-region/index.ts'
import { displayWindow } from '../preprocess/display-window.ts'
import { greys } from '../preprocess/greys.ts'
import type { HeadRegion } from '../preprocess/head-region.ts'
import { resample } from '../preprocess/resample.ts'
import type { DecodedImage } from '../types.ts'
import { measureRegion } from './measure.ts'

/** Longer side of the picture that is measured, px: the model is given less. */
const SIDE = 256

export interface FoundIn {
  region: Region
  brain: BrainRegion | null
  asymmetry: Asymmetry | null
}

/** A picture as it is exported, one channel, with the head in it: what preprocessing makes on its way (`preprocessMeasured`). */
export interface Seen {
  grey: DecodedImage
  region: HeadRegion
}

/**
 * The brain region of an image, measured; of one of the usual size in a few milliseconds.
 *
 * @param image as it was decoded: what its file says of planes and sizes
 */
export function regionIn(image: DecodedImage, { grey, region: head }: Seen): FoundIn {
  const picture = reduced(grey)
  const brain = brainRegion(picture)
  if (!brain) return { region: { found: false }, brain, asymmetry: null }
  const compared = asymmetryOf(picture, head.mask, brain.mask, image.dicom)
  const asymmetry = typeof compared === 'string' ? null : compared
  const region: Region = {
    found: true,
    ...measureRegion(picture, brain.mask, image),
    asymmetry: asymmetry && inShort(asymmetry.index),
    noAsymmetry: typeof compared === 'string' ? compared : null,
  }
  return { region, brain, asymmetry }
}

/** Of 8 bits: one with more in the window at which it opens. */
function reduced(grey: DecodedImage): { width: number; height: number; data: Uint8Array } {
  const data = grey.data instanceof Uint16Array ? greys(grey, displayWindow(grey)) : grey.data
  const scale = SIDE / Math.max(grey.width, grey.height)
  if (scale >= 1) return { width: grey.width, height: grey.height, data }
  const width = Math.max(1, Math.round(grey.width * scale))
  const height = Math.max(1, Math.round(grey.height * scale))
  const plane = { data, width: grey.width, height: grey.height, step: 1, offset: 0 }
  const values = resample(plane, width, height, 'linear')
  // A loop: `from` with a function takes as long as all else that is measured here.
  const rounded = new Uint8Array(values.length)
  for (let i = 0; i < rounded.length; i++) rounded[i] = Math.round(values[i] as number)
  return { width, height, data: rounded }
}

/** No more digits than there is sense in. */
const inShort = (value: number) => Math.round(1000 * value) / 1000
