import type { Codec } from './codec.ts'
import { checkEnd, jpeg2000Shape } from './codestream.ts'
import { decodeNatively } from './native-codecs.ts'

/**
 * JPEG 2000 and High-Throughput JPEG 2000, lossless and lossy (PS3.5, annexes A.4.4 and A.4.10). The code stream itself
 * says whether its colours were transformed, and they come out as RGB.
 */
const decoder =
  (decoding: 'decodeJpeg2000' | 'decodeHtJpeg2000'): Codec =>
  async (coded, image) => {
    const shape = jpeg2000Shape(coded)
    checkEnd(coded)
    const bytes = await decodeNatively(decoding, coded, image, { shape })
    const transformed = image.photometric === 'YBR_RCT' || image.photometric === 'YBR_ICT'
    const photometric = transformed ? 'RGB' : image.photometric
    return { bytes, image: { ...image, photometric, planar: false }, little: true }
  }

export const jpeg2000 = decoder('decodeJpeg2000')
export const htj2k = decoder('decodeHtJpeg2000')
