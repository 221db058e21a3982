import { GyrusError } from '../../../../shared/errors.ts'
import { checkSize } from '../limits.ts'
import { attributeError, type DataSet } from './data-set.ts'
import type { Keyword } from './dictionary.ts'
import { MAX_FRAMES } from './limits.ts'
import { refuseObject } from './objects.ts'

export const PHOTOMETRICS = [
  ...(['MONOCHROME1', 'MONOCHROME2', 'PALETTE COLOR', 'RGB', 'YBR_FULL'] as const),
  ...(['YBR_FULL_422', 'YBR_ICT', 'YBR_RCT', 'YBR_PARTIAL_420'] as const),
] as const
export type Photometric = (typeof PHOTOMETRICS)[number]

/** How a file's pixels are stored (Image Pixel module, PS3.3, C.7.6.3), checked. */
export interface ImagePixel {
  rows: number
  columns: number
  frames: number
  samples: 1 | 3
  photometric: Photometric
  /** Samples of a pixel lie in planes of their own instead of side by side. */
  planar: boolean
  bitsAllocated: 8 | 16 | 32 | 64
  bitsStored: number
  highBit: number
  signed: boolean
  /** Pixels are floating-point numbers of `bitsAllocated`. */
  float: boolean
}

/**
 * @throws GyrusError `dicom-no-image`, `dicom-attribute`, `dicom-limit`, `dicom-photometric`, `image-too-large`, `image-too-small`
 */
export function readImagePixel(set: DataSet): ImagePixel {
  refuseObject(set)
  const rows = positive(set, 'Rows')
  const columns = positive(set, 'Columns')
  checkSize(columns, rows)
  const frames = set.number('NumberOfFrames') ?? 1
  if (!Number.isInteger(frames) || frames < 1) throw attributeError('NumberOfFrames', frames)
  if (frames > MAX_FRAMES) throw new GyrusError('dicom-limit', { what: 'frames', limit: MAX_FRAMES })
  return { rows, columns, frames, ...colours(set), ...(hasFloats(set) ? floats(set) : integers(set)) }
}

/** The frame that stands for the file, 0-based: the middle one. */
export const frameFor = ({ frames }: ImagePixel): number => Math.floor((frames - 1) / 2)

const hasFloats = (set: DataSet) => set.has('FloatPixelData') || set.has('DoublePixelData')

const floats = (set: DataSet) => {
  const bits = set.has('FloatPixelData') ? 32 : 64
  return { bitsAllocated: bits, bitsStored: bits, highBit: bits - 1, signed: true, float: true } as const
}

function integers(
  set: DataSet,
): Omit<ImagePixel, 'rows' | 'columns' | 'frames' | 'samples' | 'photometric' | 'planar'> {
  const bitsAllocated = positive(set, 'BitsAllocated')
  if (bitsAllocated !== 8 && bitsAllocated !== 16) throw attributeError('BitsAllocated', bitsAllocated)
  const bitsStored = set.has('BitsStored') ? positive(set, 'BitsStored') : bitsAllocated
  if (bitsStored > bitsAllocated) throw attributeError('BitsStored', bitsStored)
  const highBit = set.number('HighBit') ?? bitsStored - 1
  if (highBit < bitsStored - 1 || highBit >= bitsAllocated) throw attributeError('HighBit', highBit)
  return { bitsAllocated, bitsStored, highBit, signed: set.number('PixelRepresentation') === 1, float: false }
}

function colours(set: DataSet): Pick<ImagePixel, 'samples' | 'photometric' | 'planar'> {
  const samples = set.number('SamplesPerPixel') ?? 1
  if (samples !== 1 && samples !== 3) throw attributeError('SamplesPerPixel', samples)
  const stated = set.text('PhotometricInterpretation').trim()
  const photometric = PHOTOMETRICS.find((name) => name === stated)
  if (stated !== '' && !photometric) throw new GyrusError('dicom-photometric', { photometric: stated.slice(0, 32) })
  const assumed = samples === 3 ? 'RGB' : 'MONOCHROME2'
  const grey = photometric?.startsWith('MONOCHROME') || photometric === 'PALETTE COLOR'
  if (photometric && grey !== (samples === 1)) throw attributeError('SamplesPerPixel', samples)
  return {
    samples,
    photometric: photometric ?? assumed,
    planar: samples === 3 && set.number('PlanarConfiguration') === 1,
  }
}

function positive(set: DataSet, keyword: Keyword): number {
  const value = set.number(keyword)
  if (value === undefined || !Number.isInteger(value) || value < 1) throw attributeError(keyword, value ?? '')
  return value
}
