import { expect, it } from 'vitest'
import { isSamePatient } from '../../src/shared/same-patient.ts'

const jane = { patientId: 'P-77', patientName: 'Doé, Jane', patientIdIssuer: 'H' }

it('is one patient by the same ID, and no other name or issuer where both name one', () => {
  for (const same of [{}, { patientName: 'DOE, JANE' }, { patientName: 'Doe, Jane M' }, { patientName: null }])
    expect(isSamePatient(jane, { ...jane, ...same })).toBe(true)
  expect(isSamePatient({ ...jane, patientIdIssuer: '' }, jane)).toBe(true)
  for (const other of [
    { patientId: 'P-78' },
    { patientId: 'p-77' },
    { patientName: 'Roe, Mary' },
    { patientName: 'Doe, John' },
    { patientIdIssuer: 'I' },
  ])
    expect(isSamePatient(jane, { ...jane, ...other })).toBe(false)
})

it('is none where no file names an ID', () => {
  for (const patientId of ['', null]) expect(isSamePatient({ ...jane, patientId }, { ...jane, patientId })).toBe(false)
})
