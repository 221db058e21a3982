import { join } from 'node:path'
import { findCandidates } from '../../src/main/native-engine/find.ts'
import { installNativeEngine } from '../../src/main/native-engine/install.ts'
import { nativeEngineStatus } from '../../src/main/native-engine/status.ts'
import { GyrusError } from '../../src/shared/errors.ts'

/** Kept between runs: a real installation fetches 0.3 GB. Ignored by git. */
export const REAL_DATA_DIR = join(import.meta.dirname, '..', '..', '.cache', 'native-engine-test')

/** What this machine and its network lack; any other failure is one of the tests. */
const NOT_OURS = ['native-engine-unsupported', 'native-engine-download', 'native-engine-disk-space']

/** A native engine of this machine, installed here if there is none yet; or why there cannot be one. */
export async function realEngine(): Promise<{ dir: string } | { reason: string }> {
  for (;;) {
    const found = await findOrInstall()
    if (found !== 'busy') return found
    // Another test file, in a process of its own, is at it.
    await new Promise((resolve) => setTimeout(resolve, 1000))
  }
}

async function findOrInstall(): Promise<{ dir: string } | { reason: string } | 'busy'> {
  const { install } = await nativeEngineStatus(REAL_DATA_DIR)
  const candidates = await findCandidates(REAL_DATA_DIR)
  const installed = candidates.find((candidate) => candidate.kind === 'installed')?.engine
  if (installed) return { dir: installed.dir }
  const obstacle = install.obstacles[0]
  if (obstacle) return { reason: `not run: ${obstacle.message}` }
  try {
    return { dir: (await installNativeEngine(REAL_DATA_DIR)).dir }
  } catch (error) {
    if (error instanceof GyrusError && error.code === 'native-engine-busy') return 'busy'
    if (error instanceof GyrusError && NOT_OURS.includes(error.code)) return { reason: `not run: ${error.message}` }
    throw error
  }
}
