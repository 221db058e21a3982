import { statSync } from 'node:fs'
import { isAbsolute } from 'node:path'
import { app, BrowserWindow } from 'electron'
import type { HandedPath } from '../../shared/shell.ts'
import { pathsIn } from './arguments.ts'
import type { Backend } from './backend.ts'
import { callerOf } from './callers.ts'
import { COMMAND, TAKE_DROPPED, TAKE_PATHS } from './channels.ts'
import { grant } from './granted.ts'
import { handle } from './ipc.ts'

/** A system hands over what was selected there; more than this is a folder's matter. */
const MOST = 10_000

/** What is to be opened and no page has taken yet. It waits until somebody who may see cases is signed in. */
export class Handed {
  #waiting: HandedPath[] = []

  /** Adds those that are there, and tells the windows. */
  add(paths: readonly string[]): void {
    const found = paths.slice(0, MOST).flatMap(lookAt)
    if (found.length === 0) return
    this.#waiting = [...this.#waiting, ...found].slice(0, MOST)
    for (const { webContents } of BrowserWindow.getAllWindows()) webContents.send(COMMAND, { kind: 'handed' })
  }

  /** Gives them to the page that asks first; and to a page what was dropped on it, of which its preload script tells. */
  bind(backend: Backend): void {
    const give = (channel: string, paths: (input: unknown) => HandedPath[]) =>
      handle(channel, async (input, { sender }) => {
        if (!(await backend.sees(callerOf(sender)))) return []
        const given = paths(input)
        const places = given.map(({ path }) => path)
        grant(sender, places)
        return given
      })
    give(TAKE_PATHS, () => this.#waiting.splice(0))
    give(TAKE_DROPPED, droppedPaths)
  }
}

function droppedPaths(input: unknown): HandedPath[] {
  const paths: unknown[] = Array.isArray(input) ? input.slice(0, MOST) : []
  return paths.filter((path): path is string => typeof path === 'string' && isAbsolute(path)).flatMap(lookAt)
}

function lookAt(path: string): HandedPath[] {
  try {
    return [{ path, folder: statSync(path).isDirectory() }]
  } catch {
    // What is not there cannot be opened; nothing of it is on record either.
    return []
  }
}

/**
 * Takes what the system hands over from now on, also before there is a window.
 *
 * @returns whether this is the only Gyrus of its data folder; otherwise the other one has the paths, and this one is to end
 */
export function takeHanded(handed: Handed): boolean {
  const own = pathsIn(process.argv.slice(app.isPackaged ? 1 : 2), process.cwd())
  if (!app.requestSingleInstanceLock({ paths: own })) return false
  handed.add(own)
  app.on('open-file', (event, path) => {
    event.preventDefault()
    handed.add([path])
  })
  app.on('second-instance', (_event, _argv, _cwd, data) => {
    const { paths } = (data ?? {}) as { paths?: unknown }
    toFront()
    if (Array.isArray(paths)) handed.add(paths.filter((path) => typeof path === 'string'))
  })
  return true
}

function toFront(): void {
  const [window] = BrowserWindow.getAllWindows()
  if (!window) return
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}
