import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'

export const run = promisify(execFile)

/**
 * An interpreter with these packages, made by pip where there is none yet, and kept between runs in a folder that git ignores;
 * or why there cannot be one.
 *
 * @param statement what must run in it
 */
export async function pythonWith(
  name: string,
  packages: string[],
  statement: string,
): Promise<{ path: string } | { reason: string }> {
  const venv = join(import.meta.dirname, '..', '..', '..', '.cache', name)
  const path = join(venv, 'bin', 'python')
  const works = () =>
    run(path, ['-c', statement]).then(
      () => true,
      () => false,
    )
  if (existsSync(path) && (await works())) return { path }
  try {
    await run('python3', ['-m', 'venv', venv])
    await run(path, ['-m', 'pip', 'install', '--quiet', '--no-compile', '--disable-pip-version-check', ...packages])
    return (await works()) ? { path } : { reason: `not run: Python’s ${packages[0]} was installed and cannot be used` }
  } catch (error) {
    const { code, stderr = '' } = error as { code?: unknown; stderr?: string }
    return { reason: `not run: no Python with ${packages[0]}: ${stderr.trim().split('\n').at(-1) || code}` }
  }
}
