/**
 * Takes a picture of every screen, in each of the sizes for which screens are tested, or in one: `node scripts/screens.ts
 * <folder> [1366|enlarged|4k-scaled|4k]`. It is the test of sizes (test/browser/sizes.test.ts), which leaves its pictures.
 */
import { spawnSync } from 'node:child_process'
import { join, resolve } from 'node:path'

const [folder, size = ''] = process.argv.slice(2)
if (!folder || !['', '1366', 'enlarged', '4k-scaled', '4k'].includes(size)) {
  process.stderr.write('Usage: node scripts/screens.ts <folder> [1366|enlarged|4k-scaled|4k]\n')
  process.exit(2)
}
const root = join(import.meta.dirname, '..')
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
const { status } = spawnSync(
  process.execPath,
  [vitest, 'run', '--project', 'browser', '--retry', '0', 'test/browser/sizes.test.ts'],
  { cwd: root, stdio: 'inherit', env: { ...process.env, GYRUS_SCREENS: resolve(folder), GYRUS_SCREENS_SIZE: size } },
)
process.exitCode = status ?? 1
