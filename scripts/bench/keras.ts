import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** Kept between runs, ignored by git. */
const VENV = join(import.meta.dirname, '..', '..', '.cache', 'bench-python')
/** `tensorflow-cpu` brings the same library as `tensorflow` without what a GPU needs. */
const PACKAGES = ['tensorflow-cpu==2.21.0', 'opencv-python-headless==5.0.0.93']

export interface KerasResult {
  /** Milliseconds an image. */
  ms: number
  keras: string
  tensorflow: string
  weights: number
}

/** Trains the same network in Keras, in a Python of its own that is made where pip is there. */
export function kerasTraining(size: number, batch: number, steps: number): KerasResult | { reason: string } {
  const python = ensureVenv()
  if ('reason' in python) return python
  const script = join(import.meta.dirname, 'keras_training.py')
  const run = spawnSync(python.path, [script, String(size), String(batch), String(steps)], { encoding: 'utf8' })
  if (run.status !== 0) return { reason: lastLine(run.stderr) }
  return JSON.parse(lastLine(run.stdout)) as KerasResult
}

/** Seconds that a plain script takes for a folder, from its start to its last line. */
export function kerasReading(folder: string, size: number): { seconds: number } | { reason: string } {
  const python = ensureVenv()
  if ('reason' in python) return python
  const start = performance.now()
  const script = join(import.meta.dirname, 'keras_reading.py')
  const run = spawnSync(python.path, [script, folder, String(size)], { encoding: 'utf8', maxBuffer: 2 ** 26 })
  if (run.status !== 0) return { reason: lastLine(run.stderr) }
  return { seconds: (performance.now() - start) / 1000 }
}

function ensureVenv(): { path: string } | { reason: string } {
  const path = join(VENV, 'bin', 'python')
  const ready = existsSync(path) && spawnSync(path, ['-c', 'import keras, cv2'], { stdio: 'ignore' }).status === 0
  if (ready) return { path }
  for (const [command, ...args] of [
    ['python3', '-m', 'venv', VENV],
    [path, '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...PACKAGES],
  ] as [string, ...string[]][]) {
    const run = spawnSync(command, args, { encoding: 'utf8' })
    if (run.status !== 0) return { reason: run.error?.message ?? lastLine(run.stderr) }
  }
  return { path }
}

const lastLine = (text: string) => text.trim().split('\n').at(-1) ?? ''
