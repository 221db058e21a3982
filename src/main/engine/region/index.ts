import type { Region } from '../../../shared/brain-region.ts'
import { type Asymmetry, asymmetryOf } from '../asymmetry/index.ts'
import { type BrainRegion, brainRegion } from '../brain-region/index.ts'
import { inGreys } from '../brain-region/picture.ts'
import { reduced } from '../brain-region/reduced.ts'
import type { HeadRegion } from '../preprocess/head-region.ts'
import type { DecodedImage } from '../types.ts'
import { measureRegion } from './measure.ts'

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
  const picture = reduced(inGreys(grey))
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

/** No more digits than there is sense in. */
const inShort = (value: number) => Math.round(1000 * value) / 1000
