import { IMPLEMENTATION_UID, implementationVersion } from '../../../shared/dicom-implementation.ts'
import type { DataSet, Value } from './data-set.ts'

/** What is used of dcmjs, which has no types of its own. */
interface Dcmjs {
  DicomDict: new (meta: Elements) => { dict: Elements; write(options: { allowInvalidVRLength: boolean }): ArrayBuffer }
  DicomMetaDictionary: { nameMap: Record<string, { tag: string; vr: string } | undefined> }
}
interface Element {
  vr: string
  Value: unknown[]
}
type Elements = Record<string, Element>

const EXPLICIT_LITTLE_ENDIAN = '1.2.840.10008.1.2.1'
/** VRs that the dictionary leaves open (PS3.6: “US or SS”, “OB or OW”), as the objects here have them. */
const OPEN_VRS: Record<string, string> = { xs: 'US', ox: 'OW' }

/** A data set as a Part 10 file: Explicit VR Little Endian, texts in UTF-8 (ISO_IR 192). Has SOP class and instance UID. */
export async function part10(dataSet: DataSet, version: string): Promise<Uint8Array> {
  // Loaded when the first object is made, not at every start.
  // @ts-expect-error dcmjs has no types.
  const { data } = (await import('dcmjs')) as { data: Dcmjs }
  const elements = (set: DataSet): Elements => {
    const found = Object.entries(set).filter(([, value]) => value !== undefined)
    return Object.fromEntries(found.map(([keyword, value]) => elementOf(keyword, value)))
  }
  const elementOf = (keyword: string, value: Value): [tag: string, Element] => {
    const entry = data.DicomMetaDictionary.nameMap[keyword]
    if (!entry) throw new Error(`DICOM has no attribute ${keyword}`)
    const vr = OPEN_VRS[entry.vr] ?? entry.vr
    return [entry.tag.replace(/[(),]/g, ''), { vr, Value: valuesOf(value).map((v) => (isSet(v) ? elements(v) : v)) }]
  }
  const file = new data.DicomDict(
    elements({
      FileMetaInformationVersion: new Uint8Array([0, 1]),
      MediaStorageSOPClassUID: dataSet.SOPClassUID,
      MediaStorageSOPInstanceUID: dataSet.SOPInstanceUID,
      TransferSyntaxUID: EXPLICIT_LITTLE_ENDIAN,
      ImplementationClassUID: IMPLEMENTATION_UID,
      ImplementationVersionName: implementationVersion(version),
    }),
  )
  file.dict = elements({ SpecificCharacterSet: 'ISO_IR 192', ...dataSet })
  // What the source says of the patient stays as it is, even where it is longer than the standard allows: systems match by it.
  return new Uint8Array(file.write({ allowInvalidVRLength: true }))
}

type One = string | number | ArrayBuffer | DataSet

function valuesOf(value: Value): One[] {
  if (value === undefined || value === '') return []
  if (value instanceof Uint8Array) return [value.slice().buffer]
  return Array.isArray(value) ? value : [value]
}

const isSet = (value: One): value is DataSet => typeof value === 'object' && !(value instanceof ArrayBuffer)
