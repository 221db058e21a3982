import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './machine.ts'

/** A Python of its own, kept in `.cache` between runs. */
interface Environment {
  folder: string
  packages: string[]
  /** Names that can be imported once all is there. */
  modules: string[]
}

/** As those that made the references of the decoder (scripts/reference/dicom). */
export const DICOM: Environment = {
  folder: 'bench-dicom',
  packages: [
    ...['pydicom==3.0.2', 'numpy==2.4.6', 'pillow==13.0.0', 'pylibjpeg==2.1.0', 'pylibjpeg-libjpeg==2.5.0'],
    ...['pylibjpeg-openjpeg==2.6.0', 'pylibjpeg-rle==2.2.0', 'pyjpegls==1.5.1'],
  ],
  modules: ['pydicom', 'numpy', 'openjpeg'],
}

/** `tensorflow-cpu` brings the same library as `tensorflow` without what a GPU needs; ONNX Runtime is the version that Gyrus has. */
export const NETWORKS: Environment = {
  folder: 'bench-python',
  packages: ['tensorflow-cpu==2.21.0', 'opencv-python-headless==5.0.0.93', 'onnxruntime==1.30.0'],
  modules: ['keras', 'cv2', 'onnxruntime'],
}

/** Why there is nothing to hold against. */
export interface Missing {
  reason: string
}

/** Runs a script of this folder, and makes the environment first where it is not there yet. @returns what it printed last */
export function runPython(
  environment: Environment,
  script: string,
  args: (string | number)[],
): { seconds: number; last: string } | Missing {
  const python = ensurePython(environment)
  if ('reason' in python) return python
  const start = performance.now()
  const run = spawnSync(python.path, [join(import.meta.dirname, script), ...args.map(String)], {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
    // Nothing that is measured reports to anybody.
    env: { ...process.env, ORT_DISABLE_TELEMETRY: '1', TF_CPP_MIN_LOG_LEVEL: '3' },
  })
  if (run.status !== 0) return { reason: lastLine(run.stderr) }
  return { seconds: (performance.now() - start) / 1000, last: lastLine(run.stdout) }
}

function ensurePython({ folder, packages, modules }: Environment): { path: string } | Missing {
  const venv = join(ROOT, '.cache', folder)
  const path = join(venv, 'bin', 'python')
  const ready = existsSync(path) && spawnSync(path, ['-c', `import ${modules.join(', ')}`], { stdio: 'ignore' })
  if (ready && ready.status === 0) return { path }
  for (const [command, ...args] of [
    ['python3', '-m', 'venv', venv],
    [path, '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...packages],
  ] as [string, ...string[]][]) {
    const run = spawnSync(command, args, { encoding: 'utf8' })
    if (run.status !== 0) return { reason: run.error?.message ?? lastLine(run.stderr) }
  }
  return { path }
}

const lastLine = (text: string) => text.trim().split('\n').at(-1) ?? ''
