import { expect, it } from 'vitest'
import { openStore } from '../../src/main/store/index.ts'
import type { KeptObject } from '../../src/main/store/object-types.ts'
import { breakOf, makeRecord, verify } from '../support/audit.ts'
import { newCase, newResult } from '../support/cases.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { tamper, withTriggers } from '../support/spoil.ts'
import { undoFrom } from '../support/undo.ts'

const AT = '2026-11-20T11:00:00.000Z'
const REPORT: KeptObject = { kind: 'SR', uid: '2.25.1', installation: 'i', version: '0.1.0', at: AT }

it('a record from before it makes objects of signed cases only, and knows which were made', async () => {
  const file = await makeRecord(temporaryFolder())
  await undoFrom(file, '0023-dicom-objects')
  const store = await openStore(file)
  expect(await store.objectsSettings()).toEqual({ beforeSigning: false, organisation: '' })
  await store.setObjects({ beforeSigning: true }, 'Dr A')
  expect(await store.objectsSettings()).toEqual({ beforeSigning: true, organisation: '' })
  expect(await store.auditHead()).toMatchObject({ actor: 'Dr A', act: 'objects.before-signing-set' })
  const one = newCase()
  await store.receive([one])
  await store.complete([newResult(one.id)])
  const made = { caseId: one.id, by: 'Dr A', at: AT, signed: true, to: 'as a download' }
  await store.keepObjects({ ...made, objects: [REPORT] })
  // The same again is logged, and stays one row.
  await store.keepObjects({ ...made, objects: [REPORT, { ...REPORT, kind: 'SC', uid: '2.25.2' }] })
  expect(await store.objectsOf(one.id)).toEqual([REPORT, { ...REPORT, kind: 'SC', uid: '2.25.2' }])
  await store.close()
  expect(await verify(file)).toMatchObject({ broken: null })
  for (const change of [`update dicom_objects set uid = '2.25.3'`, 'delete from dicom_objects'])
    withTriggers(file, (sqlite) => expect(() => sqlite.exec(change)).toThrow('append-only'))
  tamper(file, (sqlite) => sqlite.exec(`update dicom_objects set uid = '2.25.3' where id = 1`))
  expect(await breakOf(file)).toMatchObject({ what: 'dicom_objects/1' })
})
