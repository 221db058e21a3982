import type { Codec } from './codec.ts'
import { checkEnd, jpegShape } from './codestream.ts'
import { decodeNatively } from './native-codecs.ts'

/** JPEG-LS, lossless and near-lossless (PS3.5, annex A.4.3). */
export const jpegLs: Codec = async (coded, image) => {
  const shape = jpegShape(coded)
  checkEnd(coded)
  const bytes = await decodeNatively('decodeJpegLs', coded, image, { shape })
  return { bytes, image: { ...image, planar: false }, little: true }
}
