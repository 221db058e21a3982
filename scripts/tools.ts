/** Programs that only tests and screenshots need: found in PATH, else installed where that is possible. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { basename } from 'node:path'
import { findProgram, isProgram } from '../src/main/native-engine/tools.ts'

interface Tool {
  /** Names that it has in PATH, best first. */
  commands: string[]
  /** Environment variable that names the program itself. */
  override: string
  /** Debian packages that bring it. */
  packages: string[]
}

const TOOLS = {
  // Debian's Chromium depends on a font of its own (fonts-dejavu-core by way of fontconfig).
  chromium: {
    commands: ['chromium', 'chromium-browser', 'google-chrome'],
    override: 'GYRUS_CHROMIUM',
    packages: ['chromium'],
  },
  dciodvfy: { commands: ['dciodvfy'], override: 'GYRUS_DCIODVFY', packages: ['dicom3tools'] },
  // The others of DCMTK lie beside it.
  dcmdump: { commands: ['dcmdump'], override: 'GYRUS_DCMDUMP', packages: ['dcmtk'] },
  // Debian has it where services lie.
  orthanc: { commands: ['Orthanc', '/usr/sbin/Orthanc'], override: 'GYRUS_ORTHANC', packages: ['orthanc'] },
  pdftoppm: { commands: ['pdftoppm'], override: 'GYRUS_PDFTOPPM', packages: ['poppler-utils'] },
  // Debian has its programs where several versions stand beside each other.
  postgres: {
    commands: ['postgres', ...[18, 17, 16, 15].map((version) => `/usr/lib/postgresql/${version}/bin/postgres`)],
    override: 'GYRUS_POSTGRES',
    packages: ['postgresql'],
  },
  xvfb: { commands: ['Xvfb'], override: 'GYRUS_XVFB', packages: ['xvfb'] },
} as const satisfies Record<string, Tool>

export type ToolName = keyof typeof TOOLS

/** What a program loads, which has no name in PATH. */
const PLUGINS = {
  'orthanc-dicomweb': {
    path: '/usr/share/orthanc/plugins/libOrthancDicomWeb.so',
    override: 'GYRUS_ORTHANC_DICOMWEB',
    packages: ['orthanc-dicomweb'],
  },
} as const

/** Where the program is, or why there is none. */
export type Found = { path: string; reason?: never } | { path?: never; reason: string }

/** Looks for the program and installs it with apt if we may. Says on stderr what it does. */
export function ensureTool(name: ToolName): Found {
  const tool: Tool = TOOLS[name]
  const named = process.env[tool.override]
  if (named) return isProgram(named) ? { path: named } : { reason: `${tool.override} is set to ${named}: no program` }
  const present = findInPath(tool.commands)
  if (present) return { path: present }
  const reason = installWithApt(name, tool.packages)
  if (reason) return { reason: `${name} is not installed and ${reason}; install it, or set ${tool.override}` }
  const installed = findInPath(tool.commands)
  return installed ? { path: installed } : { reason: `${name} is not in PATH, although apt-get installed it` }
}

/** The same for a plugin. */
export function ensurePlugin(name: keyof typeof PLUGINS): Found {
  const { path, override, packages } = PLUGINS[name]
  const named = process.env[override]
  if (named) return existsSync(named) ? { path: named } : { reason: `${override} is set to ${named}: no such file` }
  if (existsSync(path)) return { path }
  const reason = installWithApt(name, [...packages])
  if (reason) return { reason: `${name} is not installed and ${reason}; install it, or set ${override}` }
  return existsSync(path) ? { path } : { reason: `${name} is not at ${path}, although apt-get installed it` }
}

/**
 * Looks for the libraries that a program is linked against and installs `packages` if some are missing and we may.
 * Returns why some are missing still.
 */
export function ensureLibraries(program: string, packages: string[]): string | undefined {
  if (missingLibraries(program).length === 0) return undefined
  const reason = installWithApt(`what ${basename(program)} is linked against`, packages)
  const missing = missingLibraries(program)
  if (missing.length === 0) return undefined
  return `${missing.join(', ')} is not installed${reason ? ` and ${reason}` : ''}; install ${packages.join(' ')}`
}

function missingLibraries(program: string): string[] {
  const { stdout, error } = spawnSync('ldd', [program], { encoding: 'utf8' })
  if (error) throw error
  return [...stdout.matchAll(/^\s*(\S+) => not found/gm)].map(([, library]) => library as string)
}

/** Returns why it could not. */
function installWithApt(name: string, packages: string[]): string | undefined {
  if (!findInPath(['apt-get'])) return 'there is no apt-get here'
  if (process.getuid?.() !== 0) return 'only root can install it'
  process.stderr.write(`Gyrus: installing ${name}, which the tests need (apt-get) …\n`)
  const patience = ['Acquire::Retries=1', 'Acquire::http::Timeout=30', 'DPkg::Lock::Timeout=300']
  const options = patience.flatMap((option) => ['-o', option])
  const steps = [
    ['update', '-q'],
    ['install', '-y', '-q', '--no-install-recommends', ...packages],
  ]
  for (const step of steps) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    const { status } = spawnSync('apt-get', [...options, ...step], { stdio: ['ignore', 2, 2], env })
    if (status !== 0) return `apt-get ${step[0]} failed`
  }
  return undefined
}

export const findInPath = (commands: readonly string[]): string | undefined => findProgram(commands, process.env)
