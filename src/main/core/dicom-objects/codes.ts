import type { VerdictLabel } from '../../../shared/labels.ts'
import type { DataSet } from './data-set.ts'

/** A concept: code, coding scheme, meaning (PS3.3 8). */
export type Code = readonly [value: string, scheme: string, meaning: string]

/** One item of a code sequence. */
export const codeItem = ([CodeValue, CodingSchemeDesignator, CodeMeaning]: Code): DataSet => ({
  CodeValue,
  CodingSchemeDesignator,
  CodeMeaning,
})

/** Coding scheme of what no standard has a code for. */
export const OWN_SCHEME = '99GYRUS'

const dcm = (value: string, meaning: string): Code => [value, 'DCM', meaning]
const sct = (value: string, meaning: string): Code => [value, 'SCT', meaning]
const own = (value: string, meaning: string): Code => [value, OWN_SCHEME, meaning]

/** Names and values of content items. DCM: PS3.16 Annex D. SCT: SNOMED CT, as in PS3.16 where it stands there. */
export const CODES = {
  measurementReport: dcm('126000', 'Imaging Measurement Report'),
  language: dcm('121049', 'Language of Content Item and Descendants'),
  english: ['en', 'RFC5646', 'English'],
  observerType: dcm('121005', 'Observer Type'),
  person: dcm('121006', 'Person'),
  personName: dcm('121008', 'Person Observer Name'),
  organisation: dcm('121009', "Person Observer's Organization Name"),
  device: dcm('121007', 'Device'),
  deviceUid: dcm('121012', 'Device Observer UID'),
  deviceName: dcm('121013', 'Device Observer Name'),
  deviceManufacturer: dcm('121014', 'Device Observer Manufacturer'),
  deviceModel: dcm('121015', 'Device Observer Model Name'),
  deviceSerial: dcm('121016', 'Device Observer Serial Number'),
  procedure: dcm('121058', 'Procedure reported'),
  brainMri: sct('816077007', 'Magnetic resonance imaging of brain'),
  comment: dcm('121106', 'Comment'),
  imageLibrary: dcm('111028', 'Image Library'),
  imageLibraryGroup: dcm('126200', 'Image Library Group'),
  modality: dcm('121139', 'Modality'),
  frameOfReference: dcm('112227', 'Frame of Reference UID'),
  measurements: dcm('126010', 'Imaging Measurements'),
  group: dcm('125007', 'Measurement Group'),
  trackingId: dcm('112039', 'Tracking Identifier'),
  trackingUid: dcm('112040', 'Tracking Unique Identifier'),
  finding: dcm('121071', 'Finding'),
  associatedFinding: sct('246090004', 'Associated finding'),
  probability: dcm('122157', 'Probability'),
  noUnits: ['1', 'UCUM', 'no units'],
  method: sct('370129005', 'Measurement Method'),
  softmax: own('softmax', 'Softmax of a neural network, scaled by its temperature'),
  softmaxMean: own('softmax-mean', 'Mean of the scaled softmax of the slices that decided'),
  algorithmName: dcm('111001', 'Algorithm Name'),
  algorithmVersion: dcm('111003', 'Algorithm Version'),
  algorithmParameters: dcm('111002', 'Algorithm Parameters'),
  sourceOfMeasurement: dcm('121112', 'Source of Measurement'),
  sourceImage: dcm('121322', 'Source image for image processing operation'),
  ofInterest: dcm('113000', 'Of Interest'),
  keyObjectDescription: dcm('113012', 'Key Object Description'),
  verdict: own('verdict', "Reader's verdict on the result of the algorithm"),
  agree: own('agree', 'Agree'),
  disagree: own('disagree', 'Disagree'),
  own: own('own-finding', 'Own finding: the algorithm does not judge the image'),
  'cannot-tell': own('cannot-tell', 'Can’t tell'),
  undetermined: sct('373068000', 'Undetermined'),
  intracranialTumour: sct('254935002', 'Intracranial tumor'),
} as const satisfies Record<string, Code>

/**
 * What each label is in SNOMED CT. “No tumour” is Absent, of an intracranial tumour by a modifier: a system that reads
 * over the modifier must not come to see a tumour. `docs/dicom-objects.md` says where the codes come from.
 */
export const FINDINGS: Record<VerdictLabel, Code> = {
  glioma: sct('393564001', 'Glioma'),
  meningioma: sct('302820008', 'Intracranial meningioma'),
  pituitary: sct('127024001', 'Neoplasm of pituitary gland'),
  notumor: sct('272519000', 'Absent'),
  other: sct('74964007', 'Other'),
}
