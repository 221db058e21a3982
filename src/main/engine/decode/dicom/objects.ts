import { type DicomObject, objectOfClass } from '../../../../shared/dicom-objects-by-class.ts'
import { GyrusError } from '../../../../shared/errors.ts'
import type { DataSet } from './data-set.ts'
import { TAG } from './dictionary.ts'

/** In words for a reader. */
const WORDS: Record<Exclude<DicomObject, 'directory'>, string> = {
  report: 'a structured report',
  'key-objects': 'a key object selection',
  'presentation-state': 'a presentation state',
  document: 'an encapsulated document',
  segmentation: 'a segmentation',
  registration: 'a registration or raw data',
  radiotherapy: 'a radiotherapy object',
  waveform: 'a waveform',
  spectroscopy: 'a spectroscopy',
  definition: 'a definition for other objects',
}

/**
 * Says what a file is that holds no picture to read.
 * @throws GyrusError `dicom-no-image`, `medium-alone`
 */
export function refuseObject(set: DataSet): void {
  const object = objectOfClass(set.text('SOPClassUID'))
  // That class stands in the file meta alone; what is told by is the records.
  if (object === 'directory' || set.elements.has(TAG.DirectoryRecordSequence)) throw new GyrusError('medium-alone')
  if (object) throw new GyrusError('dicom-no-image', { object: WORDS[object] })
  if (['PixelData', 'FloatPixelData', 'DoublePixelData'].every((keyword) => !set.has(keyword as 'PixelData'))) {
    throw new GyrusError('dicom-no-image', { object: 'no pixel data' })
  }
}
