import { expect, it } from 'vitest'
import { openStore } from '../../src/main/store/index.ts'
import type { PacsSettings } from '../../src/shared/pacs.ts'
import { DEFAULT_LISTENER } from '../../src/shared/sources.ts'
import { makeRecord, verify } from '../support/audit.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { undoFrom } from '../support/undo.ts'

const SETTINGS: PacsSettings = {
  ...{ kind: 'dimse', name: 'Archive', on: true, host: 'pacs', port: 104, calledAe: 'PACS', callingAe: 'GYRUS' },
  ...{ retrieveBy: 'get', waitSeconds: 60, tls: { on: false, check: 'host', ca: '', certificate: '' } },
}

it('a record from before it has no connection to a PACS, and gets one with its secret apart', async () => {
  const file = await makeRecord(temporaryFolder())
  await undoFrom(file, '0025-pacs')
  const store = await openStore(file)
  expect(await store.allPacs()).toEqual([])
  await expect(store.pacsById('a')).rejects.toMatchObject({ code: 'pacs-unknown' })
  await store.setPacs({ id: 'a', settings: SETTINGS, secret: 'hidden' }, 'Dr A')
  await store.setPacs({ id: 'b', settings: { ...SETTINGS, name: 'aged' } }, 'Dr A')
  const named = (await store.allPacs()).map(({ settings, hasSecret }) => [settings.name, hasSecret])
  expect(named).toEqual([
    ['aged', false],
    ['Archive', true],
  ])
  expect(await store.networkSecret('a')).toBe('hidden')
  const entry = await store.auditHead()
  expect([entry?.actor, entry?.act, entry?.subject]).toEqual(['Dr A', 'pacs.saved', 'b'])
  await store.setListener({ ...DEFAULT_LISTENER, port: 104 }, 'Dr A', 'a private key')
  expect(await store.networkSecret('listener')).toBe('a private key')
  await store.switchSourcesOff('Dr A')
  expect((await store.allPacs()).map(({ settings }) => settings.on)).toEqual([false, false])
  expect(await store.removePacs('a', 'Dr A')).toBe(true)
  expect(await store.removePacs('a', 'Dr A')).toBe(false)
  expect(await store.networkSecret('a')).toBeNull()
  await store.close()
  expect(await verify(file)).toMatchObject({ broken: null })
})

it('reads the settings of a listener that was set before there was TLS', async () => {
  const store = await openStore(await makeRecord(temporaryFolder()))
  const { tls: _, ...before } = { ...DEFAULT_LISTENER, on: true, aeTitle: 'OLD' }
  await store.setListener(before as typeof DEFAULT_LISTENER, 'Dr A')
  expect(await store.listenerSettings()).toEqual({ ...DEFAULT_LISTENER, on: true, aeTitle: 'OLD' })
  await store.close()
})
