import { join } from 'node:path'
import { expect, it } from 'vitest'
import { DEFAULT_MOUSE } from '../../src/shared/keys.ts'
import { signInRole } from '../support/accounts.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { ask, openTestCore } from '../support/core.ts'

const NOBODY = { shell: 'loopback', connection: 'nobody' } as const

it('says which language is chosen: for the department to anybody, and the own one to who is signed in', async () => {
  const { core } = await openTestCore(join(temporaryFolder(), 'data'))
  const radiologist = await signInRole(core, 'radiologist')
  expect(await core.request('language.get', {}, NOBODY)).toEqual({ ok: { own: null, department: null } })

  await ask(core, 'language.set-department', { language: 'de' })
  expect(await core.request('language.get', {}, NOBODY)).toEqual({ ok: { own: null, department: 'de' } })
  await core.request('preferences.set', { keys: {}, mouse: DEFAULT_MOUSE, language: 'en' }, radiologist)
  expect(await core.request('language.get', {}, radiologist)).toEqual({ ok: { own: 'en', department: 'de' } })
  expect(await core.request('language.get', {}, NOBODY)).toEqual({ ok: { own: null, department: 'de' } })

  const refused = await core.request('language.set-department', { language: null }, radiologist)
  expect(refused).toMatchObject({ failure: { code: 'not-allowed' } })
  const unknown = await core.request('language.set-department', { language: 'fr' as 'de' }, radiologist)
  expect(unknown).toHaveProperty('failure')
  await expect(ask(core, 'language.set-department', { language: 'fr' as 'de' })).rejects.toThrow('request-invalid')
})
