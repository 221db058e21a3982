import type { CaseDetail, Result, VerdictRecord } from '../../../shared/cases.ts'
import { headerCautions } from '../../../shared/cautions.ts'
import type { DicomFacts } from '../../../shared/dicom.ts'
import { GyrusError } from '../../../shared/errors.ts'
import type { AiResult, Installation, ReaderVerdict, Source } from '../dicom-objects/types.ts'
import type { DecidingSlices } from './deciding.ts'

const ALGORITHM = 'Gyrus brain MRI classifier'
/** As far as it matters here: what is none would damage the objects (PS3.5 9.1). */
const UID = /^[0-9.]{1,64}$/
/** Nobody has had the last word yet. */
const UNSETTLED = ['marked', 'open', 'disputed']

/** What of a case goes into its objects. */
export interface Told {
  source: Source
  result: AiResult
  verdict: ReaderVerdict | null
}

/**
 * @param fullNames of readers, by the names of their accounts
 * @param slices of the series that the case is; null where it is none
 * @throws GyrusError `objects-not-dicom`, `objects-no-study`, `objects-no-answer`, `objects-second-open`,
 *   `objects-earlier-answer`, `objects-not-signed`
 */
export function toldOf(
  { id, dicom, result, verdicts, second }: CaseDetail,
  beforeSigning: boolean,
  fullNames: Map<string, string>,
  slices: DecidingSlices | null,
): Told {
  if (!dicom) throw new GyrusError('objects-not-dicom')
  const images = slices?.facts ?? [dicom]
  const uids = images.flatMap(({ seriesUid, instanceUid, sopClass }) => [seriesUid, instanceUid, sopClass])
  if (![dicom.studyUid, ...uids].every((uid) => UID.test(uid))) throw new GyrusError('objects-no-study')
  if (!result) throw new GyrusError('objects-no-answer')
  if (second !== null && UNSETTLED.includes(second)) throw new GyrusError('objects-second-open')
  const [standing] = verdicts
  // Signed or not, it does not speak of what the objects would say.
  if (standing && standing.resultId !== result.id) throw new GyrusError('objects-earlier-answer')
  if (!standing?.signature && !beforeSigning) throw new GyrusError('objects-not-signed')
  const verdict = standing ? verdictOf(id, standing, fullNames) : null
  const told = slices ? { series: slices.summary, cautions: [] } : { series: null, cautions: headerCautions(dicom) }
  return { source: sourceOf(dicom, images), result: resultOf(id, result, told), verdict }
}

function sourceOf(dicom: DicomFacts, images: DicomFacts[]): Source {
  return {
    patient: {
      name: dicom.patientNameDicom,
      id: dicom.patientId,
      issuer: dicom.patientIdIssuer,
      birthDate: dateOf(dicom.birthDate),
      sex: dicom.sex,
    },
    study: {
      uid: dicom.studyUid,
      date: dateOf(dicom.studyDate),
      time: dicom.studyTime.replaceAll(':', ''),
      id: dicom.studyId,
      accessionNumber: dicom.accessionNumber,
      referringPhysician: dicom.referringPhysician,
      description: dicom.studyDescription,
    },
    modality: dicom.modality,
    frameOfReferenceUid: dicom.frameOfReferenceUid,
    images: images.map(({ seriesUid, sopClass, instanceUid, frames, frame }) => ({
      ...{ seriesUid, classUid: sopClass, uid: instanceUid, frames: frames > 1 ? [frame] : [] },
    })),
  }
}

const dateOf = (iso: string) => iso.replaceAll('-', '')

/** Ids of the record are numbers, which a record of its own has, too: the case makes them one of a kind. */
const uniquely = (caseId: string, id: number) => `${caseId}/${id}`

function resultOf(caseId: string, result: Result, told: Pick<AiResult, 'series' | 'cautions'>): AiResult {
  const { label, confidences, gate, set, preprocessingVersion, modelId, weightsSha256 } = result
  return {
    id: uniquely(caseId, result.id),
    label,
    confidences,
    gate,
    set,
    algorithm: { name: ALGORITHM, version: preprocessingVersion },
    model: { id: modelId, weightsSha256 },
    ...told,
    at: result.createdAt,
  }
}

function verdictOf(caseId: string, given: VerdictRecord, fullNames: Map<string, string>): ReaderVerdict {
  const { verdict, label, comment, signature } = given
  const named = (name: string) => fullNames.get(name) ?? name
  return {
    id: uniquely(caseId, given.id),
    verdict,
    label,
    comment,
    reader: named(given.reader),
    at: given.createdAt,
    signed: signature && { by: named(signature.signer), at: signature.at },
  }
}

/** @param at when the object is made: its times are local ones of that day */
export const installationOf = (
  id: string,
  softwareVersion: string,
  organisation: string,
  at: string,
): Installation => ({
  id,
  softwareVersion,
  organisation,
  // 0 − 0: a minus zero would be another number in tests.
  utcOffsetMinutes: 0 - new Date(at).getTimezoneOffset(),
})
