import { displayWindow } from '../preprocess/display-window.ts'
import { greys } from '../preprocess/greys.ts'
import { asExported } from '../preprocess/square.ts'
import { toGrey } from '../preprocess/to-grey.ts'
import type { DecodedImage } from '../types.ts'
import type { GreyPicture } from './types.ts'

/** An image as the grey picture in which the brain is looked for: as it is exported, and of more than 8 bits in its display window. */
export const pictureOf = (image: DecodedImage): GreyPicture => inGreys(toGrey(asExported(image)))

/** Of one channel, of 8 bits: one with more in the window at which it opens. */
export function inGreys(grey: DecodedImage): GreyPicture {
  const { width, height, data } = grey
  return { width, height, data: data instanceof Uint8Array ? data : greys(grey, displayWindow(grey)) }
}
