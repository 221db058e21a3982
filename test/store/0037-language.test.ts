import { expect, it } from 'vitest'
import { openStore } from '../../src/main/store/index.ts'
import { makeRecord, verify } from '../support/audit.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { undoFrom } from '../support/undo.ts'

it('a record from before it has no language chosen, keeps one that is, and says so once in the audit trail', async () => {
  const file = await makeRecord(temporaryFolder())
  await undoFrom(file, '0037-language')
  const store = await openStore(file)
  expect(await store.departmentLanguage()).toBeNull()
  await store.setDepartmentLanguage('de', 'Dr A')
  expect(await store.departmentLanguage()).toBe('de')
  const head = await store.auditHead()
  expect(head).toMatchObject({ actor: 'Dr A', act: 'language.department-set', subject: 'department' })
  expect(JSON.parse(head?.detail ?? '')).toEqual({ language: 'de', before: null })
  // The same again is no change.
  await store.setDepartmentLanguage('de', 'Dr A')
  expect(await store.auditHead()).toEqual(head)
  await store.setDepartmentLanguage(null, 'Dr A')
  expect(await store.departmentLanguage()).toBeNull()
  await store.close()
  expect(await verify(file)).toMatchObject({ broken: null })
})
