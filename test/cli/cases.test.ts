import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { caseQuerySchema } from '../../src/shared/cases.ts'
import { LABEL_NAMES } from '../../src/shared/labels.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { openPaths, openTestCore } from '../support/core.ts'
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
  const percent = expect.stringMatching(/^[<>]?\d+ %$/)
  const name = (row: { label: keyof typeof LABEL_NAMES }) => LABEL_NAMES[row.label]
  expect(cells).toEqual([
    [local(failed.receivedAt), 'Failed', '', '', '', `text.jpg: ${failed.failure.message} ${failed.failure.action}`],
    [local(unread.receivedAt), 'Unread', name(unread), percent, '', 'two\ufffd[31m.png'],
    [local(read.receivedAt), 'Read', name(read), percent, 'Disagree: Something else', 'one.png'],
  ])
})

it('says so where there is no case', async () => {
  const dataDir = temporaryFolder()
  const { close } = await openTestCore(dataDir)
  await close()
  expect(gyrus('cases', '--data-dir', dataDir)).toEqual(['There is no case yet.'])
  expect(gyrus('cases', '--json', '--data-dir', dataDir)).toEqual([])
})
