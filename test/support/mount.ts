import { spawnSync } from 'node:child_process'
import { mkdirSync, statfsSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { onTestFinished } from 'vitest'

/** A small disk of its own at `folder`, gone after the test; says why where this machine does not allow it. */
export function mountSmallDisk(folder: string, kilobytes: number): string | null {
  mkdirSync(folder, { recursive: true })
  const { status, stderr, error } = mount('-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', folder)
  if (status !== 0) return `not run: no small disk can be mounted here (${error?.message ?? stderr.trim()})`
  onTestFinished(() => void spawnSync('umount', ['-l', folder]))
  return null
}

/** Makes one file read-only, for root too; says why where this machine does not allow it. */
export function bindReadOnly(file: string): string | null {
  const { status, stderr, error } = mount('--bind', file, file)
  if (status !== 0) return `not run: nothing can be mounted here (${error?.message ?? stderr.trim()})`
  onTestFinished(() => void spawnSync('umount', ['-l', file]))
  remountReadOnly(file, 'bind')
  return null
}

export function remountReadOnly(path: string, ...options: string[]): void {
  const { status, stderr } = mount('-o', ['remount', 'ro', ...options].join(','), path)
  if (status !== 0) throw new Error(stderr)
}

const mount = (...args: string[]) => spawnSync('mount', args, { encoding: 'utf8' })

/** Fills the disk that `file` is to lie on, but for `spare` kilobytes. */
export function fillDisk(file: string, spare: number): void {
  const { bavail, bsize } = statfsSync(dirname(file))
  writeFileSync(file, Buffer.alloc(Math.max(0, bavail * bsize - spare * 1024)))
}
