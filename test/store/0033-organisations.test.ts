import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { openStore } from '../../src/main/store/index.ts'
import { makeRecord, verify } from '../support/audit.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { withTriggers } from '../support/spoil.ts'
import { undoFrom } from '../support/undo.ts'

it('a record from before it states no organisation, and knows what one was called when', async () => {
  const file = await makeRecord(temporaryFolder())
  await undoFrom(file, '0033-organisations')
  const store = await openStore(file)
  expect(await store.objectsSettings()).toEqual({ beforeSigning: false, organisation: '' })
  await store.setObjects({ organisation: 'St Mary' }, 'Dr A')
  expect(await store.auditHead()).toMatchObject({ actor: 'Dr A', act: 'objects.organisation-set' })
  const head = await store.auditHead()
  // The same again is no change.
  await store.setObjects({ organisation: 'St Mary' }, 'Dr A')
  expect(await store.auditHead()).toEqual(head)
  await sleep(5)
  const between = new Date().toISOString()
  await sleep(5)
  await store.setObjects({ organisation: '' }, 'Dr A')
  expect(await store.organisationAt('2026-01-01T00:00:00.000Z')).toBe('')
  expect(await store.organisationAt(between)).toBe('St Mary')
  expect(await store.objectsSettings()).toEqual({ beforeSigning: false, organisation: '' })
  await store.close()
  expect(await verify(file)).toMatchObject({ broken: null })
  for (const change of [`update organisations set name = 'x'`, 'delete from organisations'])
    withTriggers(file, (sqlite) => expect(() => sqlite.exec(change)).toThrow('append-only'))
})
