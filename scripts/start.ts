/** `npm start`, once all is installed and built: Electron where its program is there, else the same app in a browser. */
import { spawn } from 'node:child_process'
import { ELECTRON_ENTRY, findElectron } from './electron.ts'

const args = process.argv.slice(2)
const electron = findElectron()

if (electron !== null && !args.includes('--browser')) {
  const child = spawn(electron, [ELECTRON_ENTRY, ...args], { stdio: 'inherit' })
  child.once('exit', (code) => process.exit(code ?? 1))
} else {
  if (electron === null) sayWhyNot()
  const { serve } = await import('../src/main/loopback/main.ts')
  await serve(args)
}

function sayWhyNot(): void {
  console.error(
    'Electron’s program is not installed (npx install-electron fetches it), so Gyrus opens in your browser.',
  )
}
