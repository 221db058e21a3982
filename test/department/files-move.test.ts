import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { beforeEach, expect, inject, it, onTestFinished } from 'vitest'
import { scanKey } from '../../src/main/core/data-folder.ts'
import { shareFiles } from '../../src/main/core/department/share-files.ts'
import { makeDataFolder } from '../support/care.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { encryptFolder } from '../support/encryption.ts'
import { KEYS, S3Server } from './support/s3.ts'
import { makeDepartment } from './support/station.ts'

const found = inject('s3Server')
beforeEach(({ skip }) => {
  if (found.path === undefined) skip(found.reason)
})

const MAIN = join(import.meta.dirname, '..', '..', 'src', 'main', 'cli', 'main.ts')
const CREDENTIALS = { GYRUS_FILES_KEY: KEYS.filesKey, GYRUS_FILES_SECRET: KEYS.filesSecret }

function gyrus(root: string, args: string[], env: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args, '--data-dir', root], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
    input: '',
  })
  return { status, stdout, stderr }
}

const SHARED = ['scans', 'models', 'evaluations', 'datasets', 'gate.json']

/** What a record has beside its database, by its digests. */
function digests(root: string): Record<string, string> {
  const entries = readdirSync(root, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile())
  const files = entries.map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
  const ours = files.filter((file) => SHARED.some((one) => file === one || file.startsWith(`${one}/`))).sort()
  return Object.fromEntries(
    ours.map((file) => [
      file,
      createHash('sha256')
        .update(readFileSync(join(root, file)))
        .digest('hex'),
    ]),
  )
}

function write(root: string, file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true })
  writeFileSync(join(root, file), text)
}

async function setUp() {
  const base = temporaryFolder()
  const { folder, mueller } = await makeDataFolder(join(base, 'data'))
  const { root } = folder
  write(root, 'models/model-a/golden/1.png', 'a picture')
  write(root, 'evaluations/model-a/abc', '{}')
  write(root, 'datasets/set/1/dataset.json', '{"name":"set"}')
  write(root, 'datasets/set/1/audit.json', '{}')
  write(root, 'gate.json', '{}')
  const image = Buffer.from('an image')
  const sha256 = createHash('sha256').update(image).digest('hex')
  write(root, `datasets/files/${sha256.slice(0, 2)}/${sha256}`, 'an image')
  const s3 = await S3Server.start(found, onTestFinished)
  return { base, root, folder, s3, scan: mueller.scans[0] as string }
}

it('moves a record with its files into a department with a store and back, each file with its digest', async () => {
  const { base, root, s3, scan } = await setUp()
  const { database } = await makeDepartment()
  const before = digests(root)
  expect(Object.keys(before)).toHaveLength(10)
  const files = s3.address('dept')
  const move = ['department', 'move', '--to', database, '--files', files]
  expect(gyrus(root, move).stderr).toContain('[files-credentials]')
  const there = gyrus(root, move, CREDENTIALS)
  expect(there).toMatchObject({ status: 0, stderr: '' })
  expect(there.stdout).toContain(`10 files are in ${files}, 10 of them copied now`)
  expect(there.stdout).not.toContain(KEYS.filesSecret)
  expect(s3.keys('dept')).toContain(scanKey(scan))
  expect(s3.keys('dept')).toContain('models/model-a/tree.json')

  const shared = { GYRUS_DATABASE: database, GYRUS_FILES: files, ...CREDENTIALS }
  const station = join(base, 'station')
  const verified = gyrus(station, ['audit', 'verify', '--files', '--json'], shared)
  expect(verified.status, verified.stderr + verified.stdout).toBe(0)
  const home = join(base, 'home')
  const args = ['department', 'move', '--to-file', join(home, 'gyrus.sqlite'), '--files', home, '--json']
  const back = gyrus(station, args, shared)
  expect(back.stderr).toBe('')
  expect(JSON.parse(back.stdout)).toMatchObject({ files: { files: 10, copied: 10 }, tables: { cases: { rows: 3 } } })
  expect(digests(home)).toEqual(before)
  expect(gyrus(home, ['audit', 'verify', '--files']).status).toBe(0)
}, 120_000)

it('goes on where it was broken off, and takes over nothing that differs', async () => {
  const { base, folder, root, s3, scan } = await setUp()
  const store = s3.objects('dept')
  expect(await shareFiles(folder, store)).toEqual({ files: 10, copied: 10 })
  expect(await shareFiles(folder, store)).toEqual({ files: 10, copied: 0 })
  // What was altered there is sent again.
  writeFileSync(s3.fileOf('dept', scanKey(scan)), 'another')
  expect(await shareFiles(folder, store)).toEqual({ files: 10, copied: 1 })
  // A file here that is not what its name says is not.
  writeFileSync(join(root, scanKey(scan)), 'another')
  await expect(shareFiles(folder, s3.objects('other'))).rejects.toMatchObject({ code: 'move-file-differs' })
  expect(existsSync(s3.fileOf('other', scanKey(scan)))).toBe(false)
  // Nor is what was altered there fetched.
  const inStore = { ...folder, files: { ...folder.files, store: async () => store } }
  writeFileSync(s3.fileOf('dept', scanKey(scan)), 'another')
  const back = join(base, 'back')
  await expect(shareFiles(inStore, back)).rejects.toMatchObject({ code: 'files-altered' })
  expect(existsSync(join(back, scanKey(scan)))).toBe(false)
}, 60_000)

it('opens what is sealed: a department has no key', async () => {
  const { root, s3, scan } = await setUp()
  const before = digests(root)
  const { folder } = await encryptFolder(root)
  expect(digests(root)[scanKey(scan)]).not.toBe(before[scanKey(scan)])
  await shareFiles(folder, s3.objects('dept'))
  const stored = readFileSync(s3.fileOf('dept', scanKey(scan)))
  expect(createHash('sha256').update(stored).digest('hex')).toBe(scan)
}, 60_000)
