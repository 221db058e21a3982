import type { HeadRegion } from '../preprocess/head-region.ts'
import { histogram } from '../preprocess/percentiles.ts'
import type { DecodedImage } from '../types.ts'
import { borderShare } from './border.ts'
import { colouredShare } from './coloured.ts'
import { patternOf } from './pattern.ts'
import type { Look } from './types.ts'
import { shareWithin } from './within.ts'

/** A picture as the checks look at it. */
export interface Picture {
  /** As it was decoded. */
  image: DecodedImage
  /** As it is exported, one channel. */
  grey: DecodedImage
  region: HeadRegion
}

/** Measures a picture; of one of the usual size in some two milliseconds. */
export function lookAt({ image, grey, region }: Picture): Look {
  const { width, height, data } = image
  const commonest = histogram(data).reduce((most, count) => Math.max(most, count), 0)
  return {
    ...{ width, height, coloured: colouredShare(image), varied: 1 - commonest / data.length },
    ...shareWithin(grey, region),
    cut: borderShare(region),
    pattern: patternOf(grey),
  }
}
