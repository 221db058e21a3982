import { expect, it } from 'vitest'
import { openStore } from '../../src/main/store/index.ts'
import { DEFAULT_LISTENER } from '../../src/shared/sources.ts'
import { makeRecord, verify } from '../support/audit.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { undoFrom } from '../support/undo.ts'

it('a record from before it gets a listener that is off, and watched folders, and stays sound', async () => {
  const file = await makeRecord(temporaryFolder())
  await undoFrom(file, '0021-sources')
  const store = await openStore(file)
  expect(await store.listenerSettings()).toEqual(DEFAULT_LISTENER)
  expect(DEFAULT_LISTENER).toMatchObject({ on: false, address: '127.0.0.1', peers: [] })
  const settings = { ...DEFAULT_LISTENER, on: true, peers: [{ aeTitle: 'MR1', address: '10.1.2.3' }] }
  await store.setListener(settings, 'Dr A')
  expect(await store.listenerSettings()).toEqual(settings)
  const entry = await store.auditHead()
  expect([entry?.actor, entry?.act, entry?.subject]).toEqual(['Dr A', 'source.saved', 'listener'])
  expect(JSON.parse(entry?.detail ?? '')).toEqual({ settings, before: DEFAULT_LISTENER })
  await store.close()
  expect(await verify(file)).toMatchObject({ broken: null })
})

it('remembers which looks at files are done until their folder is removed', async () => {
  const file = await makeRecord(temporaryFolder())
  const store = await openStore(file)
  const folder = { id: 'a', on: true, path: '/in', subFolders: true }
  await store.setFolder(folder, 'Dr A')
  expect(await store.watchedFolders()).toEqual([folder])
  await store.addLook('a', 'one', false)
  await store.addLook('a', 'one', false)
  await store.addLook('b', 'two', false)
  expect(await store.doneLooks('a', ['one', 'two', 'three'])).toEqual(['one'])
  expect(await store.removeFolder('a', 'Dr A')).toBe(true)
  expect(await store.removeFolder('a', 'Dr A')).toBe(false)
  expect(await store.doneLooks('a', ['one'])).toEqual([])
  const head = await store.auditHead()
  expect([head?.act, JSON.parse(head?.detail ?? '')]).toEqual(['source.removed', { path: '/in' }])
  await store.close()
})
