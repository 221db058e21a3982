/** `npm start`, once all is installed and built: Electron where its program is there, else the same app in a browser. */
import { spawn } from 'node:child_process'
import { ELECTRON_ENTRY, findElectron } from './electron.ts'

const args = process.argv.slice(2)
const electron = findElectron()

if (electron !== null && !args.includes('--browser')) startElectron(electron)
else {
  if (electron === null) sayWhyNot()
  const { serve } = await import('../src/main/loopback/main.ts')
  await serve(args)
}

/** Stands in front of Electron: passes on what is meant for it, and ends as it does. */
function startElectron(program: string): void {
  const child = spawn(program, [ELECTRON_ENTRY, ...args], { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill('SIGTERM'))
  child.once('error', (error) => {
    console.error(`Gyrus could not start Electron (${error.message}); “npm start -- --browser” does without it.`)
    process.exitCode = 1
  })
  child.once('exit', (code) => process.exit(code ?? 1))
}

function sayWhyNot(): void {
  console.error(
    'Electron’s program is not installed (npx install-electron fetches it), so Gyrus opens in your browser.',
  )
}
