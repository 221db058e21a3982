import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { type Found, findInPath } from '../../scripts/tools.ts'

const PACKAGES = ['pydicom==3.0.2', 'highdicom==0.28.2']
const HOME = join(import.meta.dirname, '..', '..', '.cache', 'dicom-python')
const OVERRIDE = 'GYRUS_DICOM_PYTHON'

/** A Python with the DICOM toolkits that other people's software reads our objects with: in an environment of its own. */
export function ensureDicomPython(): Found {
  const named = process.env[OVERRIDE]
  const own = join(HOME, 'bin', 'python')
  if (named)
    return hasPackages(named) ? { path: named } : { reason: `${OVERRIDE} is set to ${named}: no pydicom there` }
  if (hasPackages(own)) return { path: own }
  const python = findInPath(['python3'])
  if (!python) return { reason: 'there is no python3 here' }
  process.stderr.write('Gyrus: installing pydicom and highdicom, which the tests need (pip) …\n')
  const quiet = ['--disable-pip-version-check', '--no-input', '--quiet', '--retries=1']
  const made = runs(python, ['-m', 'venv', HOME]) && runs(own, ['-m', 'pip', 'install', ...quiet, ...PACKAGES])
  return made ? { path: own } : { reason: `pip could not install ${PACKAGES.join(' and ')}; or set ${OVERRIDE}` }
}

const hasPackages = (python: string): boolean => {
  const wanted = Object.fromEntries(PACKAGES.map((name) => name.split('==')))
  const check = `from importlib.metadata import version as v\nfor n, w in ${JSON.stringify(wanted)}.items(): assert v(n) == w`
  return spawnSync(python, ['-c', check]).status === 0
}

const runs = (program: string, args: string[]): boolean =>
  spawnSync(program, args, { stdio: ['ignore', 2, 2] }).status === 0
