import type { DecodedImage } from '../../types.ts'
import { attributeError, type DataSet } from './data-set.ts'
import { groupOf } from './functional-groups.ts'
import type { ImagePixel } from './image-pixel.ts'
import { lookUpIn, readLut } from './luts.ts'
import { type Padding, readPadding } from './padding.ts'
import { percentileWindow } from './percentile-window.ts'
import type { Samples } from './samples.ts'
import { readVoi, type Voi } from './voi.ts'

type Grey = Pick<DecodedImage, 'data' | 'window' | 'windowNamed' | 'scale'>

/** `data × slope + intercept` is the value in units of the modality. */
interface Scale {
  slope: number
  intercept: number
}

/** Whole values from 0 on, and what they stand for; null where they are no straight line. */
interface Scaled {
  data: Uint8Array | Uint16Array
  scale: Scale
}

/**
 * A grey frame as whole values from 0 on, of which more is always brighter: stored values are moved to begin at 0, and
 * turned round where the file says that more is darker (MONOCHROME1) or its slope falls. `scale` tells what they stand
 * for, `window` how the file wants them seen. Padding becomes black.
 *
 * @throws GyrusError `dicom-attribute`
 */
export function greyImage(set: DataSet, image: ImagePixel, samples: Samples, frame: number): Grey {
  const padding = readPadding(set, image)
  const { data, scale } = scaled(set, image, samples, frame)
  const dark = image.photometric === 'MONOCHROME1'
  const voi = readVoi(set, frame, image.signed)
  if (voi && 'greyOf' in voi) return { data: painted(data, samples, { scale, voi, dark, padding }), ...WHOLE }
  const turned = dark !== scale.slope < 0 ? turn({ data, scale }, image) : { data, scale }
  const within = (i: number) => !padding?.(samples[i] as number)
  blacken(turned.data, padding && within)
  return voi
    ? { ...turned, window: windowOn(voi, turned.scale), windowNamed: true }
    : { ...turned, window: percentileWindow(turned.data, padding && within), windowNamed: false }
}

const WHOLE = { window: { low: 0, high: 65535 }, windowNamed: true }

function scaled(set: DataSet, image: ImagePixel, samples: Samples, frame: number): Scaled {
  const group = groupOf(set, frame, 'PixelValueTransformationSequence')
  const slope = group.number('RescaleSlope') ?? 1
  const intercept = group.number('RescaleIntercept') ?? 0
  if (slope === 0) throw attributeError('RescaleSlope', slope)
  if (image.float) return levels(samples as Float32Array | Float64Array)
  const item = set.items('ModalityLUTSequence')[0]
  if (item) {
    const lut = readLut(item, 'LUTDescriptor', 'LUTData', image.signed)
    return { data: Uint16Array.from(samples, (value) => lookUpIn(lut, value)), scale: { slope: 1, intercept: 0 } }
  }
  const lowest = image.signed ? -(2 ** (image.bitsStored - 1)) : 0
  const data = image.bitsStored > 8 ? new Uint16Array(samples.length) : new Uint8Array(samples.length)
  for (let i = 0; i < data.length; i++) data[i] = (samples[i] as number) - lowest
  return { data, scale: { slope, intercept: intercept + slope * lowest } }
}

/** Floating-point values as 65,536 even steps from the lowest to the highest; what is no number counts as the lowest. */
function levels(samples: Float32Array | Float64Array): Scaled {
  let [low, high] = [Infinity, -Infinity]
  for (const value of samples) {
    if (!Number.isFinite(value)) continue
    if (value < low) low = value
    if (value > high) high = value
  }
  if (low > high) [low, high] = [0, 1]
  const slope = high > low ? (high - low) / 65535 : 1
  const data = Uint16Array.from(samples, (value) => (Number.isFinite(value) ? Math.round((value - low) / slope) : 0))
  return { data, scale: { slope, intercept: low } }
}

/** More becomes less. */
function turn({ data, scale: { slope, intercept } }: Scaled, { bitsStored, float }: ImagePixel): Scaled {
  const top = float || (data instanceof Uint16Array && bitsStored <= 8) ? 65535 : 2 ** bitsStored - 1
  for (let i = 0; i < data.length; i++) data[i] = top - (data[i] as number)
  return { data, scale: { slope: -slope, intercept: intercept + slope * top } }
}

function blacken(data: Uint8Array | Uint16Array, within: ((i: number) => boolean) | undefined): void {
  if (!within) return
  for (let i = 0; i < data.length; i++) if (!within(i)) data[i] = 0
}

/** A window in units of the modality as one in data. */
function windowOn({ low, high }: { low: number; high: number }, { slope, intercept }: Scale) {
  const [one, other] = [(low - intercept) / slope, (high - intercept) / slope]
  return { low: Math.min(one, other), high: Math.max(one, other) }
}

interface Painting {
  scale: Scale
  voi: Extract<Voi, { greyOf: unknown }>
  dark: boolean
  padding: Padding | undefined
}

/** Greys themselves, 0–65,535, where no straight window gives them. */
function painted(
  data: Uint8Array | Uint16Array,
  samples: Samples,
  { scale, voi, dark, padding }: Painting,
): Uint16Array {
  const table = Float64Array.from({ length: data instanceof Uint16Array ? 65536 : 256 }, (_, value) =>
    voi.greyOf(value * scale.slope + scale.intercept),
  )
  return Uint16Array.from(data, (value, i) => {
    if (padding?.(samples[i] as number)) return 0
    const grey = table[value] as number
    return Math.round(65535 * (dark ? 1 - grey : grey))
  })
}
