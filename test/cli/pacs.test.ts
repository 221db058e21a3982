import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { temporaryFolder } from '../support/cleanup.ts'
import { missing } from '../support/dicom-tools.ts'
import { fill, startArchive } from '../support/pacs.ts'
import { shared } from '../support/shared.ts'

const main = join(import.meta.dirname, '..', '..', 'src', 'main', 'cli', 'main.ts')
const SERIES = shared('dicom/series-t1')

it('sets up a PACS, tests it, searches it, and retrieves from it', async ({ skip }) => {
  const reason = missing('dcmdump') ?? (SERIES === null ? 'not run: the shared data folder is not there' : null)
  if (reason) return skip(reason)
  const port = await startArchive()
  await fill(port, join(SERIES as string, 'N2D_0012.dcm'))
  const data = ['--data-dir', join(temporaryFolder(), 'data')]
  const gyrus = (...args: string[]) =>
    spawnSync(process.execPath, [main, 'pacs', ...args, ...data], { encoding: 'utf8', input: '' })

  expect(gyrus('add', 'Archive', 'nowhere')).toMatchObject({ status: 1, stderr: expect.stringContaining('TITLE@host') })
  const added = gyrus('add', 'Archive', `PACS@127.0.0.1:${port}`)
  expect([added.status, added.stderr, added.stdout]).toEqual([0, '', 'Archive is set.\n'])
  expect(gyrus('list').stdout).toBe(`Archive: PACS@127.0.0.1:${port}, C-GET\n`)
  expect(gyrus('test', 'archive').stdout).toMatch(/^It answers \(\d+ ms\); it offers find, get, move/)
  expect(gyrus('test', 'other').stderr).toContain('[pacs-unknown]')
  const { studies } = JSON.parse(gyrus('find', 'Archive', '--name', 'Jane', '--json').stdout)
  expect(studies).toHaveLength(1)
  const [{ studyUid }] = studies
  expect(gyrus('find', 'Archive', '--study', studyUid).stdout).toContain('MR')
  expect(gyrus('find', 'Archive', '--from', 'yesterday').stderr).toContain('[request-invalid]')
  const got = gyrus('get', 'Archive', studyUid)
  expect([got.status, got.stdout]).toEqual([0, 'done: 1 received, 0 on record before, 0 passed over, 0 failed\n'])
  expect(gyrus('get', 'Archive', '1.2.3')).toMatchObject({ status: 2, stdout: expect.stringContaining('[pacs-') })
}, 180_000)
