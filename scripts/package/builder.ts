import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

export const ROOT = dirname(dirname(import.meta.dirname))
const PACKAGING = join(ROOT, 'packaging')
const PACKAGES = join(PACKAGING, 'node_modules')
export const CONFIG = join(ROOT, 'electron-builder.yml')
export const ASAR = join(PACKAGES, '@electron', 'asar', 'bin', 'asar.js')

/** Installs electron-builder apart from the app, by its own lockfile. @throws Error where npm cannot */
export function ensureBuilder(): void {
  if (existsSync(join(PACKAGES, 'electron-builder', 'cli.js'))) return
  run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: PACKAGING })
}

/**
 * Runs electron-builder on this clone.
 *
 * @throws Error with what it said last
 */
export function electronBuilder(...args: string[]): void {
  run(process.execPath, [
    join(PACKAGES, 'electron-builder', 'cli.js'),
    ...args,
    '--projectDir',
    ROOT,
    '--publish',
    'never',
  ])
}

/** Runs a program to its end. @returns what it wrote @throws Error with the last lines that it wrote */
export function run(program: string, args: string[], { cwd = ROOT, env = process.env } = {}): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd, env, encoding: 'utf8', maxBuffer: 64e6 })
  if (error) throw error
  if (status === 0) return stdout
  throw new Error(
    `${program} ${args[0]} failed (${status}):\n${`${stdout}\n${stderr}`.trim().split('\n').slice(-18).join('\n')}`,
  )
}
