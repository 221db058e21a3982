import { z } from 'zod'
import { GyrusError } from '../../../shared/errors.ts'
import {
  type FoundImage,
  type FoundSeries,
  type FoundStudy,
  foundStudySchema,
  MAX_IMAGES,
  MAX_SERIES,
  MAX_STUDIES,
  type StudiesFound,
  type StudyQuery,
  uidSchema,
} from '../../../shared/pacs.ts'
import { beginning, dateRange, isOfModality, within } from '../dimse/keys.ts'
import { intOf, type JsonDataSet, readDataSets, textOf, textsOf } from './dicom-json.ts'
import { exchange, type Server } from './http.ts'
import { refuseStatus } from './status.ts'

/** Tags as the JSON model writes them. */
const TAGS = {
  studyUid: '0020000D',
  seriesUid: '0020000E',
  instanceUid: '00080018',
  classUid: '00080016',
  patientName: '00100010',
  patientId: '00100020',
  birthDate: '00100030',
  sex: '00100040',
  accessionNumber: '00080050',
  studyDate: '00080020',
  studyTime: '00080030',
  studyDescription: '00081030',
  modalitiesInStudy: '00080061',
  studySeries: '00201206',
  studyImages: '00201208',
  seriesNumber: '00200011',
  modality: '00080060',
  seriesDescription: '0008103E',
  bodyPart: '00180015',
  protocol: '00181030',
  seriesImages: '00201209',
  instanceNumber: '00200013',
} as const

/** What a server need not give by itself (PS3.18 table 10.6.3-3). */
const STUDY_FIELDS = [TAGS.studyDescription, TAGS.modalitiesInStudy, TAGS.studySeries, TAGS.studyImages]
const SERIES_FIELDS = [TAGS.seriesDescription, TAGS.bodyPart, TAGS.protocol, TAGS.seriesImages]

/** @throws GyrusError `pacs-*`, `cancelled` by all of these */
export async function findStudies(server: Server, query: StudyQuery, most = MAX_STUDIES): Promise<StudiesFound> {
  // One more than is shown tells that there are more.
  const asked = [...keysOf(query), ...STUDY_FIELDS.map(included), ['limit', String(most + 1)] as const]
  const { found, more } = await search(server, '/studies', asked, MAX_IMAGES)
  // A server may pass over a key that it does not match by.
  const all = found.map((one) => toStudy(one, server)).filter((study) => isOfModality(study, query.modality))
  const studies = unique(all, ({ studyUid }) => studyUid)
  return { studies: studies.slice(0, most), more: more || studies.length > most }
}

export async function findSeries(server: Server, studyUid: string): Promise<FoundSeries[]> {
  const { found } = await search(server, `/studies/${studyUid}/series`, SERIES_FIELDS.map(included), MAX_SERIES)
  const all = found.map((one) => ({
    seriesUid: uidOf(one, TAGS.seriesUid, server),
    number: intOf(one, TAGS.seriesNumber),
    modality: textOf(one, TAGS.modality),
    description: textOf(one, TAGS.seriesDescription),
    bodyPart: textOf(one, TAGS.bodyPart),
    protocol: textOf(one, TAGS.protocol),
    images: countOf(one, TAGS.seriesImages),
  }))
  return unique(all, ({ seriesUid }) => seriesUid)
}

export async function findImages(server: Server, studyUid: string, seriesUid: string): Promise<FoundImage[]> {
  const { found } = await search(server, `/studies/${studyUid}/series/${seriesUid}/instances`, [], MAX_IMAGES)
  const all = found.map((one) => ({
    instanceUid: uidOf(one, TAGS.instanceUid, server),
    classUid: uidSchema.safeParse(textOf(one, TAGS.classUid)).data ?? '',
    number: intOf(one, TAGS.instanceNumber),
  }))
  return unique(all, ({ instanceUid }) => instanceUid)
}

const unique = <T>(all: T[], by: (one: T) => string): T[] => [...new Map(all.map((one) => [by(one), one])).values()]

type Parameter = readonly [name: string, value: string]

async function search(server: Server, path: string, asked: Parameter[], most: number) {
  const query = asked.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')
  const answer = await exchange(server, { path: query ? `${path}?${query}` : path, accept: 'application/dicom+json' })
  refuseStatus(answer, server, 'searches (QIDO-RS)')
  return { found: await readDataSets(answer, server, most), more: answer.more }
}

const included = (tag: string): Parameter => ['includefield', tag]

function keysOf(query: StudyQuery): Parameter[] {
  const keys: Parameter[] = [
    ['PatientName', beginning(query.patientName)],
    ['PatientID', query.patientId],
    ['AccessionNumber', query.accessionNumber],
    ['StudyDate', dateRange(query.studyDateFrom, query.studyDateTo)],
    ['ModalitiesInStudy', query.modality],
    ['StudyDescription', within(query.description)],
  ]
  return keys.filter(([, value]) => value !== '')
}

function toStudy(one: JsonDataSet, server: Server): FoundStudy {
  return {
    studyUid: uidOf(one, TAGS.studyUid, server),
    patientName: textOf(one, TAGS.patientName),
    patientId: textOf(one, TAGS.patientId),
    patientBirthDate: dateOf(one, TAGS.birthDate),
    patientSex: textOf(one, TAGS.sex),
    accessionNumber: textOf(one, TAGS.accessionNumber),
    studyDate: dateOf(one, TAGS.studyDate),
    studyTime: /^(\d\d):?(\d\d)/.exec(textOf(one, TAGS.studyTime))?.slice(1).join(':') ?? '',
    description: textOf(one, TAGS.studyDescription),
    modalities: textsOf(one, TAGS.modalitiesInStudy).slice(0, 32),
    series: countOf(one, TAGS.studySeries),
    images: countOf(one, TAGS.studyImages),
  }
}

/** @throws GyrusError `pacs-malformed`: what has no UID cannot be asked for */
function uidOf(one: JsonDataSet, tag: string, { settings }: Server): string {
  const { data } = uidSchema.safeParse(textOf(one, tag))
  if (data === undefined) throw new GyrusError('pacs-malformed', { pacs: settings.name, reason: 'a UID is missing' })
  return data
}

/** '' where it is no day. */
function dateOf(one: JsonDataSet, tag: string): string {
  const iso = textOf(one, tag).replace(/^(\d{4})[-.]?(\d\d)[-.]?(\d\d)$/, '$1-$2-$3')
  return foundStudySchema.shape.studyDate.safeParse(iso).data ?? ''
}

function countOf(one: JsonDataSet, tag: string): number | null {
  return z.int().min(0).safeParse(intOf(one, tag)).data ?? null
}
