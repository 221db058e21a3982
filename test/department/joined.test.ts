import { existsSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { withKeptSecrets } from '../../src/main/core/department/kept-secrets.ts'
import type { DepartmentSettings } from '../../src/shared/department.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { ask, openTestCore } from '../support/core.ts'
import { makeDepartment } from './support/station.ts'

it('a workstation joins a department from its next start on, and leaves it again', async () => {
  const { database, files } = await makeDepartment()
  const root = temporaryFolder()
  const alone = await openTestCore(root)
  const settings = () => ask(alone.core, 'department.settings', {})
  expect(await settings()).toEqual({
    ...{ database: null, files: null, inForce: null, offered: null },
    ...{ byEnvironment: false, fromNextStart: false },
  })
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
  // Whoever did not mean it finds the address in the form.
  const { pathname, host } = new URL(database)
  expect(await ask(joined.core, 'department.settings', {})).toMatchObject({
    ...{ database: null, fromNextStart: true, inForce: `${host}${pathname}`, offered: { database, files } },
  })
  const station = readFileSync(join(root, 'station'), 'utf8').trim()
  const told = async ({ core }: typeof joined, act: string) => {
    const { entries } = await ask(core, 'audit.list', { query: {}, after: null })
    return entries.filter((entry) => entry.act === act).map(({ detail }) => JSON.parse(detail))
  }
  // Several do: the trail tells which.
  expect(await told(joined, 'department.left')).toEqual([{ station }])
  await joined.close()

  const again = await openTestCore(root)
  expect(await ask(again.core, 'department.get', {})).toBeNull()
  expect(await told(again, 'department.joined')).toEqual([{ station, database }])
})

it('what cannot be used is told before anything is kept, and a password is shown to nobody', async () => {
  const { database, files } = await makeDepartment()
  const root = temporaryFolder()
  const { core } = await openTestCore(root)
  const refuses = (given: { database: string; files: string }, code: string) =>
    expect(ask(core, 'department.join', given)).rejects.toThrow(code)
  await refuses({ database, files: join(files, 'nowhere') }, 'department-folder')
  await refuses({ database, files: root }, 'department-folder-own')
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

it('a drive that is not connected is told at the start, and no other folder is made in its place', async () => {
  const { files, station } = await makeDepartment()
  const root = station('a')
  rmSync(files, { recursive: true })
  await expect(openTestCore(root)).rejects.toMatchObject({ code: 'department-folder', details: { path: files } })
  expect(existsSync(files)).toBe(false)
})

it('a name that the department does not know is refused as a wrong password is', async () => {
  const { station } = await makeDepartment()
  const { core } = await openTestCore(station('a'))
  const caller = { shell: 'loopback', connection: 'here' } as const
  for (const name of ['nobody', 'nobody else'])
    await expect(core.accounts.signIn(caller, name, 'whatever it is')).rejects.toMatchObject({
      code: 'sign-in-refused',
    })
})

it('Gyrus makes no backups of a department, and does not warn that there are none', async () => {
  const { station } = await makeDepartment()
  const { core } = await openTestCore(station('a'))
  expect(await core.backups.status()).toMatchObject({ department: true, warning: null })
  const kept = { folder: temporaryFolder(), daily: 1, weekly: 1 }
  await expect(core.backups.set(kept, 'Dr Test')).rejects.toMatchObject({ code: 'department-own-means' })
  expect(() => core.backups.start(kept.folder, 'Dr Test')).toThrow('department')
})

it('what is kept need not be given again, and is sent to nobody else', async () => {
  const { database, files } = await makeDepartment()
  const root = temporaryFolder()
  const { core } = await openTestCore(root)
  await ask(core, 'department.join', { database: database.replace('gyrus@', 'gyrus:secret@'), files })
  const kept = () => JSON.parse(readFileSync(join(root, 'department.json'), 'utf8')).database
  expect((await ask(core, 'department.settings', {})).offered).toEqual({
    ...{ database, files, hasPassword: true, hasKey: false },
  })
  await ask(core, 'department.join', { database: `${database}?sslmode=disable`, files })
  expect(kept()).toBe(`${database.replace('gyrus@', 'gyrus:secret@')}?sslmode=disable`)
  const other = (address: string) => withKeptSecrets({ database: address, files }, { database: kept(), files }).database
  expect(other(database)).toContain('secret')
  const { port } = new URL(database)
  for (const [from, to] of [
    ['gyrus@', 'other@'],
    [`:${port}`, ':1'],
    ['127.0.0.1', 'db.example'],
  ] as const)
    expect(other(database.replace(from, to))).toBe(database.replace(from, to))
  expect(other(`${database}?sslmode=require`)).toContain('secret')
  // The driver goes where this says.
  expect(other(`${database}?host=db.example`)).not.toContain('secret')
})

it('key and secret are kept for the same bucket of the same store alone', () => {
  const of = (bucket: string, endpoint: string, rest = {}) => ({
    ...{ database: 'postgres://a@b/c', files: `s3://${bucket}/x?endpoint=${endpoint}`, ...rest },
  })
  const kept = of('gyrus', 'https://s3.example', { filesKey: 'key', filesSecret: 'secret' })
  const secretOf = (given: DepartmentSettings) => withKeptSecrets(given, kept).filesSecret
  expect(secretOf(of('gyrus', 'https://s3.example'))).toBe('secret')
  expect(secretOf(of('gyrus', 'https://s3.example', { filesKey: 'new', filesSecret: 'other' }))).toBe('other')
  expect(secretOf(of('gyrus', 'https://other.example'))).toBeUndefined()
  expect(secretOf(of('another', 'https://s3.example'))).toBeUndefined()
})
