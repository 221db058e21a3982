/** The checks that read the sources without running them. Each counts as one test of `npm test`. */
import { spawn } from 'node:child_process'
import { dirname } from 'node:path'

interface Check {
  name: string
  command: [program: string, ...args: string[]]
}

/** What the compiler found before, so that only what changed is read again. */
const kept = (name: string) => ['--incremental', '--tsBuildInfoFile', `.cache/types/${name}.json`]

export const CHECKS: Check[] = [
  { name: 'format and lint', command: ['biome', 'check', '--error-on-warnings'] },
  { name: 'types', command: ['tsc', '-p', 'tsconfig.json', ...kept('all')] },
  {
    name: 'types in browser and Electron tests',
    command: ['tsc', '-p', 'test/browser/tsconfig.json', ...kept('browser')],
  },
  {
    name: 'types in screens',
    command: ['svelte-check', '--tsconfig', 'src/renderer/tsconfig.json', '--output', 'human', '--fail-on-warnings'],
  },
]

/** None of them keeps more than one core busy. */
const AT_A_TIME = 2

/**
 * Runs all checks, two at a time; what one writes is told in one piece when it has ended, the quickest first.
 *
 * @returns the names of those that failed. Expects node_modules/.bin in PATH, as npm scripts have it.
 */
export async function failedChecks(): Promise<string[]> {
  const waiting = CHECKS.values()
  const failed: string[] = []
  const work = async () => {
    for (const check of waiting) {
      const started = performance.now()
      const { ok, text } = await run(check)
      if (!ok) failed.push(check.name)
      const seconds = ((performance.now() - started) / 1000).toFixed(1)
      process.stdout.write(`\n── ${check.name}\n${text}── ${check.name}: ${seconds} s\n`)
    }
  }
  await Promise.all(Array.from({ length: AT_A_TIME }, work))
  return failed
}

function run({ command: [program, ...args] }: Check): Promise<{ ok: boolean; text: string }> {
  const shell = process.platform === 'win32' // where the programs in .bin are batch files
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: dirname(import.meta.dirname),
    shell,
  })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8')
    stream.on('data', (part: string) => {
      text += part
    })
  }
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ ok: false, text: `${error.message}\n` }))
    child.on('close', (status) => resolve({ ok: status === 0, text }))
  })
}

if (import.meta.main) {
  const failed = await failedChecks()
  process.stdout.write(failed.length ? `failed: ${failed.join(', ')}\n` : 'all checks passed\n')
  process.exitCode = failed.length ? 1 : 0
}
