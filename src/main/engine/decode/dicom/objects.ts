import { GyrusError } from '../../../../shared/errors.ts'
import type { DataSet } from './data-set.ts'

/** Objects without pictures in them, by the beginning of their SOP class, in words for a reader. */
const OBJECTS: [sopClass: string, object: string][] = [
  ['1.2.840.10008.1.3.10', 'a DICOMDIR, the list of the files on a medium'],
  ['1.2.840.10008.5.1.4.1.1.104', 'an encapsulated document'],
  ['1.2.840.10008.5.1.4.1.1.88.59', 'a key object selection'],
  ['1.2.840.10008.5.1.4.1.1.88', 'a structured report'],
  ['1.2.840.10008.5.1.4.1.1.11', 'a presentation state'],
  ['1.2.840.10008.5.1.4.1.1.9', 'a waveform'],
  ['1.2.840.10008.5.1.4.1.1.66.4', 'a segmentation'],
  ['1.2.840.10008.5.1.4.1.1.66', 'a registration or raw data'],
  ['1.2.840.10008.5.1.4.1.1.481.2', 'a dose distribution'],
  ['1.2.840.10008.5.1.4.1.1.481', 'a radiotherapy object'],
  ['1.2.840.10008.5.1.4.1.1.4.2', 'a spectroscopy'],
]

/** Radiotherapy images are images. */
const IMAGES = new Set(['1.2.840.10008.5.1.4.1.1.481.1'])

/**
 * Says what a file is that holds no picture to read.
 * @throws GyrusError `dicom-no-image`
 */
export function refuseObject(set: DataSet): void {
  const sopClass = set.text('SOPClassUID')
  const known = OBJECTS.find(([start]) => sopClass === start || sopClass.startsWith(`${start}.`))
  const object = IMAGES.has(sopClass) ? undefined : known?.[1]
  if (object) throw new GyrusError('dicom-no-image', { object })
  if (['PixelData', 'FloatPixelData', 'DoublePixelData'].every((keyword) => !set.has(keyword as 'PixelData'))) {
    throw new GyrusError('dicom-no-image', { object: 'no pixel data' })
  }
}
