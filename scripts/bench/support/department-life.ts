import { createHash } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import type { NewCase, NewResult, Store } from '../../../src/main/store/types.ts'
import type { DicomFacts } from '../../../src/shared/dicom.ts'
import { LABELS } from '../../../src/shared/labels.ts'
import { timed } from './times.ts'

/** Features of an image by which similar ones are found, as the shipped model has them. */
const VECTOR_BYTES = 256
const READER = 'Dr Adler'

/** A slice of a scanner as it is received, and what came of it: of the sizes that the shipped model makes of one. */
export interface Life {
  received: NewCase
  result: NewResult
}

export const livesOf = (from: number, count: number): Life[] =>
  Array.from({ length: count }, (_, n) => lifeOf(from + n))

function lifeOf(n: number): Life {
  const sha256 = createHash('sha256').update(`slice ${n}`).digest('hex')
  const id = uuidv7()
  const fileName = `slice-${String(n).padStart(7, '0')}.dcm`
  const label = LABELS[n % LABELS.length] ?? 'glioma'
  const most = 0.9 + (n % 97) / 1000
  const rest = (1 - most) / 3
  const confidences = { glioma: rest, meningioma: rest, notumor: rest, pituitary: rest, [label]: most }
  const digits = Number.parseInt(sha256.slice(0, 8), 16) / 2 ** 32
  return {
    received: {
      ...{ id, fileName, receivedAt: new Date().toISOString(), receivedBy: READER, source: 'file' },
      scan: { sha256, bytes: 211_994 },
    },
    result: {
      ...{ caseId: id, image: { format: 'dicom', width: 384, height: 274 }, dicom: factsOf(n), modelId: 'efl0-2' },
      ...{ weightsSha256: 'a3'.repeat(32), preprocessingVersion: 'r1-192-head-grey-1-99-fill-linear' },
      ...{ engine: 'onnxruntime-node 1.30.0 cpu', label, confidences, set: [label], frames: null },
      gate: { verdict: 'near', reasons: [] },
      ...{ decodeMs: 29 + digits, preprocessMs: 222 + digits, inferenceMs: 40 + digits },
      statistics: {
        brightness: digits,
        contrast: digits / 2,
        sharpness: digits / 3,
        noise: digits / 5,
        head: digits / 7,
      },
      distance: digits * 3,
      vector: { indexId: 'a3c638d3d11ff3aa', values: Buffer.alloc(VECTOR_BYTES, sha256, 'hex') },
      region: {
        ...{ found: true, area: 0.2572, areaCm2: 112.3, mean: 51.1, sd: 18.7, asymmetry: 0.4, noAsymmetry: null },
        percentiles: { p5: 19, p25: 42, p50: 52, p75: 59, p95: 81 },
      },
    },
  }
}

/** Patients have some eight slices on the average, of one study and series each. */
function factsOf(n: number): DicomFacts {
  const patient = Math.floor(n / 8)
  const uid = (kind: number, of: number) => `1.2.826.0.1.3680043.2.1143.${kind}${String(of).padStart(36, '0')}`
  return {
    ...{ patientName: `Lindqvist, Karl ${patient}`, patientNameDicom: `Lindqvist^Karl ${patient}` },
    ...{ patientId: `P${String(patient).padStart(7, '0')}`, patientIdIssuer: '', birthDate: '1966-01-01', sex: 'F' },
    ...{ studyUid: uid(1, patient), seriesUid: uid(2, patient), instanceUid: uid(3, n) },
    ...{ sopClass: '1.2.840.10008.5.1.4.1.1.4', modality: 'MR', accessionNumber: `A${patient}` },
    ...{ studyDescription: 'Head without and with contrast', seriesDescription: 'T1 ax post' },
    ...{ studyDate: '2025-07-17', studyTime: '14:15:00', studyId: String(patient), referringPhysician: 'Roe^R' },
    ...{ frameOfReferenceUid: uid(4, patient), seriesNumber: 401, instanceNumber: n % 8 },
    ...{
      manufacturer: 'Maker',
      manufacturerModel: 'Model',
      fieldStrength: 3,
      sequenceName: 'tfl3d1',
      contrastAgent: 'Gd',
    },
    ...{ echoTime: 2.98, inversionTime: 900, pixelSpacing: [0.666666686534882, 0.699987828731537] },
    ...{ position: [-91.7069255837182, -159.11484757823, -135.237917748337] },
    ...{ orientation: [0.999032176441525, -0.0217883751, 0.03820964, 0.02651947, 0.99141387, -0.12804395] },
    ...{ frames: 1, frame: 1 },
  }
}

/** Has so many stations do all of the work, each as soon as it is free. @returns the times of each piece, ms, and of all, s */
export async function shared<T>(
  stations: readonly Store[],
  pieces: readonly T[],
  work: (store: Store, piece: T) => Promise<void>,
): Promise<{ each: number[]; seconds: number }> {
  const each: number[] = []
  let next = 0
  const station = async (store: Store) => {
    while (next < pieces.length) {
      const piece = pieces[next++] as T
      each.push((await timed(() => work(store, piece)))[0])
    }
  }
  const [ms] = await timed(() => Promise.all(stations.map(station)))
  return { each, seconds: ms / 1000 }
}

export const groupsOf = <T>(all: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, n) => all.slice(n * size, (n + 1) * size))

/** A reader looks at a case, judges it and signs: four transactions, of which the first is a look alone. */
export async function readAndSign(store: Store, caseId: string): Promise<void> {
  await store.logView(caseId, READER)
  await store.review({ caseId, reader: READER, verdict: 'agree', label: null, comment: 'dural tail, no change' })
  const { verdicts } = await store.getCase(caseId)
  await store.sign({ caseId, verdictId: verdicts.at(-1)?.id ?? 0, reader: READER })
}
