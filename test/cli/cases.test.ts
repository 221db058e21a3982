import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { expect, it } from 'vitest'
import { caseQuerySchema } from '../../src/shared/cases.ts'
import { dayOf } from '../../src/shared/days.ts'
import { LABEL_NAMES } from '../../src/shared/labels.ts'
import { READER } from '../support/accounts.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { ask, openPaths, openTestCore } from '../support/core.ts'
import { writePicture } from '../support/images.ts'

const main = join(import.meta.dirname, '..', '..', 'src', 'main', 'cli', 'main.ts')

/** Half an hour off from UTC, as no machine of ours is by itself. */
function gyrus(...args: string[]): string[] {
  const env = { ...process.env, TZ: 'Asia/Kolkata' }
  const { stdout } = spawnSync(process.execPath, [main, ...args], { encoding: 'utf8', env })
  return stdout.split('\n').filter((line) => line !== '')
}

/** One case without a verdict, one with one, one that failed. */
async function threeCases(dataDir: string): Promise<void> {
  const { core, close } = await openTestCore(dataDir)
  writeFileSync(join(dataDir, 'text.jpg'), 'no image at all')
  await openPaths(core, await writePicture(dataDir, 'one.png', 1))
  await openPaths(core, await writePicture(dataDir, 'two\u001b[31m.png', 2))
  await openPaths(core, join(dataDir, 'text.jpg'))
  const { rows } = await core.store.listCases(caseQuerySchema.parse({}), 0, 10)
  const caseId = rows.find(({ fileName }) => fileName === 'one.png')?.id ?? ''
  // Without accounts, so that the command asks for none.
  await core.store.review({ caseId, reader: 'Dr Test', verdict: 'disagree', label: 'other', comment: '' })
  await close()
}

it('lists cases in words and aligned columns, with local times; --json stays as it was', async () => {
  const dataDir = temporaryFolder()
  await threeCases(dataDir)
  const [failed, unread, read] = gyrus('cases', '--json', '--data-dir', dataDir).map((line) => JSON.parse(line))
  expect(read).toMatchObject({ fileName: 'one.png', state: 'reviewed', verdict: 'disagree', verdictLabel: 'other' })
  expect(read.receivedAt).toMatch(/^\d{4}-.*Z$/)

  const lines = gyrus('cases', '--data-dir', dataDir)
  const [header = ''] = lines
  const [received, status, label, confidence, verdict, file] = [
    'Received',
    'Status',
    'AI label',
    'Conf.',
    'Verdict',
    'File',
  ].map((title) => header.indexOf(title)) as [number, number, number, number, number, number]
  const cells = lines
    .slice(1)
    .map((line) =>
      [
        line.slice(received, status),
        line.slice(status, label),
        line.slice(label, confidence),
        line.slice(confidence, verdict),
        line.slice(verdict, file),
        line.slice(file),
      ].map((cell) => cell.trim()),
    )
  // 5 h 30 min ahead of UTC.
  const local = (instant: string) =>
    new Date(Date.parse(instant) + 19_800_000).toISOString().slice(0, 16).replace('T', ' ')
  const probability = expect.stringMatching(/^[<>]?[01]\.\d\d$/)
  const name = (row: { label: keyof typeof LABEL_NAMES }) => LABEL_NAMES[row.label]
  expect(cells).toEqual([
    [local(failed.receivedAt), 'Failed', '', '', '', `text.jpg: ${failed.failure.message} ${failed.failure.action}`],
    [local(unread.receivedAt), 'Unread', name(unread), probability, '', 'two\ufffd[31m.png'],
    [local(read.receivedAt), 'Read', name(read), probability, 'Disagree: Something else', 'one.png'],
  ])
})

it('says so where there is no case', async () => {
  const dataDir = temporaryFolder()
  const { close } = await openTestCore(dataDir)
  await close()
  expect(gyrus('cases', '--data-dir', dataDir)).toEqual(['There is no case yet.'])
  expect(gyrus('cases', '--json', '--data-dir', dataDir)).toEqual([])
})

it('lists what fits the work list’s filters, and refuses what tells nothing', async () => {
  const dataDir = temporaryFolder()
  await threeCases(dataDir)
  const names = (...args: string[]) =>
    gyrus('cases', ...args, '--json', '--data-dir', dataDir).map((line) => JSON.parse(line).fileName)
  expect(names('--states', 'analysed', 'failed')).toEqual(['text.jpg', 'two\u001b[31m.png'])
  expect(names('--verdicts', 'disagree', '--readers', 'Dr Test')).toEqual(['one.png'])
  expect(names('--search', 'one')).toEqual(['one.png'])
  expect(names('--confidence', '100%')).toEqual(['two\u001b[31m.png', 'one.png'])
  expect(names('--confidence', '0.01')).toEqual([])
  const today = dayOf(new Date(Date.now() + 19_800_000 + new Date().getTimezoneOffset() * 60_000))
  expect(names('--received', `${today}..`)).toHaveLength(3)
  expect(names('--received', '..2020-01-01')).toEqual([])
  expect(names('--study', '2020-01-01')).toEqual([])
  const [{ scanSha256 = '' } = {}] = await hashes(dataDir, 'one.png')
  expect(names('--hash', scanSha256.slice(0, 8))).toEqual(['one.png'])
  for (const [option, value] of [
    ['--confidence', '90'],
    ['--study', 'monday'],
    ['--hash', 'xyz'],
    ['--batch', '4711'],
    ['--labels', 'brain'],
  ] as const) {
    const { status, stderr } = spawnSync(process.execPath, [main, 'cases', option, value, '--data-dir', dataDir], {
      encoding: 'utf8',
    })
    expect([status, stderr], option).toEqual([1, expect.stringContaining(option)])
  }
}, 60_000)

async function hashes(dataDir: string, fileName: string): Promise<{ scanSha256: string }[]> {
  const sqlite = new SQLite(join(dataDir, 'gyrus.sqlite'), { readonly: true })
  const rows = sqlite.prepare('select scan_sha256 as scanSha256 from cases where file_name = ?').all(fileName)
  sqlite.close()
  return rows as { scanSha256: string }[]
}

it('keeps answers from readers who record an impression first', async () => {
  const dataDir = temporaryFolder()
  const { core, close } = await openTestCore(dataDir)
  await openPaths(core, await writePicture(dataDir, 'one.png', 1))
  await ask(core, 'reading.set-department', { on: true })
  const token = async (role: 'radiologist' | 'auditor') => {
    await core.accounts.administration.add({ name: role, fullName: role, role }, READER)
    return (await core.accounts.administration.addToken({ name: role, purpose: 'a test', days: 1 }, READER)).token
  }
  const [reader, auditor] = [await token('radiologist'), await token('auditor')]
  await close()
  const labelFor = (secret: string) => {
    const env = { ...process.env, GYRUS_TOKEN: secret }
    const args = [main, 'cases', '--json', '--data-dir', dataDir]
    return JSON.parse(spawnSync(process.execPath, args, { encoding: 'utf8', env }).stdout).label
  }
  expect(labelFor(reader)).toBeNull()
  expect(labelFor(auditor)).toMatch(/./)
}, 60_000)
