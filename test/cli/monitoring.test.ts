import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { BANNER } from '../../src/shared/labels.ts'
import { monthOf } from '../../src/shared/monthly.ts'
import { signIn } from '../support/accounts.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { openPaths, openTestCore } from '../support/core.ts'
import { writePicture } from '../support/images.ts'
import { textOf } from '../support/pdf.ts'

const main = join(import.meta.dirname, '..', '..', 'src', 'main', 'cli', 'main.ts')
const gyrus = (...args: string[]) =>
  spawnSync(process.execPath, [main, 'monitoring', 'report', ...args], { encoding: 'utf8', input: '' })

it('writes a month, says which months there are, and asks who it is for', async () => {
  const folder = temporaryFolder()
  const dataDir = join(folder, 'data')
  const { core, close } = await openTestCore(dataDir)
  await openPaths(core, await writePicture(folder, 'scan.png'))
  await close()
  const out = join(folder, 'month.pdf')
  const data = ['--out', out, '--data-dir', dataDir]
  const month = monthOf(new Date())

  const written = gyrus('--month', month, '--department', 'Radiology 2', ...data)
  expect(written.stderr).toBe(`${BANNER}\n`)
  const pages = await textOf(readFileSync(out))
  expect([written.status, written.stdout]).toEqual([0, `${out}: ${pages.length} pages\n`])
  const text = pages.join(' ')
  for (const part of [BANNER, 'Department Radiology 2', `how the AI did in ${month}`, '1 answered, 0 of them signed'])
    expect(text).toContain(part)
  // The scan was read by the engine, which told how far it is from what the model learned from.
  expect(text).toMatch(/Distance from the training images Value Cases 95 % interval Median \d\.\d\d 1 /)

  const told = gyrus('--month', month, '--data-dir', dataDir)
  expect([told.status, told.stderr]).toEqual([0, `${BANNER}\n`])
  const lines = told.stdout.split('\n')
  expect(lines[0]).toMatch(`${month}, so far: 1 answered, 0 signed; agreement –; estimated `)
  for (const part of ['By scanner:', 'By sequence:'])
    expect(lines[lines.indexOf(part) + 1]).toMatch('  not said by the file: 1 answered, 0 signed; agreement –;')
  const json = gyrus('--month', month, '--json', '--data-dir', dataDir)
  const { own } = JSON.parse(json.stdout)
  expect(own.scanners).toMatchObject([{ name: '', figures: { answers: 1, signed: 0 } }])
  expect(own.sequences).toMatchObject([{ name: '', figures: { answers: 1, signed: 0 } }])
  expect(gyrus('--month', month, '--json', ...data).stderr).toContain('cannot be used with')
  const table = gyrus('--month', month, '--language', 'de', '--data-dir', dataDir)
  expect([table.status, table.stderr]).toEqual([1, expect.stringContaining('--language goes with --out only')])
  expect(gyrus('--month', month, '--language', 'de', ...data).status).toBe(0)
  expect((await textOf(readFileSync(out))).join(' ')).toContain(`Gyrus: die KI im Monat ${month}`)

  const odd = gyrus('--month', '2026-13', ...data)
  expect([odd.status, odd.stderr]).toEqual([1, expect.stringContaining('A month is needed')])
  expect(gyrus('--month', '2999-01', ...data).stderr).toContain('[month-to-come]')

  // Once there are accounts, nobody gets it without one.
  const again = await openTestCore(dataDir)
  await signIn(again.core)
  await again.close()
  const other = join(folder, 'other.pdf')
  const refused = gyrus('--month', month, '--out', other, '--data-dir', dataDir)
  expect([refused.status, existsSync(other)]).toEqual([1, false])
  const unseen = gyrus('--month', month, '--data-dir', dataDir)
  expect([unseen.status, unseen.stdout]).toEqual([1, ''])
}, 120_000)
