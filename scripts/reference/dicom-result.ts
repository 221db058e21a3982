import type { ReaderVerdict, ResultInput } from '../../src/main/core/dicom-objects/types.ts'
import { SERIES_CAUTIONS, SERIES_RULE } from '../../src/shared/series.ts'

/** A result on a slice, not read yet. */
export const INPUT: ResultInput = {
  source: {
    patient: { name: 'Doe^Jane', id: '4711', issuer: 'Example Hospital', birthDate: '19700131', sex: 'F' },
    study: {
      uid: '1.2.826.0.1.3680043.10.1.1',
      date: '20261120',
      time: '101500',
      id: '1',
      accessionNumber: 'A-17',
      referringPhysician: 'Roe^Richard',
      description: 'MRI brain',
    },
    modality: 'MR',
    frameOfReferenceUid: '1.2.826.0.1.3680043.10.1.9',
    images: [
      {
        seriesUid: '1.2.826.0.1.3680043.10.1.2',
        classUid: '1.2.840.10008.5.1.4.1.1.4',
        uid: '1.2.826.0.1.3680043.10.1.3',
        frames: [],
      },
    ],
  },
  result: {
    id: '0199d0a0-0000-7000-8000-000000000001',
    label: 'glioma',
    confidences: { glioma: 0.912345678901, meningioma: 0.05, notumor: 0.0376543, pituitary: 0.000000021099 },
    gate: { verdict: 'near', reasons: [] },
    set: ['glioma'],
    algorithm: { name: 'Gyrus brain MRI classifier', version: '2' },
    model: { id: 'efl0-2', weightsSha256: 'ab'.repeat(32) },
    cautions: [],
    series: null,
    at: '2026-11-20T11:00:00.000Z',
  },
  verdict: null,
  predecessors: [],
  installation: {
    id: '0b8f6a0e-5d0e-4a53-9d0a-6f2f3a4b5c6d',
    softwareVersion: '0.1.0',
    organisation: 'Example Hospital, Radiology',
    utcOffsetMinutes: 60,
  },
  at: '2026-11-20T23:30:00.000Z',
}

export const VERDICT: ReaderVerdict = {
  id: '0199d0a0-0000-7000-8000-000000000002',
  verdict: 'disagree',
  label: 'meningioma',
  comment: 'Dural tail.\nSee the prior study.',
  reader: 'Dr. Ágnes Müller',
  at: '2026-11-20T12:00:00.000Z',
  signed: null,
}

export const SIGNED: ReaderVerdict = {
  ...VERDICT,
  signed: { by: 'Dr. Ágnes Müller', at: '2026-11-20T12:01:02.345Z' },
}

const [SLICE] = INPUT.source.images

/** A result on a series, of which the second of three neighbouring slices is the key slice. */
export const OF_SERIES: ResultInput = {
  ...INPUT,
  source: {
    ...INPUT.source,
    images: SLICE ? ['.15', '.14', '.16'].map((end) => ({ ...SLICE, uid: `${SLICE.uid}${end}` })) : [],
  },
  result: {
    ...INPUT.result,
    series: {
      rule: SERIES_RULE,
      ...{ slices: 32, counted: 15, key: 15, deciding: 3 },
      cautions: [SERIES_CAUTIONS.untested, SERIES_CAUTIONS.contrast],
    },
  },
}
