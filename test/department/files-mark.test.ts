import { execFile, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, inject, it, onTestFinished } from 'vitest'
import { scanKey } from '../../src/main/core/data-folder.ts'
import type { Core } from '../../src/main/core/index.ts'
import { startLoopback } from '../../src/main/loopback/server.ts'
import { signInAs } from '../support/accounts.ts'
import { makeDataFolder } from '../support/care.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { ask, openPaths, openTestCore } from '../support/core.ts'
import { writePicture } from '../support/images.ts'
import { writeTestPage } from '../support/page.ts'
import { expectOnce } from './support/in-store.ts'
import { pictures } from './support/pictures.ts'
import { KEYS, S3Server } from './support/s3.ts'
import { query } from './support/server.ts'
import { makeDepartment, type TestDepartment } from './support/station.ts'
import { WorkerProcess } from './support/worker.ts'

const _run = promisify(execFile)
const MAIN = join(import.meta.dirname, '..', '..', 'src', 'main', 'cli', 'main.ts')

const markIn = (files: string) => readFileSync(join(files, 'record.json'), 'utf8')

async function idOf({ database }: Pick<TestDepartment, 'database'>): Promise<unknown> {
  const [row = {}] = await query(database, `select value from gyrus.department_settings where name = 'record'`)
  return Object.values(row)[0]
}

/** A workstation with a path of its own to the files, and what stands there. */
function stationAt(department: TestDepartment, name: string, files: string): string {
  const root = department.station(name)
  writeFileSync(join(root, 'department.json'), JSON.stringify({ database: department.database, files }))
  return root
}

/** The drive of a workstation, which has the files elsewhere as the others have them. */
function driveTo(files: string) {
  const path = join(temporaryFolder(), 'drive')
  symlinkSync(files, path)
  return {
    path,
    /** What is left of a drive that is not connected is an empty folder. */
    unmount() {
      rmSync(path)
      mkdirSync(path)
    },
    mount() {
      rmSync(path, { recursive: true })
      symlinkSync(files, path)
    },
  }
}

it('the first start marks the shared folder as the record’s, and two at once agree', async () => {
  const department = await makeDepartment()
  await Promise.all(['a', 'b', 'c'].map((name) => openTestCore(department.station(name))))
  expect(JSON.parse(markIn(department.files))).toEqual({ record: await idOf(department) })
})

it('of two first starts with different folders one is refused', async () => {
  const department = await makeDepartment()
  const roots = ['a', 'b'].map((name) => stationAt(department, name, temporaryFolder()))
  const starts = await Promise.allSettled(roots.map((root) => openTestCore(root)))
  const refused = starts.filter((one) => one.status === 'rejected')
  expect(refused.map(({ reason }) => reason.code)).toEqual(['files-unmarked'])
})

it('a start that was ended between record and mark is gone on with', async () => {
  const department = await makeDepartment()
  await query(department.database, `insert into gyrus.department_settings (name, value) values ('record', 'known')`)
  const { close } = await openTestCore(department.station('a'))
  await close()
  expect(JSON.parse(markIn(department.files))).toEqual({ record: 'known' })
})

describe('a folder that is not the record’s', () => {
  it('is refused at a start, and nothing is written to it', async () => {
    const department = await makeDepartment()
    const { close } = await openTestCore(department.station('a'))
    await close()
    const empty = temporaryFolder()
    const root = stationAt(department, 'b', empty)
    const unmarked = { code: 'files-unmarked', details: { place: empty, mark: markIn(department.files).trim() } }
    await expect(openTestCore(root)).rejects.toMatchObject(unmarked)
    expect(readdirSync(empty)).toEqual([])

    const other = await makeDepartment()
    await (await openTestCore(other.station('a'))).close()
    const before = readdirSync(other.files, { recursive: true })
    const there = { code: 'files-other-record', details: { place: other.files } }
    await expect(openTestCore(stationAt(department, 'c', other.files))).rejects.toMatchObject(there)
    // A new record is not begun among the files of another one.
    const fresh = await makeDepartment()
    await expect(openTestCore(stationAt(fresh, 'a', other.files))).rejects.toMatchObject(there)
    expect(readdirSync(other.files, { recursive: true })).toEqual(before)
    // What the message says to write mends it.
    writeFileSync(join(empty, 'record.json'), unmarked.details.mark)
    await openTestCore(root)
  })

  it('is refused where it is tried, and where it is to be kept', async () => {
    const department = await makeDepartment()
    await (await openTestCore(department.station('a'))).close()
    const root = temporaryFolder()
    const { core } = await openTestCore(root)
    const { database } = department
    const fresh = await makeDepartment()
    for (const act of ['department.try', 'department.join'] as const) {
      const refuses = (given: { database: string; files: string }, code: string) =>
        expect(ask(core, act, given)).rejects.toThrow(code)
      await refuses({ database, files: temporaryFolder() }, 'files-unmarked')
      await refuses({ database: fresh.database, files: department.files }, 'files-other-record')
      await refuses({ database, files: '/proc' }, 'department-folder')
    }
    expect(existsSync(join(root, 'department.json'))).toBe(false)
    expect(existsSync(join(fresh.files, 'record.json'))).toBe(false)
    await ask(core, 'department.join', { database, files: department.files })
    expect(readdirSync(department.files).filter((name) => name.startsWith('trial'))).toEqual([])
  })

  it('is refused in a store, too', async ({ skip }) => {
    const found = inject('s3Server')
    if (found.path === undefined) return skip(found.reason)
    const s3 = await S3Server.start(found, onTestFinished)
    const department = await makeDepartment({ files: s3.address('dept'), ...KEYS })
    await (await openTestCore(department.station('a'))).close()
    expect(JSON.parse(readFileSync(s3.fileOf('dept', 'record.json'), 'utf8'))).toEqual({
      record: await idOf(department),
    })
    const root = department.station('b')
    const set = (files: string) =>
      writeFileSync(join(root, 'department.json'), JSON.stringify({ database: department.database, files, ...KEYS }))
    set(s3.address('other'))
    const place = `http://127.0.0.1:${s3.port}/gyrus-files/other/`
    await expect(openTestCore(root)).rejects.toMatchObject({ code: 'files-unmarked', details: { place } })
    expect(s3.keys('other')).toEqual([])
    set(s3.address('dept'))
    await openTestCore(root)
  })
})

/** Hands bytes over as the page in a browser does. */
async function browserOf(core: Core) {
  const server = await startLoopback({
    ...{ core, rendererDir: writeTestPage(temporaryFolder()), port: 0 },
    uploads: core.folder.incoming,
  })
  onTestFinished(() => server.close())
  const opened = await fetch(server.newAddress(), { redirect: 'manual' })
  const cookie = (opened.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
  await signInAs(core, { shell: 'loopback', connection: cookie.split('=')[1] ?? '' })
  return async (path: string, body: Uint8Array, name: string, more: Record<string, string> = {}): Promise<unknown> => {
    const headers = { cookie, 'x-gyrus-file-name': encodeURIComponent(name), ...more }
    const sent = { method: 'POST', headers, body: new Uint8Array(body) }
    return (await fetch(`http://127.0.0.1:${server.port}/${path}`, sent)).json()
  }
}

describe('a drive that goes while a workstation is open', () => {
  it('spoils no job: it goes to the others, and the workstation says so until the drive is there again', async () => {
    const department = await makeDepartment()
    const drive = driveTo(department.files)
    const { core: asks } = await openTestCore(department.station('asks'), { limits: { cases: false } })
    const { core } = await openTestCore(stationAt(department, 'b', drive.path))
    await openPaths(asks, await writePicture(temporaryFolder(), 'first.png', 77))
    const told = async () => (await ask(core, 'department.work', {}))?.unfit?.code
    expect(await told()).toBeUndefined()
    drive.unmount()
    const outcomes = openPaths(asks, await pictures(30))
    await expect.poll(told, { timeout: 20_000 }).toBe('files-gone')
    // What is opened there is not kept where nobody else would find it.
    const [opened] = await openPaths(core, await writePicture(temporaryFolder(), 'opened.png', 900))
    expect(opened).toMatchObject({ status: 'failed', caseId: null, failure: { code: 'files-gone' } })
    await expect.poll(async () => (await ask(asks, 'department.work', {}))?.readers, { timeout: 30_000 }).toBe(0)
    drive.mount()
    expect(new Set((await outcomes).map(({ status }) => status))).toEqual(new Set(['analysed']))
    await expect.poll(told, { timeout: 20_000 }).toBeUndefined()
    await expectOnce(department, 31)
  }, 120_000)

  it('a batch that is taken in there is interrupted, says why, and goes on afterwards', async () => {
    const department = await makeDepartment()
    const drive = driveTo(department.files)
    const { core } = await openTestCore(stationAt(department, 'a', drive.path))
    const folder = await pictures(10)
    drive.unmount()
    const { id } = await ask(core, 'batches.start', { paths: [folder], options: { skipSeen: false } })
    const state = async () => (await ask(core, 'batches.get', { id })).batch
    await expect.poll(async () => (await state()).state, { timeout: 60_000 }).toBe('interrupted')
    const { failure } = await state()
    expect(failure).toMatchObject({
      code: 'files-gone',
      message: expect.stringContaining(`no longer in ${drive.path}`),
      action: expect.stringContaining('drive connected again'),
    })
    // How a mark is mended is for whoever starts a workstation.
    expect(JSON.stringify(failure)).not.toContain(await idOf(department))
    await expectOnce(department, 0)
    drive.mount()
    await ask(core, 'batches.resume', { id })
    await expect.poll(async () => (await state()).state, { timeout: 60_000 }).toBe('completed')
    await expectOnce(department, 10)
  }, 180_000)

  it('what a browser hands over meanwhile is refused with the reason, and put on no record', async () => {
    const department = await makeDepartment()
    const drive = driveTo(department.files)
    // What is on record waits for others.
    const { core } = await openTestCore(stationAt(department, 'a', drive.path), { limits: { cases: false } })
    const send = await browserOf(core)
    const upload = async (seed: number, headers: Record<string, string> = {}) =>
      send(`upload`, readFileSync(await writePicture(temporaryFolder(), `${seed}.png`, seed)), `${seed}.png`, headers)
    const staged = await ask(core, 'datasets.stage', { called: 'scans' })
    const picture = readFileSync(await writePicture(temporaryFolder(), 'staged.png', 9))
    expect(await send(`staged/${staged.id}`, picture, 'glioma/1.png')).toEqual({ ok: {} })
    const options = { skipSeen: false }
    const batches = ['begun', 'later'].map((name) => ask(core, 'batches.upload', { name, options }))
    const [begun = '', later = ''] = (await Promise.all(batches)).map(({ id }) => id)
    expect(await upload(1, { 'x-gyrus-batch': begun })).toEqual({ ok: {} })
    drive.unmount()
    const gone = { failure: { code: 'files-gone', message: expect.stringContaining(`no longer in ${drive.path}`) } }
    expect(await upload(2)).toMatchObject(gone)
    expect(await send(`staged/${staged.id}`, picture, 'glioma/2.png')).toMatchObject(gone)
    await expect(ask(core, 'datasets.stage', { called: 'others' })).rejects.toThrow('files-gone')
    for (const batch of [begun, later]) {
      expect(await upload(3, { 'x-gyrus-batch': batch })).toMatchObject(gone)
      // The others would only be refused, too.
      expect(await upload(4, { 'x-gyrus-batch': batch })).toMatchObject({ failure: { code: 'batch-state' } })
    }
    const batch = async (id: string) => (await ask(core, 'batches.get', { id })).batch
    for (const [id, total] of [
      [begun, 1],
      [later, 0],
    ] as const) {
      await expect.poll(async () => (await batch(id)).state).toBe('interrupted')
      expect(await batch(id)).toMatchObject({ ...gone, counts: { total, failed: 0, remaining: total } })
    }
    drive.mount()
    expect(await upload(2)).toEqual({ ok: {} })
    await WorkerProcess.start(department.station('b'), onTestFinished)
    const cases = async () => (await ask(core, 'cases.list', { query: { states: ['analysed'] } })).total
    await expect.poll(cases, { timeout: 60_000 }).toBe(2)
    expect(await batch(begun)).toMatchObject({ state: 'interrupted', counts: { total: 1, analysed: 1 } })
    await expectOnce(department, 2)
  }, 120_000)

  it('a file that is missing in the right folder fails its case', async () => {
    const department = await makeDepartment()
    const { core } = await openTestCore(department.station('asks'), { limits: { cases: false } })
    const picture = await writePicture(temporaryFolder(), 'lost.png', 5)
    const sha256 = createHash('sha256').update(readFileSync(picture)).digest('hex')
    const outcomes = openPaths(core, picture)
    await expect.poll(() => core.store.pendingCases()).toHaveLength(1)
    rmSync(join(department.files, scanKey(sha256)))
    await WorkerProcess.start(department.station('b'), onTestFinished)
    expect((await outcomes)[0]).toMatchObject({ status: 'failed', failure: { code: 'file-missing' } })
  }, 120_000)
})

describe('a move', () => {
  const gyrus = (root: string, args: string[], env: Record<string, string> = {}) =>
    spawnSync(process.execPath, [MAIN, 'department', 'move', ...args, '--data-dir', root], {
      ...{ encoding: 'utf8' as const, env: { ...process.env, ...env }, input: '' },
    })

  it('marks where its files went, and refuses the place of another record before it copies', async () => {
    const { folder } = await makeDataFolder(join(temporaryFolder(), 'data'))
    const other = await makeDepartment()
    await (await openTestCore(other.station('a'))).close()
    const department = await makeDepartment()
    const { database, files } = department
    const wrong = gyrus(folder.root, ['--to', database, '--files', other.files])
    expect(wrong).toMatchObject({ status: 1, stderr: expect.stringContaining('[files-other-record]') })
    expect(existsSync(join(other.files, 'models', 'model-a'))).toBe(false)
    expect(gyrus(folder.root, ['--to', database, '--files', files])).toMatchObject({ status: 0, stderr: '' })
    const first = await idOf(department)
    expect(JSON.parse(markIn(files))).toEqual({ record: first })
    await (await openTestCore(department.station('a'))).close()

    // Through a file into a database anew, it is another record; where its own files were, it may have them again.
    const home = join(temporaryFolder(), 'home')
    const shared = { GYRUS_DATABASE: database, GYRUS_FILES: files }
    const back = gyrus(department.station('b'), ['--to-file', join(home, 'gyrus.sqlite'), '--files', home], shared)
    expect(back).toMatchObject({ status: 0, stderr: '' })
    expect(existsSync(join(home, 'record.json'))).toBe(false)
    const anew = await makeDepartment()
    expect(gyrus(home, ['--to', anew.database, '--files', files])).toMatchObject({ status: 0, stderr: '' })
    expect(await idOf(anew)).not.toBe(first)
    expect(JSON.parse(markIn(files))).toEqual({ record: await idOf(anew) })
    await openTestCore(stationAt(anew, 'a', files))
    await expect(openTestCore(department.station('c'))).rejects.toMatchObject({ code: 'files-other-record' })
  }, 120_000)

  it('without files leaves it to the first start', async () => {
    const { folder } = await makeDataFolder(join(temporaryFolder(), 'data'))
    const department = await makeDepartment()
    expect(gyrus(folder.root, ['--to', department.database])).toMatchObject({ status: 0, stderr: '' })
    expect(existsSync(join(department.files, 'record.json'))).toBe(false)
    for (const name of ['scans', 'models']) renameSync(join(folder.root, name), join(department.files, name))
    await openTestCore(department.station('a'))
    expect(JSON.parse(markIn(department.files))).toEqual({ record: await idOf(department) })
  })
})
