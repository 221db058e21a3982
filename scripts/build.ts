/**
 * Builds the pages into dist/renderer: always, or with `--if-stale` only when what they are made of has changed. And
 * Electron's bundles into dist/electron, where Electron is installed or with `--electron`.
 */
import { findElectron } from './electron.ts'
import { buildElectron } from './electron-build.ts'
import { ensureRenderer } from './renderer.ts'

try {
  await ensureRenderer({ evenIfFresh: !process.argv.includes('--if-stale') })
  if (findElectron() !== null || process.argv.includes('--electron')) await buildElectron()
} catch (error) {
  // A build error is about the sources; where in Vite it was thrown helps nobody.
  process.stderr.write(`Gyrus: the screens cannot be built. ${error instanceof Error ? error.message : error}\n`)
  process.exit(1)
}
