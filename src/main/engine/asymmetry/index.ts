import type { NoAsymmetry } from '../../../shared/brain-region.ts'
import { normalOf, planeAlong } from '../../../shared/named-plane.ts'
import type { HeadRegion } from '../preprocess/head-region.ts'
import { morph } from '../preprocess/mask.ts'
import { valueAt } from '../preprocess/order.ts'
import { resample } from '../preprocess/resample.ts'
import type { DecodedImage } from '../types.ts'
import { findMidline, type Midline } from './midline.ts'
import { mirrored } from './mirror.ts'
import { smoothed } from './smooth.ts'
import type { Masked } from './types.ts'

/**
 * Least symmetry of a midline, and least share of the head that has a counterpart (`Midline`), measured on slices of both kinds
 * (docs/brain-region.md): below either lie those that were cut along it. A profile may shine as evenly as a face, but its outline
 * has a nose on one side only. Where the file says that it was cut across, less symmetry will do.
 */
const LEAST = { unknown: { symmetry: 0.54, paired: 0.87 }, across: { symmetry: 0.4, paired: 0 } }
/** Share of the head above whose greys all count as alike: what shines on one side must not hide that all else is even. */
const BRIGHT = 0.9
/** Radius of the smoothing before midlines are looked for and sides compared, px of a grid of 96. */
const RADIUS = { midline: 1, sides: 2 }
/** Share of the compared pixels, those that differ most, that the index is made of. */
const MOST = 0.1
/** Fewer pixels of the grid, or a darker median (of 255), leave nothing to compare. */
const [FEWEST, DARKEST] = [200, 4]

/** A picture of 8 bits, 0–255, upright and with square pixels. */
interface Picture {
  width: number
  height: number
  data: Uint8Array
}

export interface Asymmetry {
  /** ≥ 0; 0 is the same on both sides. */
  index: number
  midline: Midline
  /** `|L − R| ÷ median` over the whole picture on a grid, row by row; 0 where nothing was compared. */
  width: number
  height: number
  values: Float32Array
}

/**
 * How much left and right of the brain differ, in a slice that was cut across the midline. The midline is found in the head:
 * skull and face tell it as well as the brain does, and tell a slice along it by having none. The brain is then smoothed,
 * mirrored across it, and each pixel compared with its counterpart; a midline structure has itself for one.
 *
 * The index is the mean of the tenth of the pixels with the largest `|L − R|`, divided by the median of `(L + R) / 2` over all
 * that are compared: the asymmetry index `(R − L) / ((R + L) / 2)` of Kurth et al. 2015 (Nat Protoc 10:293–304) without its
 * sign, of what differs most instead of all, over one robust denominator instead of one a pixel.
 *
 * @param head of the picture on its grid (`findHead`)
 * @param brain 1 inside, one a pixel of the picture
 * @returns why not, where left and right cannot be compared
 */
export function asymmetryOf(
  picture: Picture,
  head: HeadRegion['mask'],
  brain: Uint8Array,
  dicom: DecodedImage['dicom'],
): Asymmetry | NoAsymmetry {
  const across = acrossOf(dicom)
  if (typeof across === 'string') return across
  const { width, height } = head
  const grey = onGrid(picture.data, picture, head)
  const whole = { width, height, grey: withoutBright(grey, head.inside), mask: head.inside }
  const midline = findMidline({ ...whole, grey: smoothed(whole, RADIUS.midline) }, across?.normal ?? 0)
  if (!midline || !isMidline(midline, across ? LEAST.across : LEAST.unknown)) return 'no-symmetry'
  const inside = onGrid(brain, picture, head).map((share) => (share >= 0.5 ? 1 : 0))
  // What lies at the border is half of something else.
  const { inside: mask } = morph({ width, height, inside: Uint8Array.from(inside) }, 'erode')
  return compare({ width, height, grey, mask }, midline)
}

const isMidline = ({ symmetry, paired }: Midline, least: Pick<Midline, 'symmetry' | 'paired'>) =>
  symmetry >= least.symmetry && paired >= least.paired

/** Where the file tells the plane: how the normal of the midline lies in the picture, radians. Null where it does not tell. */
function acrossOf(dicom: DecodedImage['dicom']): { normal: number } | null | NoAsymmetry {
  const along = dicom && normalOf(dicom)
  if (!along || !dicom?.orientation) return null
  const plane = planeAlong(along)
  if (plane === 'sagittal' || plane === 'oblique') return plane
  // The patient's left and right along rows and columns.
  const [row = 0, , , column = 0] = dicom.orientation
  const angle = Math.atan2(column, row)
  return { normal: angle }
}

function withoutBright(grey: Float32Array, inside: Uint8Array): Float32Array {
  const within = grey.filter((_, i) => inside[i] === 1)
  const most = within.length === 0 ? 0 : valueAt(within, Math.floor(BRIGHT * (within.length - 1)))
  return grey.map((value) => Math.min(value, most))
}

const onGrid = (data: Uint8Array, { width, height }: Picture, grid: { width: number; height: number }): Float32Array =>
  resample({ data, width, height, step: 1, offset: 0 }, grid.width, grid.height, 'linear')

function compare(brain: Masked, midline: Midline): Asymmetry | NoAsymmetry {
  const own = smoothed(brain, RADIUS.sides)
  const other = mirrored({ ...brain, grey: own }, midline)
  const values = new Float32Array(own.length)
  const [means, apart] = [new Float32Array(own.length), new Float32Array(own.length)]
  let n = 0
  for (let i = 0; i < own.length; i++) {
    const one = own[i] as number
    const two = other[i] as number
    if (two < 0) continue
    values[i] = Math.abs(one - two)
    apart[n] = values[i] as number
    means[n++] = (one + two) / 2
  }
  if (n < FEWEST) return 'plain'
  const median = valueAt(means.subarray(0, n), n >> 1)
  if (median < DARKEST) return 'plain'
  const compared = apart.subarray(0, n)
  const first = n - Math.ceil(MOST * n)
  valueAt(compared, first)
  const most = compared.subarray(first)
  const index = most.reduce((sum, one) => sum + one, 0) / most.length / median
  const { width, height } = brain
  return { index, midline, width, height, values: values.map((value) => value / median) }
}
