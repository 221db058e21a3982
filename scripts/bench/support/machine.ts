import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { arch, cpus, loadavg, totalmem, type } from 'node:os'
import { join } from 'node:path'
import { VERSION } from '../../../src/main/installation.ts'
import type { Run } from './results.ts'

export const ROOT = join(import.meta.dirname, '..', '..', '..')
/** Of them the figures depend most. */
const PACKAGES = ['onnxruntime-node', 'sharp', 'better-sqlite3']

/** What is known of machine and sources when a run begins. */
export function newRun(): Run {
  const { version, commit, changed } = sources()
  const load = loadNow()
  return {
    id: new Date().toISOString(),
    machine: {
      cores: cpus().length,
      processor: cpus()[0]?.model.trim() ?? 'unknown',
      memoryGb: Math.round(totalmem() / 1024 ** 3),
      system: `${type()}, ${arch()}`,
    },
    commit,
    changed,
    versions: { Gyrus: version, Node: process.versions.node, ...Object.fromEntries(PACKAGES.map(installed)) },
    load: [load, load],
  }
}

/** Of the last minute; 0 on Windows, which has none. */
export const loadNow = (): number => Math.round(10 * (loadavg()[0] ?? 0)) / 10

function sources() {
  const git = (...args: string[]) => spawnSync('git', args, { cwd: ROOT, encoding: 'utf8' }).stdout?.trim() ?? ''
  // What the run itself writes is no change of what is measured.
  const changed = git('status', '--porcelain', '--', ':!docs/bench.json', ':!docs/bench.md') !== ''
  return { version: VERSION, commit: git('rev-parse', '--short', 'HEAD') || 'unknown', changed }
}

function installed(name: string): [string, string] {
  const file = join(ROOT, 'node_modules', name, 'package.json')
  return [name, (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version]
}
