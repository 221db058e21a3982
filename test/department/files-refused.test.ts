import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, inject, it, onTestFinished } from 'vitest'
import { scanKey, scanPath } from '../../src/main/core/data-folder.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { ask, openPaths, openTestCore } from '../support/core.ts'
import { writePicture } from '../support/images.ts'
import { inStore } from './support/in-store.ts'
import { KEYS, S3Server } from './support/s3.ts'
import { makeDepartment } from './support/station.ts'

const found = inject('s3Server')
beforeEach(({ skip }) => {
  if (found.path === undefined) skip(found.reason)
})

const hashOf = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex')

it('an object that was altered or lost in the store is refused, and the original mends it', async () => {
  const { s3, department } = await inStore()
  const { core: a } = await openTestCore(department.station('a'))
  const { core: b } = await openTestCore(department.station('b'))
  const picture = await writePicture(temporaryFolder(), 'slice.png', 7)
  const sha256 = hashOf(picture)
  const [one] = await openPaths(a, picture)
  const id = one?.caseId as string
  // It may have been the other that read it.
  rmSync(scanPath(b.folder, sha256), { force: true })
  const object = s3.fileOf('dept', scanKey(sha256))
  writeFileSync(object, 'another picture')
  await expect(b.images.pixels(id)).rejects.toMatchObject({ code: 'files-altered', details: { path: scanKey(sha256) } })
  expect(existsSync(scanPath(b.folder, sha256))).toBe(false)
  await ask(a, 'audit.verify', { files: true })
  await expect.poll(() => a.verifyJob.status.state, { timeout: 30_000 }).not.toBe('running')
  expect(JSON.stringify(a.verifyJob.status)).toContain('file-altered')
  rmSync(object)
  await expect(b.images.pixels(id)).rejects.toMatchObject({ code: 'files-missing' })
  await openPaths(a, picture)
  expect((await b.images.pixels(id)).header.width).toBe(128)
  // A copy here that was altered is not read either.
  writeFileSync(scanPath(b.folder, sha256), 'altered here')
  expect((await b.images.pixels(id)).header.width).toBe(128)
  expect(hashOf(scanPath(b.folder, sha256))).toBe(sha256)
})

it('what is erased goes from the store and from the copies of all', async () => {
  const { s3, department } = await inStore()
  const { core: a } = await openTestCore(department.station('a'))
  const { core: b } = await openTestCore(department.station('b'))
  const picture = await writePicture(temporaryFolder(), 'slice.png', 8)
  const sha256 = hashOf(picture)
  const [one] = await openPaths(a, picture)
  const caseIds = [one?.caseId as string]
  await b.images.pixels(one?.caseId as string)
  await ask(a, 'patients.erase', { caseIds, reason: 'asked' })
  expect(s3.keys('dept').filter((key) => key.startsWith('scans/'))).toEqual([])
  expect(existsSync(scanPath(a.folder, sha256))).toBe(false)
  expect(existsSync(scanPath(b.folder, sha256))).toBe(true)
  await b.erasedFiles?.look()
  expect(existsSync(scanPath(b.folder, sha256))).toBe(false)
  // Opened once more, it is a case like any other.
  expect((await openPaths(b, picture))[0]?.status).toBe('analysed')
  await b.erasedFiles?.look()
  expect(s3.keys('dept').filter((key) => key.startsWith('scans/'))).toEqual([scanKey(sha256)])
})

it('what an erasure could not take from a store that is away goes later', async () => {
  const { s3, department } = await inStore()
  const { core } = await openTestCore(department.station('a'))
  const [one] = await openPaths(core, await writePicture(temporaryFolder(), 'slice.png', 9))
  await s3.stop()
  const asked = { caseIds: [one?.caseId as string], reason: 'asked' }
  await expect(ask(core, 'patients.erase', asked)).rejects.toThrow('files-unreachable')
  await s3.start()
  expect(s3.keys('dept').filter((key) => key.startsWith('scans/'))).toHaveLength(1)
  core.erasedFiles?.lead(true)
  await core.erasedFiles?.look()
  expect(s3.keys('dept').filter((key) => key.startsWith('scans/'))).toEqual([])
}, 120_000)

it('a workstation joins with a store that it can write to and read, and its key is shown to nobody', async () => {
  const { database } = await makeDepartment()
  const s3 = await S3Server.start(found, onTestFinished)
  const root = temporaryFolder()
  const { core, close } = await openTestCore(root)
  const given = { database, files: s3.address('dept'), ...KEYS }
  const refuses = (other: Partial<typeof given>, code: string) =>
    expect(ask(core, 'department.join', { ...given, ...other })).rejects.toThrow(code)
  await refuses({ filesSecret: 'wrong' }, 'files-refused')
  await refuses({ filesKey: 'nobody' }, 'files-refused')
  await refuses({ filesSecret: '' }, 'files-credentials')
  await refuses({ files: given.files.replace('gyrus-files', 'no-such-bucket') }, 'files-bucket-missing')
  await refuses({ files: 's3://gyrus-files/dept?endpoint=http://127.0.0.1:1' }, 'files-unreachable')
  await refuses({ files: 's3://gyrus-files/dept' }, 'files-address')
  expect(await ask(core, 'department.settings', {})).toMatchObject({ database: null, fromNextStart: false })
  await ask(core, 'department.join', given)
  expect(s3.keys('dept')).toEqual([])
  const file = join(root, 'department.json')
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(readFileSync(file, 'utf8')).toContain(KEYS.filesSecret)
  const settings = await ask(core, 'department.settings', {})
  expect(settings).toMatchObject({ files: given.files, fromNextStart: true })
  const { entries } = await ask(core, 'audit.list', { query: {}, after: null })
  for (const told of [settings, entries]) {
    expect(JSON.stringify(told)).not.toContain(KEYS.filesSecret)
    expect(JSON.stringify(told)).not.toContain(KEYS.filesKey)
  }
  await close()
  const joined = await openTestCore(root)
  expect(await ask(joined.core, 'department.settings', {})).toMatchObject({ fromNextStart: false })
  const [one] = await openPaths(joined.core, await writePicture(temporaryFolder(), 'slice.png', 3))
  expect(one?.status).toBe('analysed')
  expect(s3.keys('dept')).toEqual(['record.json', expect.stringMatching(/^scans\//)])
})
