import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A built page in little, for tests of what serves it. */
export function writeTestPage(folder: string): string {
  const dir = join(folder, 'page')
  mkdirSync(join(dir, 'assets'), { recursive: true })
  writeFileSync(join(dir, 'index.html'), '<!doctype html><title>Gyrus</title>')
  writeFileSync(join(dir, 'assets', 'app.js'), '')
  return dir
}
