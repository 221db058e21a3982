import type { DicomFacts } from '../../../../shared/dicom.ts'
import type { DataSet } from './data-set.ts'
import type { Keyword } from './dictionary.ts'
import { groupOf, statedGroup } from './functional-groups.ts'
import { readPixelSize } from './geometry.ts'
import type { ImagePixel } from './image-pixel.ts'
import { readableName } from './person-name.ts'

/** Longest text that is kept of an attribute; the standard allows 64 characters, and 324 for a name. */
const MAX_TEXT = 400

/** What a file says of itself, as far as a case keeps it. @param frame the one that is read, 0-based */
export function readFacts(set: DataSet, image: ImagePixel, frame: number): DicomFacts {
  const text = (keyword: Keyword) => plain(set.text(keyword))
  const name = text('PatientName')
  const size = readPixelSize(set, frame)
  return {
    patientName: readableName(name),
    patientNameDicom: name,
    patientId: text('PatientID'),
    patientIdIssuer: text('IssuerOfPatientID'),
    birthDate: dateOf(text('PatientBirthDate')),
    sex: text('PatientSex'),
    studyUid: text('StudyInstanceUID'),
    seriesUid: text('SeriesInstanceUID'),
    instanceUid: text('SOPInstanceUID'),
    sopClass: text('SOPClassUID'),
    modality: text('Modality'),
    accessionNumber: text('AccessionNumber'),
    studyDescription: text('StudyDescription'),
    seriesDescription: text('SeriesDescription'),
    studyDate: dateOf(text('StudyDate')),
    studyTime: timeOf(text('StudyTime')),
    studyId: text('StudyID'),
    referringPhysician: text('ReferringPhysicianName'),
    frameOfReferenceUid: text('FrameOfReferenceUID'),
    seriesNumber: wholeOf(set, 'SeriesNumber'),
    instanceNumber: wholeOf(set, 'InstanceNumber'),
    manufacturer: text('Manufacturer'),
    manufacturerModel: text('ManufacturerModelName'),
    fieldStrength: finite(set, 'MagneticFieldStrength')?.[0] ?? null,
    sequenceName: text('SequenceName'),
    contrastAgent: text('ContrastBolusAgent'),
    echoTime: finite(set, 'EchoTime')?.[0] ?? null,
    inversionTime: finite(set, 'InversionTime')?.[0] ?? null,
    pixelSpacing: size?.unit === 'mm' ? [size.height, size.width] : null,
    position: positionOf(set, image.frames, frame),
    orientation: ofLength(finite(groupOf(set, frame, 'PlaneOrientationSequence'), 'ImageOrientation'), 6),
    frames: image.frames,
    frame: frame + 1,
  }
}

/** Where a frame lies. A position at the top of a file of several frames is that of one of them, or of none: it tells nothing of each. */
function positionOf(set: DataSet, frames: number, frame: number): number[] | null {
  const stated = statedGroup(set, frame, 'PlanePositionSequence') ?? (frames > 1 ? null : set)
  return stated && ofLength(finite(stated, 'ImagePosition'), 3)
}

/** What part of the body it shows, in capitals; '' where it names none. Enhanced objects say it in codes (PS3.3, C.7.6.16.2.8). */
export function readBodyPart(set: DataSet, frame: number): string {
  const [stated] = set.texts('BodyPartExamined')
  const region = groupOf(set, frame, 'FrameAnatomySequence').items('AnatomicRegionSequence')[0]
  return plain(stated || region?.text('CodeMeaning') || '').toUpperCase()
}

/** One line, without control characters, which no terminal or page is to be given. */
const plain = (text: string) =>
  text
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, MAX_TEXT)

/** A date that the calendar has, as ISO 8601; '' for anything else. Old files write `2004.01.19`. */
function dateOf(text: string): string {
  const [, year, month, day] = /^(\d{4})\.?(\d{2})\.?(\d{2})$/.exec(text) ?? []
  const iso = `${year}-${month}-${day}`
  const parsed = new Date(`${iso}T00:00:00Z`)
  return year && !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(iso) ? iso : ''
}

/** `hh:mm:ss`, as far as the file tells it; '' where it does not. */
function timeOf(text: string): string {
  const parts = /^([01]\d|2[0-3]):?([0-5]\d)?:?([0-5]\d)?/.exec(text)
  return parts ? parts.slice(1).filter(Boolean).join(':') : ''
}

/** What a case merely keeps must not keep it from being read. */
function finite(set: DataSet, keyword: Keyword): number[] | undefined {
  try {
    return set.numbers(keyword)
  } catch {
    return undefined
  }
}

function wholeOf(set: DataSet, keyword: Keyword): number | null {
  const [value] = finite(set, keyword) ?? []
  return value !== undefined && Number.isSafeInteger(value) ? value : null
}

const ofLength = (values: number[] | undefined, length: number) => (values?.length === length ? values : null)
