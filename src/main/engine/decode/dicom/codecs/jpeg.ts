import type { Codec } from './codec.ts'
import { checkEnd, jpegShape } from './codestream.ts'
import { decodeNatively } from './native-codecs.ts'

/** JPEG baseline, extended of 8 and 12 bits, and lossless (PS3.5, annex A.4.1). Colours become RGB. */
export const jpeg: Codec = async (coded, image) => {
  const shape = jpegShape(coded)
  checkEnd(coded)
  const toRgb = image.photometric.startsWith('YBR')
  const bytes = await decodeNatively('decodeJpeg', coded, image, { shape, toRgb })
  const photometric = toRgb ? 'RGB' : image.photometric
  return { bytes, image: { ...image, photometric, planar: false }, little: true }
}
