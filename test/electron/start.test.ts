import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect } from 'vitest'
import { temporaryFolder } from '../support/cleanup.ts'
import { BUNDLES } from './support/bundles.ts'
import { familyOf, stillRunning } from './support/processes.ts'
import { Shell, SWITCHES } from './support/shell.ts'
import { test as base, type Machine } from './support/test.ts'

const ROOT = dirname(dirname(import.meta.dirname))

/** A Gyrus whose start script is the real one, and whose bundles are those for the old Electron. */
function projectIn(folder: string): string {
  const project = join(folder, 'project')
  mkdirSync(join(project, 'scripts'), { recursive: true })
  mkdirSync(join(project, 'dist'))
  for (const file of ['start.ts', 'electron.ts']) cpSync(join(ROOT, 'scripts', file), join(project, 'scripts', file))
  writeFileSync(join(project, 'package.json'), '{ "type": "module" }')
  symlinkSync(join(ROOT, 'src'), join(project, 'src'))
  symlinkSync(BUNDLES, join(project, 'dist', 'electron'))
  return project
}

interface Started {
  shell: Shell
  dataDir: string
}

/** Runs the start script, with Electron's program in the folder that the variable names. */
const test = base.extend('start', ({ electron }, { onCleanup }) => {
  const started: Shell[] = []
  onCleanup(() => Promise.all(started.map((shell) => shell.end())).then(() => undefined))
  return (folder: string, dist: string, ...args: string[]): Started => {
    const shell = startIn(electron, folder, dist, args)
    started.push(shell)
    return { shell, dataDir: join(folder, 'data') }
  }
})

function startIn({ display }: Machine, folder: string, dist: string, args: string[]): Shell {
  const cwd = projectIn(folder)
  const env = { ELECTRON_OVERRIDE_DIST_PATH: dist }
  const command: [string, ...string[]] = [process.execPath, join('scripts', 'start.ts'), ...args]
  return new Shell({ command: [...command, '--data-dir', join(folder, 'data')], display, folder, cwd, env })
}

test('npm start opens Electron where its program is, with what is meant for it', async ({ electron, start }) => {
  const folder = temporaryFolder()
  const { shell, dataDir } = start(folder, electron.folder, ...SWITCHES)
  await shell.ready()
  await shell.shows('Open sample scans')
  const [version, argv, profile] = await shell.inMain(({ app }) => [
    process.versions.electron,
    process.argv,
    app.getPath('userData'),
  ])
  expect(version).toBe('9.4.1')
  const entry = join(folder, 'project', 'dist', 'electron', 'main.js')
  expect(argv).toEqual([electron.program, entry, ...SWITCHES, '--data-dir', dataDir])
  expect(profile).toBe(join(dataDir, 'window'))

  const family = familyOf(shell.process.pid ?? 0)
  expect(family.map(({ command }) => command).join('\n')).toContain('engine/main.ts')
  shell.process.kill('SIGTERM')
  expect(await shell.ended).toMatchObject({ code: 0 })
  // The helpers end when they see that the first process has.
  await expect.poll(() => stillRunning(family), { timeout: 20_000 }).toEqual([])
})

test('without the program it says so in one line, and serves the same app on loopback', async ({ start }) => {
  const { shell } = start(temporaryFolder(), '/not/there', '--no-open')
  const said = await shell.says(/http:\S+/)
  expect(said.split('\n').filter((line) => line.includes('Electron'))).toEqual([
    'Electron’s program is not installed (npx install-electron fetches it), so Gyrus opens in your browser.',
  ])
  expect((await fetch(/http:\S+/.exec(said)?.[0] ?? '', { redirect: 'manual' })).status).toBe(302)
  shell.process.kill('SIGTERM')
  expect(await shell.ended).toMatchObject({ code: 0 })
})

test('with --browser it does without Electron although the program is there', async ({ electron, start }) => {
  const { shell } = start(temporaryFolder(), electron.folder, '--browser', '--help')
  expect(await shell.ended).toMatchObject({ code: 0, output: expect.stringContaining('Gyrus in a browser') })
})
