import type { PixelSize } from '../../types.ts'
import type { DataSet } from './data-set.ts'
import { groupOf } from './functional-groups.ts'

/**
 * The size of a frame's pixels: in mm as the scanner states them, or only their proportion. Null where the file says
 * nothing. What a detector's pixel measures (Imager Pixel Spacing) is no size in the patient, so that it counts as a
 * proportion.
 *
 * @throws GyrusError `dicom-attribute` where a number is none
 */
export function readPixelSize(set: DataSet, frame: number): PixelSize | null {
  const spacing = sizeFrom(groupOf(set, frame, 'PixelMeasuresSequence').numbers('PixelSpacing'))
  if (spacing) return { ...spacing, unit: 'mm' }
  const proportion = sizeFrom(set.numbers('PixelAspectRatio')) ?? sizeFrom(set.numbers('ImagerPixelSpacing'))
  return proportion && { ...proportion, unit: null }
}

/** Largest proportion of a pixel's sides that is believed. */
const MAX_PROPORTION = 100

/** Row spacing (the distance of two rows, so a pixel's height) stands first (PS3.3, 10.7.1.3). */
function sizeFrom(values: number[] | undefined): { height: number; width: number } | null {
  const [height = 0, width = 0] = values ?? []
  if (!(height > 0 && width > 0)) return null
  const proportion = height / width
  return proportion < MAX_PROPORTION && proportion > 1 / MAX_PROPORTION ? { height, width } : null
}
