import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { temporaryFolder } from '../support/cleanup.ts'
import { ask, openTestCore } from '../support/core.ts'
import { makeDepartment } from './support/station.ts'

it('a workstation joins a department from its next start on, and leaves it again', async () => {
  const { database, files } = await makeDepartment()
  const root = temporaryFolder()
  const alone = await openTestCore(root)
  const settings = () => ask(alone.core, 'department.settings', {})
  expect(await settings()).toEqual({ database: null, files: null, byEnvironment: false, fromNextStart: false })
  const given = { database, files }
  expect(await ask(alone.core, 'department.try', given)).toMatchObject({
    version: expect.stringMatching(/^\d+/),
    cases: 0,
  })
  expect(await settings()).toMatchObject({ database: null })
  await ask(alone.core, 'department.join', given)
  expect(await settings()).toMatchObject({ database, files, fromNextStart: true })
  expect(statSync(join(root, 'department.json')).mode & 0o777).toBe(0o600)
  await alone.close()

  const joined = await openTestCore(root)
  expect(await ask(joined.core, 'department.get', {})).toMatchObject({ queue: { waiting: 0 } })
  await ask(joined.core, 'department.leave', {})
  await joined.close()

  const again = await openTestCore(root)
  expect(await ask(again.core, 'department.get', {})).toBeNull()
  const { entries } = await ask(again.core, 'audit.list', { query: {}, after: null })
  expect(entries.map(({ act }) => act)).toContain('department.joined')
})

it('what cannot be used is told before anything is kept, and a password is shown to nobody', async () => {
  const { database, files } = await makeDepartment()
  const root = temporaryFolder()
  const { core } = await openTestCore(root)
  const refuses = (given: { database: string; files: string }, code: string) =>
    expect(ask(core, 'department.join', given)).rejects.toThrow(code)
  await refuses({ database, files: join(files, 'nowhere') }, 'department-folder')
  await refuses({ database: 'gyrus.example', files }, 'database-address')
  await refuses({ database: 'postgres://gyrus@127.0.0.1:1/gyrus', files }, 'database-unreachable')
  expect(await ask(core, 'department.settings', {})).toMatchObject({ database: null, fromNextStart: false })
  const secret = database.replace('gyrus@', 'gyrus:secret@')
  await ask(core, 'department.join', { database: secret, files })
  expect(JSON.stringify(await ask(core, 'department.settings', {}))).not.toContain('secret')
  const { entries } = await ask(core, 'audit.list', { query: {}, after: null })
  expect(JSON.stringify(entries)).not.toContain('secret')
  expect(readFileSync(join(root, 'department.json'), 'utf8')).toContain('secret')
})
