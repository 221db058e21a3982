import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildElectron } from '../electron-build.ts'
import { ensureRenderer } from '../renderer.ts'
import { ASAR, CONFIG, electronBuilder, ensureBuilder, ROOT, run } from './builder.ts'

export interface Packed {
  /** As it would be installed, with a placeholder in the place of Electron's program. */
  installed: string
  /** The same with the archive unpacked under its own name, so that Node, which reads no archives, can start it. */
  readable: string
  /** Files of the archive, with slashes, from its root. */
  files: string[]
}

const PLATFORM = { win32: '--win', darwin: '--mac' }[process.platform as string] ?? '--linux'

/**
 * Has electron-builder pack the app for this platform, by the configuration that installers are made by. Only Electron's own
 * program, which cannot be had everywhere, is left out, and with it the fuses, which are bits in that program.
 *
 * @throws Error what electron-builder says, a configuration that does not fit its schema among it
 */
export async function packApp(into: string): Promise<Packed> {
  ensureBuilder()
  await ensureRenderer()
  await buildElectron()
  rmSync(into, { recursive: true, force: true })
  const placeholder = join(into, 'placeholder')
  mkdirSync(placeholder, { recursive: true })
  const { version } = JSON.parse(readFileSync(join(ROOT, 'node_modules', 'electron', 'package.json'), 'utf8'))
  writeFileSync(join(placeholder, 'version'), version)
  const program = join(placeholder, process.platform === 'win32' ? 'electron.exe' : 'electron')
  writeFileSync(program, '')
  chmodSync(program, 0o755)
  const output = join(into, 'packed')
  const config = join(into, 'config.json')
  const changes = { electronDist: placeholder, electronFuses: null, directories: { output } }
  writeFileSync(config, JSON.stringify({ extends: CONFIG, ...changes }))
  electronBuilder(PLATFORM, 'dir', '--config', config)
  const [folder = ''] = readdirSync(output).filter((name) => name.endsWith('-unpacked'))
  const installed = join(output, folder)
  const archive = join(installed, 'resources', 'app.asar')
  const files = run(process.execPath, [ASAR, 'list', archive]).split('\n').filter(Boolean)
  const readable = join(into, 'readable')
  mkdirSync(readable)
  run(process.execPath, [ASAR, 'extract', archive, join(readable, 'app.asar')])
  for (const name of readdirSync(join(installed, 'resources')))
    if (!name.startsWith('app.asar')) symlinkSync(join(installed, 'resources', name), join(readable, name))
  return { installed, readable, files: files.map((file) => file.replaceAll('\\', '/').replace(/^\//, '')) }
}
