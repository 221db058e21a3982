import type { FoundImage, FoundSeries, FoundStudy, StudyQuery } from '../../../shared/pacs.ts'
import { uidSchema } from '../../../shared/pacs.ts'
import type { DataSet } from '../../engine/decode/dicom/data-set.ts'
import { type Keyword, TAG } from '../../engine/decode/dicom/dictionary.ts'
import { readableName } from '../../engine/decode/dicom/person-name.ts'
import type { What } from '../protocol.ts'
import type { Key } from './identifier.ts'

const MAX_TEXT = 1_000

const level = (value: 'STUDY' | 'SERIES' | 'IMAGE'): Key => [TAG.QueryRetrieveLevel, 'CS', value]
const uidKey = (keyword: Keyword, value: string): Key => [TAG[keyword], 'UI', value]

/** What a study is looked for by, and what is to be told of it (PS3.4 C.6.2.1). */
export function studyKeys(query: StudyQuery): Key[] {
  return [
    level('STUDY'),
    [TAG.StudyDate, 'DA', dateRange(query.studyDateFrom, query.studyDateTo)],
    [TAG.StudyTime, 'TM', ''],
    [TAG.AccessionNumber, 'SH', query.accessionNumber],
    [TAG.ModalitiesInStudy, 'CS', query.modality],
    [TAG.StudyDescription, 'LO', within(query.description)],
    [TAG.PatientName, 'PN', beginning(query.patientName)],
    [TAG.PatientID, 'LO', query.patientId],
    [TAG.PatientBirthDate, 'DA', ''],
    [TAG.PatientSex, 'CS', ''],
    uidKey('StudyInstanceUID', ''),
    [TAG.NumberOfStudyRelatedSeries, 'IS', ''],
    [TAG.NumberOfStudyRelatedInstances, 'IS', ''],
  ]
}

export const seriesKeys = (studyUid: string): Key[] => [
  level('SERIES'),
  [TAG.Modality, 'CS', ''],
  [TAG.SeriesDescription, 'LO', ''],
  [TAG.BodyPartExamined, 'CS', ''],
  [TAG.ProtocolName, 'LO', ''],
  uidKey('StudyInstanceUID', studyUid),
  uidKey('SeriesInstanceUID', ''),
  [TAG.SeriesNumber, 'IS', ''],
  [TAG.NumberOfSeriesRelatedInstances, 'IS', ''],
]

export const imageKeys = (studyUid: string, seriesUid: string): Key[] => [
  level('IMAGE'),
  uidKey('SOPClassUID', ''),
  uidKey('SOPInstanceUID', ''),
  uidKey('StudyInstanceUID', studyUid),
  uidKey('SeriesInstanceUID', seriesUid),
  [TAG.InstanceNumber, 'IS', ''],
]

/** What is to be sent (PS3.4 C.4.2.1, C.4.3.1). */
export const retrieveKeys = ({ studyUid, seriesUid }: What): Key[] => [
  level(seriesUid === null ? 'STUDY' : 'SERIES'),
  uidKey('StudyInstanceUID', studyUid),
  ...(seriesUid === null ? [] : [uidKey('SeriesInstanceUID', seriesUid)]),
]

/** Null where it has no UID that anything could be asked by. */
export function toStudy(set: DataSet): FoundStudy | null {
  const studyUid = uidOf(set, 'StudyInstanceUID')
  if (studyUid === null) return null
  return {
    studyUid,
    patientName: readableName(text(set, 'PatientName')),
    patientId: text(set, 'PatientID'),
    patientBirthDate: date(set, 'PatientBirthDate'),
    patientSex: text(set, 'PatientSex'),
    accessionNumber: text(set, 'AccessionNumber'),
    studyDate: date(set, 'StudyDate'),
    studyTime: time(set, 'StudyTime'),
    description: text(set, 'StudyDescription'),
    modalities: text(set, 'ModalitiesInStudy')
      .split('\\')
      .map((one) => one.trim())
      .filter(Boolean)
      .slice(0, 32),
    series: count(set, 'NumberOfStudyRelatedSeries'),
    images: count(set, 'NumberOfStudyRelatedInstances'),
  }
}

export function toSeries(set: DataSet): FoundSeries | null {
  const seriesUid = uidOf(set, 'SeriesInstanceUID')
  if (seriesUid === null) return null
  return {
    seriesUid,
    number: whole(set, 'SeriesNumber'),
    modality: text(set, 'Modality'),
    description: text(set, 'SeriesDescription'),
    bodyPart: text(set, 'BodyPartExamined'),
    protocol: text(set, 'ProtocolName'),
    images: count(set, 'NumberOfSeriesRelatedInstances'),
  }
}

export function toImage(set: DataSet): FoundImage | null {
  const instanceUid = uidOf(set, 'SOPInstanceUID')
  if (instanceUid === null) return null
  return { instanceUid, classUid: uidOf(set, 'SOPClassUID') ?? '', number: whole(set, 'InstanceNumber') }
}

/** Whether a study is what was asked for, where its PACS passed over a key that it does not match by. */
export const isOfModality = ({ modalities }: FoundStudy, modality: string): boolean =>
  modality === '' || modalities.length === 0 || modalities.includes(modality)

/** A name as people type it: “Smith, J” begins with Smith^J. */
export function beginning(name: string): string {
  const dicom = name.replace(/\s*,\s*/g, '^')
  return dicom === '' || hasWildcard(dicom) ? dicom : `${dicom}*`
}

export const within = (words: string) => (words === '' || hasWildcard(words) ? words : `*${words}*`)
const hasWildcard = (value: string) => /[*?]/.test(value)

/** Range matching, PS3.4 C.2.2.2.5. */
export function dateRange(from: string, to: string): string {
  if (from === '' && to === '') return ''
  const plain = (day: string) => day.replaceAll('-', '')
  return from === to ? plain(from) : `${plain(from)}-${plain(to)}`
}

function text(set: DataSet, keyword: Keyword): string {
  return set
    .text(keyword)
    .replace(/\p{Cc}/gu, '')
    .trim()
    .slice(0, MAX_TEXT)
}

function uidOf(set: DataSet, keyword: Keyword): string | null {
  const uid = text(set, keyword)
  return uidSchema.safeParse(uid).success ? uid : null
}

/** Also as ACR-NEMA wrote it, 2026.11.29. */
function date(set: DataSet, keyword: Keyword): string {
  const [, year, month, day] = /^(\d{4})\.?(\d{2})\.?(\d{2})$/.exec(text(set, keyword)) ?? []
  const iso = `${year}-${month}-${day}`
  return year !== undefined && !Number.isNaN(Date.parse(iso)) && new Date(iso).toISOString().startsWith(iso) ? iso : ''
}

function time(set: DataSet, keyword: Keyword): string {
  const [, hour, minute] = /^([01]\d|2[0-3]):?([0-5]\d)/.exec(text(set, keyword)) ?? []
  return hour === undefined ? '' : `${hour}:${minute}`
}

function whole(set: DataSet, keyword: Keyword): number | null {
  const value = text(set, keyword)
  const number = Number(value)
  return value !== '' && Number.isSafeInteger(number) ? number : null
}

function count(set: DataSet, keyword: Keyword): number | null {
  const number = whole(set, keyword)
  return number !== null && number >= 0 ? number : null
}
