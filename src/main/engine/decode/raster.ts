import type { Metadata } from 'sharp'
import sharp from 'sharp'
import { GyrusError } from '../../../shared/errors.ts'
import type { DecodedImage } from '../types.ts'
import { collapseGrey } from './collapse.ts'
import type { Decoder } from './decoder.ts'
import { checkSize, MAX_PIXELS } from './limits.ts'
import { Room } from './room.ts'
import type { RasterFormat } from './signature.ts'
import { rasterFormat } from './signature.ts'
import { isTruncated } from './truncated.ts'

// Every scan is decoded once; a cache would only hold memory.
sharp.cache(false)
// Small images gain nothing from threads within one; several are decoded at a time instead.
sharp.concurrency(1)

/** What is decoded at the same time, in pixels: as much as one image of the largest size. */
const room = new Room(MAX_PIXELS)

/** JPEG, PNG, TIFF and WebP of 8 or 16 bits, by sharp (libvips). */
export const raster: Decoder = {
  recognises: (bytes) => rasterFormat(bytes) !== undefined,
  async decode(bytes, frame = 0) {
    // Files of several images are refused below.
    if (frame > 0) throw new GyrusError('dicom-frame-missing', { frame: frame + 1, frames: 1 })
    const format = rasterFormat(bytes)
    if (!format) throw new GyrusError('image-unsupported')
    try {
      return await decode(bytes, format)
    } catch (error) {
      throw error instanceof GyrusError ? error : explain(error, bytes, format)
    }
  },
}

async function decode(bytes: Uint8Array, format: RasterFormat): Promise<DecodedImage> {
  // Reads the header only, so that no limit is needed yet.
  const metadata = await sharp(bytes, { limitInputPixels: false }).metadata()
  checkSize(metadata.width, metadata.height)
  checkContent(metadata)
  return room.hold(metadata.width * metadata.height, () => decodePixels(bytes, format, metadata))
}

async function decodePixels(
  bytes: Uint8Array,
  format: RasterFormat,
  { depth, space }: Metadata,
): Promise<DecodedImage> {
  const deep = depth === 'ushort'
  // Interpretations are kept (grey16 stays grey16), because a conversion would put the values through a gamma curve.
  const kept = !deep ? 'srgb' : space === 'grey16' ? 'grey16' : 'rgb16'
  const { data, info } = await sharp(bytes, { failOn: 'warning', limitInputPixels: MAX_PIXELS })
    .autoOrient()
    .flatten({ background: 'black' })
    .toColourspace(kept)
    .raw({ depth: deep ? 'ushort' : 'uchar' })
    .toBuffer({ resolveWithObject: true })
  // Not as the Buffer that it is: a `slice` of one is no copy, and whoever writes into it would change the image.
  const { buffer, byteOffset, length } = data
  const samples = deep ? new Uint16Array(buffer, byteOffset, length / 2) : new Uint8Array(buffer, byteOffset, length)
  const { width, height } = info
  if (info.channels === 1) return { width, height, channels: 1, data: samples, format }
  const grey = collapseGrey(samples)
  return { width, height, channels: grey ? 1 : 3, data: grey ?? samples, format }
}

/** Refuses what would be read only in part or with a guess. */
function checkContent({ pages = 1, depth }: Metadata): void {
  if (pages > 1) throw new GyrusError('image-multipage', { pages })
  // CMYK files state no depth; they have 8 bits.
  if (depth !== undefined && depth !== 'uchar' && depth !== 'ushort') {
    throw new GyrusError('image-sample-type', { type: depth })
  }
}

/** What the library said stays the cause, for a log: its words name its own functions, and mean nothing to a reader. */
function explain(error: unknown, bytes: Uint8Array, format: RasterFormat): GyrusError {
  return new GyrusError(isTruncated(bytes, format) ? 'image-truncated' : 'image-corrupt', {}, { cause: error })
}
