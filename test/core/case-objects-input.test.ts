import { expect, it } from 'vitest'
import { installationOf, toldOf } from '../../src/main/core/case-objects/input.ts'
import { type CaseDetail, caseDetailSchema } from '../../src/shared/cases.ts'
import { CAUTIONS } from '../../src/shared/cautions.ts'
import { BANNER } from '../../src/shared/labels.ts'
import { SERIES_RULE } from '../../src/shared/series.ts'
import { DICOM_FACTS } from '../support/cases.ts'

const AT = '2026-11-20T11:00:00.000Z'
const NAMES = new Map([['agnes', 'Dr. Ágnes Müller']])

/** A signed case of a DICOM file, as the record gives it. */
const DETAIL: CaseDetail = caseDetailSchema.parse({
  ...{ id: '0199d0a0-0000-7000-8000-000000000001', receivedAt: AT, fileName: 'IM1', source: 'dicom', state: 'signed' },
  urgency: null,
  ...{ patientName: 'Doe, Jane', patientId: 'P-77', studyDate: '2013-07-17', description: 'Head' },
  ...{ label: 'glioma', confidence: 0.9, modelId: 'efl0-2', reader: 'agnes', verdict: 'agree', verdictLabel: null },
  ...{ onEarlierAnswer: false, failure: null, second: null, receivedBy: 'gyrus', scan: null, dicom: DICOM_FACTS },
  ...{
    awaitsImpression: false,
    secondReading: null,
    series: null,
    region: null,
    editedFrom: null,
    sameScan: [],
    otherBytes: [],
  },
  result: {
    ...{ id: 7, banner: BANNER, label: 'glioma', modelId: 'efl0-2', weightsSha256: 'a'.repeat(64) },
    confidences: { glioma: 0.9, meningioma: 0.05, notumor: 0.03, pituitary: 0.02 },
    ...{ gate: { verdict: 'near', reasons: [] }, set: ['glioma'] },
    ...{ preprocessingVersion: '2', engine: 'e', decodeMs: 1, preprocessMs: 1, inferenceMs: 1, createdAt: AT },
  },
  verdicts: [
    {
      ...{
        id: 3,
        resultId: 7,
        reader: 'agnes',
        verdict: 'agree',
        label: null,
        comment: '',
        createdAt: AT,
        before: null,
      },
      signature: { kind: 'sign', signer: 'agnes', at: AT, reason: '' },
    },
  ],
})

it('tells of the patient and the study as the file does, and of the reader by their full name', () => {
  const { source, result, verdict } = toldOf(DETAIL, false, NAMES, null)
  // Where its header names no contrast agent, that is said in the objects as on the screen.
  expect(result.cautions).toEqual([])
  const dicom = { ...DICOM_FACTS, contrastAgent: '' }
  expect(toldOf({ ...DETAIL, dicom }, false, NAMES, null).result.cautions).toEqual([CAUTIONS.contrast])
  expect(source.patient).toEqual({ name: 'Doe^Jane', id: 'P-77', issuer: 'H', birthDate: '19660101', sex: 'F' })
  expect(source.study).toMatchObject({
    uid: '1.2.3',
    date: '20130717',
    time: '141500',
    id: '1',
    accessionNumber: 'ACC-9',
  })
  expect(source.study.referringPhysician).toBe('Roe^R')
  expect(source.frameOfReferenceUid).toBe('1.2.3.9')
  expect(source.images).toEqual([
    { seriesUid: '1.2.3.4', classUid: DICOM_FACTS.sopClass, uid: '1.2.3.4.5', frames: [] },
  ])
  expect(result).toMatchObject({ id: `${DETAIL.id}/7`, model: { id: 'efl0-2' } })
  expect(verdict).toMatchObject({ reader: 'Dr. Ágnes Müller', signed: { by: 'Dr. Ágnes Müller', at: AT } })
  const several = { ...DETAIL, dicom: { ...DICOM_FACTS, frames: 3, frame: 2 } }
  expect(toldOf(several, false, NAMES, null).source.images[0]?.frames).toEqual([2])
})

it('of a series refers to the slices that decided, if all of them can be referred to', () => {
  const facts = ['1.2.3.4.7', '1.2.3.4.6', '1.2.3.4.8'].map((instanceUid) => ({ ...DICOM_FACTS, instanceUid }))
  const summary = { rule: SERIES_RULE, slices: 9, counted: 5, key: 7, deciding: 3, cautions: [] }
  const { source, result } = toldOf(DETAIL, false, NAMES, { facts, summary })
  expect(source.images.map(({ uid }) => uid)).toEqual(['1.2.3.4.7', '1.2.3.4.6', '1.2.3.4.8'])
  expect(result.series).toEqual(summary)
  const unnamed = { facts: facts.with(1, { ...DICOM_FACTS, instanceUid: '' }), summary }
  expect(() => toldOf(DETAIL, false, NAMES, unnamed)).toThrow(expect.objectContaining({ code: 'objects-no-study' }))
})

it('refuses what would say something that nobody said', () => {
  const code = (changes: Partial<CaseDetail>, beforeSigning = false) => {
    try {
      toldOf({ ...DETAIL, ...changes }, beforeSigning, NAMES, null)
      return 'ok'
    } catch (error) {
      return (error as { code: string }).code
    }
  }
  expect(code({})).toBe('ok')
  expect(code({ dicom: null })).toBe('objects-not-dicom')
  expect(code({ dicom: { ...DICOM_FACTS, studyUid: '' } })).toBe('objects-no-study')
  expect(code({ dicom: { ...DICOM_FACTS, instanceUid: '1.2\\3.4' } })).toBe('objects-no-study')
  expect(code({ result: null })).toBe('objects-no-answer')
  for (const second of ['marked', 'open', 'disputed'] as const)
    expect(code({ second }, true)).toBe('objects-second-open')
  for (const second of ['agreed', 'adjudicated'] as const) expect(code({ second })).toBe('ok')
  const earlier = DETAIL.verdicts.map((one) => ({ ...one, resultId: 6 }))
  expect(code({ verdicts: earlier }, true)).toBe('objects-earlier-answer')
  const draft = DETAIL.verdicts.map((one) => ({ ...one, signature: null }))
  for (const verdicts of [draft, []]) {
    expect(code({ verdicts })).toBe('objects-not-signed')
    expect(code({ verdicts }, true)).toBe('ok')
  }
})

it('times of an object are local ones of the day that it is made on', () => {
  const { utcOffsetMinutes } = installationOf('x', '0.1.0', '', AT)
  expect(utcOffsetMinutes + new Date(AT).getTimezoneOffset()).toBe(0)
})
