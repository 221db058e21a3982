import { GyrusError } from '../../../shared/errors.ts'
import type { PatientPreview } from '../../../shared/retention.ts'
import type { Dossier, ReadStore } from '../../store/types.ts'
import { findCase } from '../find-case.ts'

/**
 * What is there of a patient, by ID; where nobody has this ID, of the case with this id or code.
 *
 * @throws GyrusError `patient-unknown`, `case-ambiguous`
 */
export async function previewPatient(store: ReadStore, name: string): Promise<PatientPreview> {
  const ofPatient = await store.casesOfPatient(name)
  const all = ofPatient.length > 0 ? ofPatient : [await caseNamed(store, name)]
  const erased = new Set(await store.erasedAmong(all))
  const caseIds = all.filter((id) => !erased.has(id))
  const dossiers: Dossier[] = []
  for (const id of caseIds) dossiers.push(await store.dossier(id))
  const received = dossiers.map((one) => String(one.case.received_at)).sort()
  return {
    patientId: ofPatient.length > 0 ? name : null,
    names: [...new Set(dossiers.map((one) => String(one.case.patient_name)).filter((one) => one !== ''))],
    ...{ caseIds, from: received[0] ?? null, until: received.at(-1) ?? null },
    ...(await filesOf(store, dossiers, new Set(caseIds))),
    held: (await store.heldAmong(caseIds)).length,
    unfinished: dossiers.filter((one) => one.case.state === 'received').length,
    signed: dossiers.filter((one) => one.case.state === 'signed').length,
    erased: erased.size,
  }
}

async function caseNamed(store: ReadStore, name: string): Promise<string> {
  try {
    const id = await findCase(store, name)
    await store.getCase(id)
    return id
  } catch (error) {
    if (error instanceof GyrusError && error.code === 'case-unknown') throw new GyrusError('patient-unknown')
    throw error
  }
}

async function filesOf(store: ReadStore, dossiers: Dossier[], ids: Set<string>) {
  const kept = dossiers.filter(({ scan, imageRemoved }) => scan !== null && imageRemoved === null)
  const sum = { files: 0, filesShared: 0, bytes: 0 }
  for (const sha256 of new Set(kept.map(({ scan }) => String(scan?.sha256)))) {
    const { bytes, caseIds } = await store.needsOf(sha256)
    const shared = !caseIds.every((id) => ids.has(id))
    sum.files += 1
    sum.filesShared += shared ? 1 : 0
    sum.bytes += bytes
  }
  return sum
}
