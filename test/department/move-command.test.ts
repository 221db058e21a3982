import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { expect, inject, it } from 'vitest'
import { scanPath } from '../../src/main/core/data-folder.ts'
import { shareFiles } from '../../src/main/core/department/share-files.ts'
import { lockDataFolder, moveToDepartment, openDepartmentReadStore, openReadStore } from '../../src/main/store/index.ts'
import type { ReadStore } from '../../src/main/store/types.ts'
import { makeDataFolder } from '../support/care.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { encryptFolder } from '../support/encryption.ts'
import { query } from './support/server.ts'
import { makeDepartment } from './support/station.ts'

const main = join(import.meta.dirname, '..', '..', 'src', 'main', 'cli', 'main.ts')

function gyrus(root: string, args: string[], env: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args, '--data-dir', root], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
    input: '',
  })
  return { status, stdout, stderr }
}

/** The audit trail as it is exported. */
function trailOf(root: string, env: Record<string, string> = {}): string {
  const trail = join(temporaryFolder(), 'trail.json')
  const { stderr } = gyrus(root, ['audit', 'export', '--format', 'json', '--out', trail], env)
  expect(stderr).toBe('')
  return readFileSync(trail, 'utf8')
}

/** What a record tells of its being left. */
const leftIn = (root: string, env: Record<string, string> = {}): unknown[] =>
  (JSON.parse(trailOf(root, env)) as { act: string; detail: string }[])
    .filter(({ act }) => act === 'record.left')
    .map(({ detail }) => JSON.parse(detail))

const countsOf = ({ rows, head }: { rows: number; head: { sequence: number; hash: string } }) => ({
  ...{ rows, entries: head.sequence, head: head.hash },
})

async function setUp() {
  const base = temporaryFolder()
  const { folder, mueller } = await makeDataFolder(join(base, 'data'))
  const { database, files } = await makeDepartment()
  return { base, root: folder.root, folder, scan: mueller.scans[0] as string, database, files }
}

it('moves a data folder with its files into a department and back', async () => {
  const { base, root, folder, scan, database, files } = await setUp()
  const address = database.replace('gyrus@', 'gyrus:secret@')
  const there = gyrus(root, ['department', 'move', '--to', address, '--files', files])
  expect(there).toMatchObject({ status: 0, stderr: '' })
  expect(there.stdout).toMatch(/Moved \d+ rows of \d+ tables; counts, digests and chain are the same/)
  expect(there.stdout).toContain('4 files are in')
  expect(there.stdout).toContain('Its own audit trail tells when and where it went')
  const { host, pathname } = new URL(database)
  expect(leftIn(root)).toMatchObject([{ from: 'sqlite', to: 'postgresql', place: `${host}${pathname}` }])
  expect(gyrus(root, ['audit', 'verify']).status).toBe(0)
  expect(readFileSync(join(files, 'scans', scan.slice(0, 2), scan))).toEqual(readFileSync(scanPath(folder, scan)))
  expect(readFileSync(join(files, 'models', 'model-a', 'model.json'), 'utf8')).toBe('{"id":"model-a"}')

  const shared = { GYRUS_DATABASE: database, GYRUS_FILES: files }
  const station = join(base, 'station')
  const verified = gyrus(station, ['audit', 'verify', '--json'], shared)
  expect(verified.status, verified.stderr + verified.stdout).toBe(0)
  const file = join(base, 'home', 'gyrus.sqlite')
  const back = gyrus(
    station,
    ['department', 'move', '--to-file', file, '--files', join(base, 'home'), '--json'],
    shared,
  )
  expect(back.stderr).toBe('')
  expect(JSON.parse(back.stdout)).toMatchObject({ files: { files: 4, copied: 4 }, tables: { cases: { rows: 3 } } })
  expect(JSON.parse(back.stdout)).toMatchObject({ untold: null })
  expect(gyrus(join(base, 'home'), ['audit', 'verify']).status).toBe(0)
  // The copies are what they were compared as: each tells that it came, and what was left that it was.
  const acts = trailOf(join(base, 'home'))
  expect(acts.match(/record\.moved/g)).toHaveLength(2)
  expect(acts).not.toContain('record.left')
  const [left] = leftIn(station, shared)
  expect(left).toEqual({ from: 'postgresql', to: 'sqlite', place: file, ...countsOf(JSON.parse(back.stdout)) })
  expect(gyrus(station, ['audit', 'verify'], shared).status).toBe(0)
  // Its screens say so for as long as it is open; those of the record that is gone on with do not.
  const goneOf = async (store: ReadStore) => {
    const gone = await store.goneOnElsewhere()
    await store.close()
    return gone?.place ?? null
  }
  expect(await goneOf(openReadStore(folder.database))).toBe(`${host}${pathname}`)
  expect(await goneOf(await openDepartmentReadStore(database))).toBe(file)
  expect(await goneOf(openReadStore(file))).toBeNull()
  // Where it was left, nobody goes on by mistake.
  const another = (await makeDepartment()).database
  const again = gyrus(root, ['department', 'move', '--to', another])
  expect(again.stderr).toMatch(/moved to \S+ already \(20\S+Z\).*--again.*\[move-left-before\]/s)
  expect(again.stderr).toContain(`${host}${pathname}`)
  const once = gyrus(station, ['department', 'move', '--to-file', join(base, 'once.sqlite')], shared)
  expect(once.stderr).toContain('[move-left-before]')
  expect(gyrus(root, ['department', 'move', '--to', another, '--again'])).toMatchObject({ status: 0, stderr: '' })
  for (const told of [acts, trailOf(root), trailOf(station, shared)]) expect(told).not.toMatch(/postgres:|secret/)
}, 120_000)

it('reports a move that the record it left could not be told of', async () => {
  const { base, root, database, files } = await setUp()
  const sqlite = new SQLite(join(root, 'gyrus.sqlite'))
  sqlite.exec(`create trigger full before insert on audit when new.act = 'record.left'
    begin select raise(abort, 'no room'); end`)
  sqlite.close()
  const there = gyrus(root, ['department', 'move', '--to', database, '--files', files])
  expect(there).toMatchObject({ status: 0, stderr: '' })
  expect(there.stdout).toMatch(/Moved \d+ rows/)
  expect(there.stdout).toMatch(/Its own audit trail could not be told that it was left: .+ \[[a-z-]+\]/)
  await query(
    database,
    `create trigger full_up before insert on gyrus.audit for each row when (new.act = 'record.left')
     execute function gyrus.refuse('no room')`,
  )
  const file = join(base, 'home', 'gyrus.sqlite')
  const shared = { GYRUS_DATABASE: database, GYRUS_FILES: files }
  const back = gyrus(join(base, 'station'), ['department', 'move', '--to-file', file, '--json'], shared)
  expect(JSON.parse(back.stdout).untold).toMatchObject({ code: expect.any(String), message: expect.any(String) })
  expect(gyrus(join(base, 'home'), ['audit', 'verify']).status).toBe(0)
}, 120_000)

it('says what is in the way, and writes nothing', async () => {
  const { base, root, folder, scan, database, files } = await setUp()
  const move = (...args: string[]) => gyrus(root, ['department', 'move', ...args])
  const rows = async () => (await query<{ n: number }>(database, 'select count(*)::int as n from gyrus.audit'))[0]?.n
  expect(move().stderr).toContain('say where it goes')
  expect(move('--to', database, '--to-file', 'x').stderr).toContain('cannot be used with')
  expect(move('--to-file', join(base, 'x.sqlite')).stderr).toContain('[department-missing]')
  expect(move('--to', 'http://nowhere').stderr).toContain('[database-address]')
  expect(gyrus(join(base, 'none'), ['department', 'move', '--to', database]).stderr).toContain('[record-missing]')
  const lock = lockDataFolder(root)
  expect(move('--to', database).stderr).toContain('[data-folder-in-use]')
  lock.release()
  const shared = { GYRUS_DATABASE: database, GYRUS_FILES: files }
  expect(gyrus(root, ['department', 'move', '--to', database], shared).stderr).toContain('[department-already]')
  writeFileSync(scanPath(folder, scan), 'another')
  const spoilt = move('--to', database, '--files', files)
  expect(spoilt.stderr).toContain('[move-file-differs]')
  expect(existsSync(join(files, 'scans', scan.slice(0, 2), scan))).toBe(false)
  expect(await rows()).toBe(0)
  expect(move('--to', database).stdout).toContain(`They lie in ${root}`)
  expect(await rows()).toBeGreaterThan(0)
}, 120_000)

it('copies no file to a folder that is not there, nor before the database was found to take the record', async () => {
  const { base, root, database, files } = await setUp()
  const move = (to: string, place: string) =>
    gyrus(root, ['department', 'move', '--to', to, '--files', place]).stderr.trim()
  const away = join(base, 'not-connected', 'gyrus')
  expect(move(database, away)).toContain('[department-folder]')
  expect(existsSync(away)).toBe(false)
  expect(move(database, root)).toContain('[department-folder-own]')
  const server = inject('departmentServer')
  await query(`${server}postgres`, `create database move_latin encoding 'LATIN1' locale 'C' template template0`)
  const used = await makeDepartment()
  await query(used.database, `insert into gyrus.department_settings values ('model', 'another')`)
  const nowhere = database.replace(/:\d+\//, ':1/')
  for (const [to, code] of [
    [nowhere, 'database-unreachable'],
    [`${server}move_none`, 'database-refused'],
    [`${server}move_latin`, 'database-unsuitable'],
    [used.database, 'move-target-used'],
  ] as const) {
    expect(move(to, files)).toContain(`[${code}]`)
    expect(readdirSync(files)).toEqual([])
  }
  // Nor on the way back.
  const shared = { GYRUS_DATABASE: database, GYRUS_FILES: files }
  expect(move(database, files)).toBe('')
  const back = (file: string, place: string) =>
    gyrus(join(base, 'station'), ['department', 'move', '--to-file', file, '--files', place], shared).stderr
  expect(back(join(base, 'home', 'gyrus.sqlite'), away)).toContain('[department-folder]')
  expect(back(join(root, 'gyrus.sqlite'), join(base, 'elsewhere'))).toContain('[move-target-used]')
  for (const folder of ['home', 'elsewhere', 'not-connected']) expect(existsSync(join(base, folder))).toBe(false)
}, 120_000)

it('opens what is sealed: a department has no key', async () => {
  const { root, scan, database, files } = await setUp()
  const { folder } = await encryptFolder(root)
  const sealed = readFileSync(scanPath(folder, scan))
  const moved = await shareFiles(folder, files)
  expect(moved).toEqual({ files: 4, copied: 4 })
  const content = readFileSync(join(files, 'scans', scan.slice(0, 2), scan))
  expect(content).not.toEqual(sealed)
  expect(createHash('sha256').update(content).digest('hex')).toBe(scan)
  expect(await shareFiles(folder, files)).toEqual({ files: 4, copied: 0 })
  const key = folder.keys?.database ?? null
  const there = await moveToDepartment({ file: folder.database, key }, database, { by: 'Dr Admin' })
  expect(there.tables.cases?.rows).toBe(3)
}, 60_000)
