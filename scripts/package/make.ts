/** `npm run package`: makes installers for this platform in dist/installers, where Electron's program can be had. Arguments go on to electron-builder. */
import { buildElectron } from '../electron-build.ts'
import { ensureRenderer } from '../renderer.ts'
import { CONFIG, electronBuilder, ensureBuilder } from './builder.ts'

try {
  ensureBuilder()
  await ensureRenderer()
  await buildElectron()
  electronBuilder('--config', CONFIG, ...process.argv.slice(2))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
