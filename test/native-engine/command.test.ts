import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { temporaryFolder } from '../support/cleanup.ts'

const MAIN = join(import.meta.dirname, '..', '..', 'src', 'main', 'cli', 'main.ts')

async function gyrus(
  args: string[],
  path = process.env.PATH,
): Promise<{ code: number; stdout: string; stderr: string }> {
  const run = promisify(execFile)(process.execPath, [MAIN, 'engine', ...args], { env: { ...process.env, PATH: path } })
  return run.then(
    (output) => ({ code: 0, ...output }),
    (error: { code: number; stdout: string; stderr: string }) => error,
  )
}

it('engine status without an engine says what can be trained, and what is missing', async () => {
  const empty = temporaryFolder()
  const { code, stdout } = await gyrus(['status', '--data-dir', temporaryFolder()], empty)
  expect(code).toBe(0)
  expect(stdout).toContain('Only the last layer of a model can be trained')
  const { stdout: json } = await gyrus(['status', '--json', '--data-dir', temporaryFolder()], empty)
  expect(JSON.parse(json)).toMatchObject({ training: 'head-only', used: null, check: null })
})

it('engine install without a compiler ends with the code, and 1', async ({ skip }) => {
  skip(process.platform !== 'linux' || process.arch !== 'x64', 'not run: there is nothing to install on this platform')
  const { code, stdout, stderr } = await gyrus(['install', '--data-dir', temporaryFolder()], temporaryFolder())
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  expect(stderr).toContain('[native-engine-no-compiler]')
})

it('engine remove where nothing is', async () => {
  const { stdout } = await gyrus(['remove', '--json', '--data-dir', temporaryFolder()])
  expect(JSON.parse(stdout)).toEqual({ freedBytes: 0 })
})
