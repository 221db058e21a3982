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
}, 120_000)
