import { join } from 'node:path'
import { test as base, inject } from 'vitest'
import { Cleanup, temporaryFolder } from '../../support/cleanup.ts'
import { openDisplay } from './display.ts'
import './setup.ts'
import { BUNDLED_ENTRY, Shell, SWITCHES } from './shell.ts'

/** The old Electron where there is one, with a display for it. */
export interface Machine {
  /** Folder of its program. */
  folder: string
  program: string
  display: string
}

/**
 * `test` for test/electron: gives each test the old `electron`, and one `app` a file, open on a data folder of its own.
 * Without the program the test is skipped with the reason; with a shell that cannot be built it fails.
 */
export const test = base
  .extend('found', { scope: 'worker' }, inject('oldElectron'))
  .extend('machine', { scope: 'file' }, async ({ found }, { onCleanup }): Promise<Machine | undefined> => {
    if (found.reason !== undefined) return undefined
    const display = await openDisplay(found.xvfb)
    onCleanup(display.close)
    return { folder: found.folder, program: join(found.folder, 'electron'), display: display.name }
  })
  .extend('opened', { scope: 'file' }, async ({ machine }, { onCleanup }): Promise<Shell | undefined> => {
    if (!machine || inject('bundlesFailure')) return undefined
    const end = new Cleanup()
    onCleanup(end.run)
    const shell = openShell(machine, temporaryFolder(end.add))
    end.add(() => shell.end())
    await shell.ready()
    return shell
  })
  .extend('electron', ({ machine, found, skip }) => {
    if (!machine) return skip(`not run: no Electron: ${found.reason}`)
    const failure = inject('bundlesFailure')
    if (failure) throw new Error(failure)
    return machine
  })
  .extend('app', ({ electron: _, opened }) => opened as Shell)

/**
 * Starts the shell on the data folder `data` below `folder`, which is also where it works.
 *
 * @param paths that its command line names, too
 */
export function openShell(
  { program, display }: Machine,
  folder: string,
  paths: string[] = [],
  env: NodeJS.ProcessEnv = {},
): Shell {
  const own = ['--data-dir', join(folder, 'data'), ...paths]
  return new Shell({ command: [program, BUNDLED_ENTRY, ...SWITCHES, ...own], display, folder, cwd: folder, env })
}
