import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openRecord } from '../../src/main/compose.ts'
import { Administration } from '../../src/main/core/accounts/administration.ts'
import { lockDataFolder } from '../../src/main/store/index.ts'
import { makeDataFolder } from '../support/care.ts'
import { temporaryFolder } from '../support/cleanup.ts'

const main = join(import.meta.dirname, '..', '..', 'src', 'main', 'cli', 'main.ts')

function gyrus(args: string[], token?: string) {
  const env = { ...process.env, ...(token !== undefined && { GYRUS_TOKEN: token }) }
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], { encoding: 'utf8', env, input: '' })
  return { status, stdout, stderr }
}

it('backs up beside a running Gyrus, exports, erases and restores, each on record', async () => {
  const base = temporaryFolder()
  const dir = join(base, 'backups')
  mkdirSync(dir)
  const { folder } = await makeDataFolder(join(base, 'data'))
  const at = ['--data-dir', folder.root]
  const lock = lockDataFolder(folder.root)
  const made = JSON.parse(gyrus(['backup', dir, '--json', ...at]).stdout)
  const out = join(base, 'out')
  expect(gyrus(['patient', 'export', 'PAT-4711', '--out', out, ...at]).stdout).toContain('2 cases, 2 files')
  expect(existsSync(join(out, 'patient.json'))).toBe(true)
  const busy = gyrus(['patient', 'erase', 'PAT-4711', '--reason', 'asked for', ...at])
  expect([busy.status, busy.stderr]).toEqual([1, expect.stringContaining('[data-folder-in-use]')])
  lock.release()
  const erased = gyrus(['patient', 'erase', 'PAT-4711', '--reason', 'asked for', ...at])
  expect(erased.stdout).toContain('Erased 2 cases and 2 files.')
  expect(erased.stdout).toContain(`STILL IN A BACKUP of`)
  expect(erased.stdout).toContain(made.path)
  expect(gyrus(['audit', 'verify', '--files', ...at]).status).toBe(0)
  const set = gyrus(['backup', '--daily', dir, '--keep-days', '5', '--json', ...at])
  expect(JSON.parse(set.stdout)).toMatchObject({ folder: dir, daily: 5, weekly: 13, last: { path: made.path } })
  const none = gyrus(['backup', '--keep-days', '0', ...at])
  expect([none.status, none.stderr]).toEqual([1, expect.stringContaining('A number from 1 to 1000 is needed.')])

  const target = join(base, 'restored')
  const refused = gyrus(['restore', join(base, 'none'), '--data-dir', target])
  expect([refused.status, refused.stderr]).toEqual([1, expect.stringContaining('[backup-invalid]')])
  expect(gyrus(['restore', made.path, '--data-dir', target]).stdout).toContain('3 stored scans')
  expect(gyrus(['audit', 'verify', '--files', '--data-dir', target]).status).toBe(0)
  const later = JSON.parse(gyrus(['backup', dir, '--json', ...at]).stdout)
  const trial = join(base, 'trial')
  const on = gyrus(['restore', later.path, '--data-dir', trial]).stdout
  expect(on).toContain(`gyrus backup --daily "${dir}" --data-dir "${trial}"`)
  expect(JSON.parse(gyrus(['backup', '--json', '--data-dir', trial]).stdout).folder).toBeNull()
  const trail = join(base, 'trail.csv')
  gyrus(['audit', 'export', '--out', trail, '--data-dir', target])
  expect(readFileSync(trail, 'utf8')).toMatch(new RegExp(`${userInfo().username},record\\.restored`))
}, 120_000)

it('shows and sets rules of retention, dry and for real, and holds that keep what they would take', async () => {
  const base = temporaryFolder()
  const { folder, mueller } = await makeDataFolder(join(base, 'data'))
  const at = ['--data-dir', folder.root]
  const lock = lockDataFolder(folder.root)
  expect(gyrus(['retention', ...at]).stdout).toBe('Everything is kept: no rule is set.\n')
  const set = gyrus(['retention', '--images-months', '6', '--case-years', '10', '--json', ...at])
  expect(JSON.parse(set.stdout).rules).toEqual({ imagesMonths: 6, casesYears: 10, unsigned: false })
  const dry = gyrus(['retention', '--dry-run', ...at])
  expect(dry.stdout).toContain('Signed cases go 10 years after the signature.')
  expect(dry.stdout).toContain('0 cases would go as a whole.')
  expect(gyrus(['retention', '--case-years', 'soon', ...at]).status).not.toBe(0)
  expect(gyrus(['retention', '--run', ...at]).stderr).toContain('[data-folder-in-use]')

  const held = JSON.parse(gyrus(['patient', 'hold', 'PAT-4711', '--reason', 'court', '--json', ...at]).stdout)
  expect(held).toMatchObject([{ id: 1, scope: 'patient', patientId: 'PAT-4711', cases: 2, reason: 'court' }])
  lock.release()
  const refused = gyrus(['patient', 'erase', '--case', mueller.cases[1] ?? '', '--reason', 'asked for', ...at])
  expect([refused.status, refused.stderr]).toEqual([1, expect.stringContaining('[case-held]')])
  expect(gyrus(['patient', 'release', '1', '--reason', 'closed', ...at]).stdout).toBe('No legal hold is in force.\n')
  expect(gyrus(['retention', '--run', ...at]).stdout).toContain('Erased 0 cases')
  expect(gyrus(['audit', 'verify', '--files', ...at]).status).toBe(0)
}, 120_000)

it('lists and verifies backups, and says by its exit code which one is not sound', async () => {
  const base = temporaryFolder()
  const dir = join(base, 'backups')
  mkdirSync(dir)
  const { folder } = await makeDataFolder(join(base, 'data'))
  const at = ['--data-dir', folder.root]
  const { path } = JSON.parse(gyrus(['backup', dir, '--json', ...at]).stdout)
  expect(gyrus(['backup', '--list', ...at]).stdout).toContain('3 stored scans')
  expect(gyrus(['backup', '--verify', path, ...at]).stdout).toContain('is sound')
  writeFileSync(join(path, 'gyrus.sqlite'), 'x')
  const { status, stdout } = gyrus(['backup', '--verify', path, ...at])
  expect([status, stdout]).toEqual([2, expect.stringContaining('its database is missing or was changed')])
  expect(gyrus(['backup', '--list', ...at]).stdout).toContain('NOT SOUND')
}, 120_000)

it('is an administrator’s', async () => {
  const base = temporaryFolder()
  const { folder } = await makeDataFolder(join(base, 'data'))
  const { store, close } = await openRecord(folder.root)
  const administration = new Administration({ store })
  await administration.add({ name: 'root', fullName: 'Root', role: 'administrator' }, 'test')
  await administration.add({ name: 'reader', fullName: 'Reader', role: 'radiologist' }, 'root')
  const { token } = await administration.addToken({ name: 'reader', purpose: 'tests', days: 1 }, 'root')
  await close()
  for (const command of [
    ['backup', base],
    ['patient', 'export', 'PAT-4711', '--out', join(base, 'out')],
    ['patient', 'erase', 'PAT-4711', '--reason', 'x'],
    ['patient', 'hold', 'PAT-4711', '--reason', 'x'],
    ['retention', '--case-years', '1'],
    ['retention', '--run'],
  ]) {
    const { status, stderr } = gyrus([...command, '--data-dir', folder.root], token)
    expect([status, stderr], command.join(' ')).toEqual([1, expect.stringContaining('[not-allowed]')])
  }
  expect(existsSync(join(base, 'out'))).toBe(false)
}, 120_000)
