import type { DecodedImage } from '../../types.ts'
import { collapseGrey } from '../collapse.ts'
import type { DataSet } from './data-set.ts'
import type { ImagePixel } from './image-pixel.ts'
import { lookUpIn, readLut } from './luts.ts'
import type { Samples } from './samples.ts'

type Whole = Uint8Array | Uint16Array
type Colours = Pick<DecodedImage, 'data' | 'channels' | 'window'>

/** A frame in colour as interleaved RGB. @throws GyrusError `dicom-attribute` */
export function colourImage(set: DataSet, image: ImagePixel, samples: Samples): Colours {
  const rgb = rgbOf(set, image, samples)
  const grey = collapseGrey(rgb)
  // As stored: a picture in colour has no window.
  const high = rgb instanceof Uint16Array ? 2 ** image.bitsStored - 1 : 255
  return { channels: grey ? 1 : 3, data: grey ?? rgb, window: { low: 0, high } }
}

/** The same before what is grey is taken as grey. */
export function rgbOf(set: DataSet, image: ImagePixel, samples: Samples): Whole {
  if (image.photometric === 'PALETTE COLOR') return fromPalette(set, image, samples)
  const whole = image.bitsStored > 8 ? Uint16Array.from(samples) : scaleUp(Uint8Array.from(samples), image.bitsStored)
  if (image.photometric === 'YBR_FULL_422') return toRgb(spread(whole, image), image.bitsStored)
  const interleaved = image.planar ? interleave(whole) : whole
  return image.photometric === 'YBR_FULL' ? toRgb(interleaved, image.bitsStored) : interleaved
}

/** 8 bits of what has fewer. */
function scaleUp(values: Uint8Array, bits: number): Uint8Array {
  if (bits < 8)
    for (let i = 0; i < values.length; i++) values[i] = Math.round(((values[i] as number) * 255) / (2 ** bits - 1))
  return values
}

/** Three planes, one after the other, as values side by side. */
function interleave(planes: Whole): Whole {
  const size = planes.length / 3
  const mixed = planes.slice()
  for (let i = 0; i < size; i++) {
    for (let c = 0; c < 3; c++) mixed[3 * i + c] = planes[c * size + i] as number
  }
  return mixed
}

/** `Y1 Y2 Cb Cr` of two pixels as `Y1 Cb Cr Y2 Cb Cr`. */
function spread(pairs: Whole, { rows, columns }: ImagePixel): Whole {
  const size = rows * columns * 3
  const full = pairs instanceof Uint16Array ? new Uint16Array(size) : new Uint8Array(size)
  for (let pair = 0; pair < pairs.length / 4; pair++) {
    const [y1, y2, cb, cr] = pairs.subarray(4 * pair, 4 * pair + 4) as unknown as [number, number, number, number]
    full.set([y1, cb, cr, y2, cb, cr], 6 * pair)
  }
  return full
}

/** Luminance and colour differences as RGB, in place (PS3.3, C.7.6.3.1.2). */
function toRgb(ybr: Whole, bits: number): Whole {
  const top = ybr instanceof Uint16Array ? 2 ** bits - 1 : 255
  const middle = (top + 1) / 2
  const clip = (value: number) => Math.min(Math.max(Math.round(value), 0), top)
  for (let i = 0; i < ybr.length; i += 3) {
    const [y, cb, cr] = [ybr[i] as number, (ybr[i + 1] as number) - middle, (ybr[i + 2] as number) - middle]
    ybr[i] = clip(y + 1.402 * cr)
    ybr[i + 1] = clip(y - 0.344136 * cb - 0.714136 * cr)
    ybr[i + 2] = clip(y + 1.772 * cb)
  }
  return ybr
}

/** The colours that values stand for, the upper 8 bits of each. */
function fromPalette(set: DataSet, { signed }: ImagePixel, samples: Samples): Uint8Array {
  const luts = [
    readLut(set, 'RedPaletteDescriptor', 'RedPaletteData', signed),
    readLut(set, 'GreenPaletteDescriptor', 'GreenPaletteData', signed),
    readLut(set, 'BluePaletteDescriptor', 'BluePaletteData', signed),
  ]
  const rgb = new Uint8Array(samples.length * 3)
  for (const [c, lut] of luts.entries()) {
    for (let i = 0; i < samples.length; i++) rgb[3 * i + c] = lookUpIn(lut, samples[i] as number) >> (lut.bits - 8)
  }
  return rgb
}
