import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import { forkEngineFrom } from '../../src/main/fork-engine.ts'
import { temporaryFolder } from '../support/cleanup.ts'

it('a process that reads files of others is not told what opens the database and the store', async () => {
  onTestFinished(() => void vi.unstubAllEnvs())
  for (const name of ['GYRUS_DATABASE', 'GYRUS_FILES_KEY', 'GYRUS_FILES_SECRET', 'PGPASSWORD'])
    vi.stubEnv(name, 'secret')
  vi.stubEnv('GYRUS_FILES', 'no secret')
  const folder = temporaryFolder()
  const told = join(folder, 'told.json')
  const entry = join(folder, 'entry.mjs')
  const write = `import { writeFileSync } from 'node:fs'\nwriteFileSync(${JSON.stringify(told)}, JSON.stringify(process.env))`
  writeFileSync(entry, `${write}\nprocess.disconnect()`)
  await new Promise<string>((resolve) => forkEngineFrom(entry).onExit(resolve))
  const environment: Record<string, string> = JSON.parse(readFileSync(told, 'utf8'))
  expect(environment.GYRUS_FILES).toBe('no secret')
  expect(Object.values(environment)).not.toContain('secret')
})
