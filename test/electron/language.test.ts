import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { temporaryFolder } from '../support/cleanup.ts'
import type { Shell } from './support/shell.ts'
import { openShell, test } from './support/test.ts'

/** All that the menu says, down to its last item. */
const menuOf = (shell: Shell) =>
  shell.inMain(({ Menu }) => {
    const words = (items: Electron.MenuItem[]): string[] =>
      items.flatMap(({ label, submenu }) => [label, ...words(submenu?.items ?? [])]).filter((label) => label !== '')
    return words(Menu.getApplicationMenu()?.items ?? [])
  })

test('menu and dialogs speak the language of the page: its reader’s, the department’s, the system’s', async ({
  electron,
  onTestFinished,
}) => {
  const app = openShell(electron, temporaryFolder(), ['--lang=de'])
  onTestFinished(() => app.end())
  await app.window()
  expect(await menuOf(app)).toContain('Beenden')
  await app.ready()
  await app.shows('Arbeitsliste')
  await expect.poll(() => menuOf(app)).toContain('Dateien öffnen…')
  const german = await menuOf(app)
  expect(german).toContain('Alles auswählen')
  expect(german).toContain('Tasten und Maus  (?)')
  for (const word of ['File', 'Edit', 'View', 'Window', 'Help', 'Quit', 'Copy', 'Close', 'Zoom']) {
    expect(german.filter((one) => one.startsWith(word))).toEqual([])
  }
  const asked = await app.inMain(({ dialog }) => {
    const asked: unknown[] = []
    Object.assign(globalThis, { asked })
    Object.assign(dialog, {
      showOpenDialog: async (_: unknown, { filters }: { filters: { name: string }[] }) => {
        asked.push(filters[0]?.name)
        return { canceled: true, filePaths: [] }
      },
    })
    return asked
  })
  expect(asked).toEqual([])
  await app.inPage(() => window.gyrus?.chooseFiles())
  expect(await app.inMain(() => (globalThis as unknown as { asked: unknown[] }).asked)).toEqual([
    'Bilder und ZIP-Dateien',
  ])

  expect(await app.ask('language.set-department', { language: 'en' })).toMatchObject({ ok: {} })
  // Not by the page itself: what asks it meanwhile would wait for ever.
  await app.inMain(
    ({ BrowserWindow }) =>
      new Promise<null>((resolve) => {
        const contents = BrowserWindow.fromId(1)?.webContents
        contents?.once('did-finish-load', () => resolve(null))
        contents?.reload()
      }),
  )
  await app.shows('Work list')
  await expect.poll(() => menuOf(app)).toContain('Open files…')
  expect(await menuOf(app)).toContain('Select all')
  expect(await app.quit()).toMatchObject({ code: 0 })
})

test('what keeps Gyrus from starting is told in the system’s language', async ({ electron, onTestFinished }) => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'data'), 'no folder')
  const app = openShell(electron, folder, ['--lang=de'])
  onTestFinished(() => app.end())
  const { code, output } = await app.ended
  expect(code).toBe(1)
  expect(output).toContain('Gyrus konnte nicht starten: ')
  expect(output).toMatch(/Datenordner.*\[data-folder-unusable\]/s)
})
