import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { WITHHELD_DETAIL } from '../../src/shared/audit.ts'
import { READER } from '../support/accounts.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { ask, openPaths, openTestCore } from '../support/core.ts'
import { writePicture } from '../support/images.ts'

const main = join(import.meta.dirname, '..', '..', 'src', 'main', 'cli', 'main.ts')

it('an export for a radiologist keeps back what they may read second; an auditor’s is complete', async () => {
  const dataDir = temporaryFolder()
  const { core, close } = await openTestCore(dataDir)
  const [opened] = await openPaths(core, await writePicture(dataDir, 'one.png', 1))
  const id = opened?.caseId ?? ''
  await ask(core, 'cases.review', { id, verdict: 'cannot-tell' })
  await ask(core, 'cases.mark-second', { id })
  const token = async (role: 'radiologist' | 'auditor') => {
    await core.accounts.administration.add({ name: role, fullName: role, role }, READER)
    return (await core.accounts.administration.addToken({ name: role, purpose: 'a test', days: 1 }, READER)).token
  }
  const [reader, auditor] = [await token('radiologist'), await token('auditor')]
  await close()
  const toldOf = (secret: string, name: string): string | undefined => {
    const out = join(dataDir, name)
    const args = [main, 'audit', 'export', '--format', 'json', '--out', out, '--data-dir', dataDir]
    const { status, stderr } = spawnSync(process.execPath, args, {
      encoding: 'utf8',
      env: { ...process.env, GYRUS_TOKEN: secret },
    })
    expect([status, stderr]).toEqual([0, ''])
    const entries: { act: string; detail: string }[] = JSON.parse(readFileSync(out, 'utf8'))
    return entries.find(({ act }) => act === 'case.reviewed')?.detail
  }
  expect(toldOf(reader, 'reader.json')).toBe(WITHHELD_DETAIL)
  expect(toldOf(auditor, 'auditor.json')).toContain('cannot-tell')
}, 60_000)
