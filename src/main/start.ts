import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire, enableCompileCache } from 'node:module'
import { dirname, join } from 'node:path'

enableCompileCache()

/** Entry of `npm start`: Electron where its program is there, else the same app in a browser. */
const args = process.argv.slice(2)
const electron = findElectron()

if (electron !== null && !args.includes('--browser')) {
  const child = spawn(electron, [join(import.meta.dirname, '..', '..', 'dist', 'electron', 'main.js'), ...args], {
    stdio: 'inherit',
  })
  child.once('exit', (code) => process.exit(code ?? 1))
} else {
  if (electron === null)
    console.error(
      'Electron’s program is not installed here (npx install-electron fetches it), so Gyrus opens in your browser.',
    )
  const { serve } = await import('./loopback/main.ts')
  await serve(args)
}

/** Path of Electron's program, or null where only its npm package is there. */
function findElectron(): string | null {
  const folder = dirname(createRequire(import.meta.url).resolve('electron/package.json'))
  const pathFile = join(folder, 'path.txt')
  if (!existsSync(pathFile)) return null
  const program = join(folder, 'dist', readFileSync(pathFile, 'utf8'))
  return existsSync(program) ? program : null
}
