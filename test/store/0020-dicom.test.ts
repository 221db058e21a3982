import { expect, it } from 'vitest'
import { openStore } from '../../src/main/store/index.ts'
import { breakOf, makeRecord, verify } from '../support/audit.ts'
import { DICOM_FACTS, newCase, newResult } from '../support/cases.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { tamper, withTriggers } from '../support/spoil.ts'
import { undoFrom } from '../support/undo.ts'

it('a case tells what its DICOM file says, bound to its entry, and forgets it when it is erased', async () => {
  const file = await makeRecord(temporaryFolder())
  await undoFrom(file, '0020-dicom')
  const store = await openStore(file)
  const [one, other] = [newCase(), newCase()]
  await store.receive([one, other])
  await store.complete([newResult(one.id, { dicom: DICOM_FACTS }), newResult(other.id)])
  const listed = { patientName: 'Doe, Jane', patientId: 'P-77', studyDate: '2013-07-17', description: 'Head · T1 3D' }
  expect(await store.getCase(one.id)).toMatchObject({ ...listed, dicom: DICOM_FACTS })
  expect(await store.getCase(other.id)).toMatchObject({ patientName: null, dicom: null })
  await store.close()
  expect(await verify(file)).toMatchObject({ broken: null })

  const again = await openStore(file)
  await again.erase({ caseIds: [one.id], by: 'Dr A', reason: { sha256: 'e'.repeat(64), salt: 'f'.repeat(32) } })
  expect(await again.getCase(one.id)).toMatchObject({ patientName: null, studyDate: null, dicom: null })
  await again.close()
  expect(await verify(file)).toMatchObject({ broken: null })
})

it.each([
  [`update cases set patient_name = 'Roe, Jane' where patient_name != ''`, 'cases'],
  [`update case_dicom set facts = replace(facts, '1966', '1967')`, 'case_dicom'],
  ['delete from case_dicom', 'case_dicom'],
])('what was changed of it afterwards is found: %s', async (change, table) => {
  const file = await makeRecord(temporaryFolder())
  const store = await openStore(file)
  const one = newCase()
  await store.receive([one])
  await store.complete([newResult(one.id, { dicom: DICOM_FACTS })])
  await store.close()
  if (table === 'case_dicom') withTriggers(file, (sqlite) => expect(() => sqlite.exec(change)).toThrow('append-only'))
  tamper(file, (sqlite) => sqlite.exec(change))
  expect(await breakOf(file)).toMatchObject({ what: `${table}/${one.id}` })
})
