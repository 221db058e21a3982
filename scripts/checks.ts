/** The checks that read the sources without running them. Each counts as one test of `npm test`. */
import { spawnSync } from 'node:child_process'
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

/** Expects node_modules/.bin in PATH, as npm scripts have it. */
export function passes(check: Check): boolean {
  const [program, ...args] = check.command
  const shell = process.platform === 'win32' // where the programs in .bin are batch files
  return spawnSync(program, args, { stdio: 'inherit', cwd: dirname(import.meta.dirname), shell }).status === 0
}

if (import.meta.main) {
  const failed = CHECKS.filter((check) => !passes(check))
  process.stdout.write(failed.length ? `failed: ${failed.map(({ name }) => name).join(', ')}\n` : 'all checks passed\n')
  process.exitCode = failed.length ? 1 : 0
}
