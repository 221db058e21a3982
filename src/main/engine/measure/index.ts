import type { Region } from '../../../shared/brain-region.ts'
import { lookAt } from '../input-gate/look.ts'
import type { Look } from '../input-gate/types.ts'
import { seenIn } from '../preprocess/index.ts'
import { regionIn } from '../region/index.ts'
import type { DecodedImage } from '../types.ts'

/** What is measured of an image beside its answer, and does not hang on the model. */
export interface Measured {
  /** For the input gate. */
  look: Look
  region: Region
}

/** Takes longer than the network does: some 10 ms for a picture of the usual size. Deterministic. */
export function measureImage(image: DecodedImage): Measured {
  const { grey, region: head } = seenIn(image)
  return { look: lookAt({ image, grey, region: head }), region: regionIn(image, { grey, region: head }).region }
}
