import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'
import { lockDataFolder } from '../../src/main/store/index.ts'
import { makeRecord, pagesOf } from '../support/audit.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { tamper } from '../support/spoil.ts'

const main = join(import.meta.dirname, '..', '..', 'src', 'main', 'cli', 'main.ts')

async function gyrusOnRecord() {
  const folder = temporaryFolder()
  const data = join(folder, 'data')
  mkdirSync(data)
  const file = await makeRecord(data)
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [main, 'audit', ...args, '--data-dir', data], { encoding: 'utf8' })
  const json = (...args: string[]) => JSON.parse(run(...args, '--json').stdout)
  return { folder, data, file, run, json }
}

it('verifies: 0 sound, 2 broken with the first break, 1 could not run', async () => {
  const { folder, file, run, json } = await gyrusOnRecord()
  const heads = join(folder, 'heads')
  mkdirSync(heads)
  const { sequence, fingerprint } = json('head', '--export', heads)
  expect(json('verify', '--head', heads)).toMatchObject({ sound: true, heads: 1, fingerprint, broken: null })
  const sound = run('verify')
  expect([sound.status, sound.stderr]).toEqual([0, ''])
  expect(sound.stdout).toMatch(/^Sound: \d+ entries, and 32 rows that they bind\.\n {2}Head: entry \d+ /)
  expect(sound.stdout).toContain(fingerprint)
  const files = run('verify', '--files')
  expect([files.status, files.stdout]).toEqual([
    2,
    expect.stringMatching(/^BROKEN at entry 1: The stored copy .* missing/),
  ])

  tamper(file, (sqlite) => sqlite.exec(`delete from audit where seq >= ${sequence}`))
  expect(run('verify').status).toBe(0)
  const cut = run('verify', '--head', heads)
  expect([cut.status, cut.stdout]).toEqual([2, expect.stringContaining('entries at its end are missing')])
  tamper(file, (sqlite) => sqlite.exec(`update results set model_id = 'x' where id = 1`))
  expect(json('verify').broken).toMatchObject({ kind: 'row-altered', what: 'results/1', act: 'case.analysed' })
  const missing = run('verify', '--head', join(folder, 'none'))
  expect([missing.status, missing.stderr]).toEqual([1, expect.stringContaining('[file-missing]')])
}, 60_000)

it('names an index that is not what its rows say, of which no entry tells', async () => {
  const { file, run, json } = await gyrusOnRecord()
  const { size, pages } = pagesOf(file, ['cases_by_file_name'])
  const bytes = readFileSync(file)
  const index = bytes.subarray(pages[0], (pages[0] as number) + size)
  index.write('X', index.indexOf('LLER-1.png'))
  writeFileSync(file, bytes)
  const what = expect.stringContaining('cases_by_file_name')
  expect(json('verify')).toMatchObject({ sound: false, broken: { kind: 'index-differs', sequence: null, what } })
  const { status, stdout } = run('verify')
  expect([status, stdout]).toEqual([2, expect.stringMatching(/^BROKEN: An index .*\n {2}.*cases_by_file_name/)])
}, 60_000)

it('exports, signs and sets the daily folder, also beside a running Gyrus, and logs it', async () => {
  const { folder, data, run, json } = await gyrusOnRecord()
  const lock = lockDataFolder(data)
  onTestFinished(() => lock.release())
  const out = join(folder, 'trail.xml')
  expect(run('export', '--format', 'atna', '--out', out).status).toBe(0)
  expect(readFileSync(out, 'utf8')).toMatch(
    /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<AuditMessages>\n<AuditMessage>/,
  )
  const again = run('export', '--out', out)
  expect([again.status, again.stderr]).toEqual([1, expect.stringContaining('[output-unwritable]')])
  expect(run('head', '--daily', join(folder, 'none')).stderr).toContain('[audit-folder-missing]')
  expect(json('head', '--daily', folder)).toMatchObject({ daily: folder, fingerprint: expect.any(String) })
  expect(json('head', '--daily', 'off')).toMatchObject({ daily: null })
  const csv = join(folder, 'trail.csv')
  expect(existsSync(csv)).toBe(false)
  run('export', '--out', csv)
  const acts = readFileSync(csv, 'utf8')
    .split('\r\n')
    .map((line) => line.split(',')[3])
  for (const act of ['audit.exported', 'audit.heads-folder-set', 'audit.head-exported', 'audit.key-made']) {
    expect(acts).toContain(act)
  }
  expect(json('verify')).toMatchObject({ sound: true })
}, 60_000)

it('says where there is no record', () => {
  const none = spawnSync(process.execPath, [main, 'audit', 'verify', '--data-dir', temporaryFolder()], {
    encoding: 'utf8',
  })
  expect([none.status, none.stderr]).toEqual([1, expect.stringContaining('[record-missing]')])
})

it('ends at once on Ctrl+C, also while SQLite looks at the database', async ({ skip }) => {
  skip(process.platform !== 'linux', 'not run: only Linux tells from outside when SQLite’s thread is at work (/proc)')
  const { data, file } = await gyrusOnRecord()
  // What nobody reads, and takes SQLite some seconds to look at.
  const sqlite = new SQLite(file)
  sqlite.exec(`create table large (x text);
    with recursive n(i) as (select 1 union all select i + 1 from n where i < 1500000)
      insert into large select hex(i * 2654435761 % 4294967296) from n;
    create index large_x on large (x);`)
  sqlite.close()
  const child = spawn(process.execPath, [main, 'audit', 'verify', '--data-dir', data])
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text) => {
    said += text
  })
  const ended = once(child, 'close')
  const tasks = `/proc/${child.pid}/task`
  const looking = () =>
    readdirSync(tasks).some((task) => readFileSync(join(tasks, task, 'comm'), 'utf8').startsWith('WorkerThread'))
  await expect.poll(looking, { interval: 5, timeout: 30_000 }).toBe(true)
  child.kill('SIGINT')
  expect(await ended).toEqual([null, 'SIGINT'])
  expect(said).toContain('Cancelled before it was finished.')
}, 60_000)
