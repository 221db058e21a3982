import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { app } from 'electron'

/**
 * Before the app is ready: Chromium's own files (what the page stores, its caches) go with the data that they belong
 * to, so that two data folders share nothing.
 *
 * @returns whether they could be put there
 */
export function keepProfileIn(dataDir: string): boolean {
  const folder = join(resolve(dataDir), 'window')
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  } catch {
    // The core is about to refuse this folder, and says why.
    return false
  }
  app.setPath('userData', folder)
  return true
}
