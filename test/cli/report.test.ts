import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { caseCode } from '../../src/shared/case-code.ts'
import { BANNER } from '../../src/shared/labels.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { openPaths, openTestCore } from '../support/core.ts'
import { writePicture } from '../support/images.ts'
import { textOf } from '../support/pdf.ts'

const main = join(import.meta.dirname, '..', '..', 'src', 'main', 'cli', 'main.ts')
const gyrus = (...args: string[]) => spawnSync(process.execPath, [main, 'report', ...args], { encoding: 'utf8' })

it('writes a case’s report by the code on a print, and says what it cannot', async () => {
  const folder = temporaryFolder()
  const dataDir = join(folder, 'data')
  const { core, close } = await openTestCore(dataDir)
  await core.store.setDepartmentLanguage('de', 'Dr Test')
  const [outcome] = await openPaths(core, await writePicture(folder, 'scan.png'))
  await close()
  const id = outcome?.caseId ?? ''
  const out = join(folder, 'report.pdf')
  const data = ['--data-dir', dataDir]

  const written = gyrus(caseCode(id), '--out', out, '--paper', 'letter', ...data)
  expect(written).toMatchObject({ status: 0, stdout: `${out}: 1 page\n` })
  expect(written.stderr).toContain(BANNER)
  const [text = ''] = await textOf(readFileSync(out))
  for (const part of [BANNER, 'scan.png', id, 'Second opinion of the model']) expect(text).toContain(part)

  // English, whatever the department chose, unless it is asked for.
  const german = gyrus(id, '--out', out, '--language', 'de', ...data)
  expect([german.status, german.stderr]).toEqual([0, expect.stringContaining(BANNER)])
  expect((await textOf(readFileSync(out)))[0]).toContain('Zweite Meinung des Modells')
  const other = gyrus(id, '--out', out, '--language', 'fr', ...data)
  expect([other.status, other.stderr]).toEqual([1, expect.stringContaining('Allowed choices are en, de.')])

  const unknown = gyrus('0000-0000', '--out', out, ...data)
  expect([unknown.status, unknown.stderr]).toEqual([1, expect.stringContaining('[case-unknown]')])
  const nowhere = gyrus(id, '--out', join(folder, 'none', 'report.pdf'), ...data)
  expect([nowhere.status, nowhere.stderr]).toEqual([1, expect.stringContaining('[output-unwritable]')])
  expect(gyrus(id, ...data).stderr).toContain('--out')
}, 60_000)
