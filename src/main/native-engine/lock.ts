import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { GyrusError } from '../../shared/errors.ts'

const held = new Set<string>()

/**
 * Lets one installation at a time at the folder, over all processes. What a killed one left is taken over.
 * @throws GyrusError `native-engine-busy`; Error where the folder cannot be written
 */
export function takeLock(path: string): { release: () => void } {
  const pid = holder(path)
  if (pid !== undefined) throw new GyrusError('native-engine-busy', { pid })
  rmSync(path, { force: true })
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    // Another one was faster by a moment.
    throw new GyrusError('native-engine-busy', { pid: holder(path) ?? '?' })
  }
  held.add(path)
  return {
    release: () => {
      held.delete(path)
      rmSync(path, { force: true })
    },
  }
}

/** The process that is installing, or undefined. */
export function holder(path: string): number | undefined {
  const pid = readPid(path)
  if (!pid) return undefined
  // Numbers of processes come around again; one that is ours tells by our own list.
  const alive = pid === process.pid ? held.has(path) : isAlive(pid)
  return alive ? pid : undefined
}

function readPid(path: string): number {
  try {
    return Number(readFileSync(path, 'utf8'))
  } catch {
    return 0
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
