import { BANNER } from '../../../shared/labels.ts'
import { OWN_SCHEME } from './codes.ts'
import type { DataSet } from './data-set.ts'
import { momentOf } from './moment.ts'
import type { Installation, ObjectReference, Source } from './types.ts'
import { derivedUid } from './uid.ts'

export const MANUFACTURER = 'Gyrus'

/** Patient and General Study: those of the source, so that the object lies where its images do. */
export const studyModules = ({ patient, study }: Source): DataSet => ({
  PatientName: patient.name,
  PatientID: patient.id,
  IssuerOfPatientID: patient.issuer || undefined,
  PatientBirthDate: patient.birthDate,
  PatientSex: patient.sex,
  StudyInstanceUID: study.uid,
  StudyDate: study.date,
  StudyTime: study.time,
  StudyID: study.id,
  AccessionNumber: study.accessionNumber,
  ReferringPhysicianName: study.referringPhysician,
  StudyDescription: study.description || undefined,
})

/** General Equipment: what made the object, not what made the images. */
export const equipmentModule = ({ id, softwareVersion }: Installation): DataSet => ({
  Manufacturer: MANUFACTURER,
  ManufacturerModelName: MANUFACTURER,
  DeviceSerialNumber: id,
  SoftwareVersions: softwareVersion,
})

/** All objects of one kind that an installation adds to a study are one series of it. */
export const seriesModule = (kind: Kind, { study }: Source, { id }: Installation): DataSet => ({
  Modality: kind.modality,
  SeriesInstanceUID: derivedUid(id, 'series', kind.modality, study.uid),
  SeriesNumber: String(kind.seriesNumber),
  SeriesDescription: `Gyrus. ${BANNER}`,
})

/** SOP Common, with what the scheme of our own codes is. */
export const sopModule = (classUid: string, uid: string, at: string, { utcOffsetMinutes }: Installation): DataSet => {
  const { date, time } = momentOf(at, utcOffsetMinutes)
  return {
    SOPClassUID: classUid,
    SOPInstanceUID: uid,
    InstanceCreationDate: date,
    InstanceCreationTime: time,
    CodingSchemeIdentificationSequence: [
      {
        CodingSchemeDesignator: OWN_SCHEME,
        CodingSchemeName: 'Gyrus: verdicts and methods that no standard has a code for',
        CodingSchemeResponsibleOrganization: MANUFACTURER,
      },
    ],
  }
}

/** When the content of an object came to be. */
export const contentMoment = (at: string, { utcOffsetMinutes }: Installation): DataSet => {
  const { date, time } = momentOf(at, utcOffsetMinutes)
  return { ContentDate: date, ContentTime: time }
}

/** What a series of ours is. The numbers are high, so that it stands after the study's own. */
export interface Kind {
  modality: string
  seriesNumber: number
}
export const KINDS = {
  report: { modality: 'SR', seriesNumber: 9601 },
  picture: { modality: 'OT', seriesNumber: 9602 },
  keyObjects: { modality: 'KO', seriesNumber: 9603 },
} as const satisfies Record<string, Kind>

/** How others refer to an object. */
export const referenceTo = (dataSet: DataSet): ObjectReference => ({
  studyUid: String(dataSet.StudyInstanceUID),
  seriesUid: String(dataSet.SeriesInstanceUID),
  classUid: String(dataSet.SOPClassUID),
  uid: String(dataSet.SOPInstanceUID),
})
