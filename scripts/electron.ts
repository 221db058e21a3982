import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const root = dirname(import.meta.dirname)
export const ELECTRON_BUNDLES = join(root, 'dist', 'electron')
export const ELECTRON_ENTRY = join(ELECTRON_BUNDLES, 'main.js')

const PROGRAMS: Partial<Record<NodeJS.Platform, string>> = {
  win32: 'electron.exe',
  darwin: 'Electron.app/Contents/MacOS/Electron',
}

/**
 * Path of Electron's program, or null where only its npm package is there. ELECTRON_OVERRIDE_DIST_PATH names another
 * folder that holds it, as for the npm package itself.
 */
export function findElectron(): string | null {
  const folder = join(root, 'node_modules', 'electron')
  const pathFile = join(folder, 'path.txt')
  const named = existsSync(pathFile) ? readFileSync(pathFile, 'utf8') : null
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH
  if (!override && named === null) return null
  const program = join(override || join(folder, 'dist'), named ?? PROGRAMS[process.platform] ?? 'electron')
  return existsSync(program) ? program : null
}
