import type { Translated } from './language.ts'
import type { PassedOver, PassedOverKind } from './passed-over.ts'

/** One, and several. */
export const PASSED_OVER_WORDS: Record<PassedOverKind, [one: string, many: string]> = {
  report: ['structured report', 'structured reports'],
  'key-objects': ['key object selection', 'key object selections'],
  'presentation-state': ['presentation state', 'presentation states'],
  document: ['encapsulated document, as a PDF', 'encapsulated documents, as PDFs'],
  segmentation: ['segmentation', 'segmentations'],
  registration: ['registration or raw data', 'registrations or raw data'],
  radiotherapy: ['radiotherapy object', 'radiotherapy objects'],
  waveform: ['waveform', 'waveforms'],
  spectroscopy: ['spectroscopy', 'spectroscopies'],
  definition: ['definition for other objects', 'definitions for other objects'],
  directory: ['DICOMDIR', 'DICOMDIRs'],
  'damaged-directory': ['DICOMDIR that cannot be read', 'DICOMDIRs that cannot be read'],
  hidden: ['hidden file or folder', 'hidden files and folders'],
  unwanted: ['not wanted: name filter or sub-folder', 'not wanted: name filter or sub-folders'],
  other: ['other file, no image', 'other files, no images'],
}

/** What files of a kind are, without their number. */
export const passedOverWords = (
  { kind, files }: Pick<PassedOver, 'kind' | 'files'>,
  words: Translated<typeof PASSED_OVER_WORDS> = PASSED_OVER_WORDS,
): string => words[kind][files === 1 ? 0 : 1]
