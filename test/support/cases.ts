import { v7 as uuidv7 } from 'uuid'
import type { NewCase, NewResult } from '../../src/main/store/types.ts'
import { caseQuerySchema } from '../../src/shared/cases.ts'
import type { DicomFacts } from '../../src/shared/dicom.ts'

export const anyCase = caseQuerySchema.parse({})

export const newCase = (change: Partial<NewCase> = {}): NewCase => ({
  id: uuidv7(),
  receivedAt: new Date().toISOString(),
  receivedBy: 'Dr Test',
  source: 'file',
  fileName: 'slice.png',
  scan: { sha256: 'a'.repeat(64), bytes: 100 },
  ...change,
})

export const newResult = (caseId: string, change: Partial<NewResult> = {}): NewResult => ({
  caseId,
  image: { format: 'png', width: 224, height: 224 },
  modelId: 'test-model',
  weightsSha256: 'b'.repeat(64),
  preprocessingVersion: '1',
  engine: 'test',
  label: 'glioma',
  confidences: { glioma: 0.7, meningioma: 0.2, notumor: 0.1, pituitary: 0 },
  decodeMs: 1,
  preprocessMs: 1,
  inferenceMs: 3,
  ...change,
})

export const DICOM_FACTS: DicomFacts = {
  ...{
    patientName: 'Doe, Jane',
    patientNameDicom: 'Doe^Jane',
    patientId: 'P-77',
    patientIdIssuer: 'H',
    birthDate: '1966-01-01',
    sex: 'F',
  },
  ...{ studyUid: '1.2.3', seriesUid: '1.2.3.4', instanceUid: '1.2.3.4.5', sopClass: '1.2.840.10008.5.1.4.1.1.4' },
  ...{ modality: 'MR', accessionNumber: 'ACC-9', studyDescription: 'Head', seriesDescription: 'T1 3D' },
  ...{
    studyDate: '2013-07-17',
    studyTime: '14:15:00',
    studyId: '1',
    referringPhysician: 'Roe^R',
    frameOfReferenceUid: '1.2.3.9',
    seriesNumber: 401,
    instanceNumber: 204,
  },
  ...{ manufacturer: 'Maker', manufacturerModel: 'M', fieldStrength: 7, sequenceName: '', contrastAgent: 'Gd' },
  ...{ echoTime: null, inversionTime: null },
  ...{ pixelSpacing: [0.5, 0.6], position: [1, 2, 3], orientation: [1, 0, 0, 0, 1, 0], frames: 1, frame: 1 },
}

/** What stands on record of a picture that its model does not judge. */
export const OUTSIDE: Partial<NewResult> = {
  label: null,
  gate: { verdict: 'outside', reasons: ['colour', 'unlike'] },
  set: null,
}
