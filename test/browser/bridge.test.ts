import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { contract, type GyrusEvent } from '../../src/shared/contract.ts'
import { signInAs } from '../support/accounts.ts'
import { test } from '../support/browser.ts'
import { openPaths } from '../support/core.ts'
import { writePicture } from '../support/images.ts'
import { type App, openSection, row, startApp, visit, waitForImage } from './app.ts'

/** What Electron's preload puts on the window, with the real core behind it. */
type Save = (fileName: string, pdf: string) => { ok: boolean }

async function bridge(page: Page, app: App, chosen: () => string[], save: Save = () => ({ ok: false })): Promise<void> {
  const caller = { shell: 'electron', connection: 'the window' } as const
  await signInAs(app.core, caller)
  const ask = (name: string, input: unknown) => app.core.request(name, input, caller)
  await page.exposeFunction('bridgeAsk', ask)
  await page.exposeFunction('bridgeChosen', chosen)
  await page.exposeFunction('bridgeSave', save)
  await page.addInitScript((names) => {
    const { bridgeAsk, bridgeChosen, bridgeSave } = window as unknown as Record<
      string,
      (...values: unknown[]) => Promise<unknown>
    >
    const listeners = new Set<(event: unknown) => void>()
    Object.assign(window, {
      bridgeTell: (event: unknown) => {
        for (const listener of listeners) listener(event)
      },
      gyrus: {
        requests: Object.fromEntries(names.map((name) => [name, (input: unknown) => bridgeAsk?.(name, input)])),
        onEvent: (listener: (event: unknown) => void) => {
          listeners.add(listener)
          return () => listeners.delete(listener)
        },
        takeDropped: async () => [],
        onCommand: () => () => undefined,
        showMenu: async () => undefined,
        takePaths: async () => [],
        keep: async () => undefined,
        kept: async () => null,
        saveReport: (...report: unknown[]) => bridgeSave?.(...report),
        chooseFiles: () => bridgeChosen?.(),
        chooseFolder: () => bridgeChosen?.(),
      },
    })
  }, Object.keys(contract))
  const tell = (event: GyrusEvent) =>
    page
      .evaluate((event) => (window as unknown as { bridgeTell(event: unknown): void }).bridgeTell(event), event)
      .catch(() => undefined)
  app.core.events.subscribe((event) => void tell(event))
}

test('behind Electron’s bridge: files by path, events, a verdict, and no silent loss at closing', async ({ page }) => {
  const app = await startApp()
  let paths: string[] = []
  await bridge(page, app, () => paths)
  await visit(page, app)
  const requests: string[] = []
  page.on('request', (request) => requests.push(new URL(request.url()).pathname))

  await page.getByRole('button', { name: 'Open files' }).click()
  paths = [await writePicture(app.folder, 'by path.png')]
  await page.getByRole('button', { name: 'Open files' }).click()
  await row(page, 'by path.png').filter({ hasText: 'Unread' }).dblclick()
  await waitForImage(page)
  await page.keyboard.press('t')
  const closed = await page.evaluate(() => dispatchEvent(new Event('beforeunload', { cancelable: true })))
  expect(closed).toBe(false)
  await page.getByText('A verdict that you began is not saved').waitFor()
  expect(await page.evaluate(() => dispatchEvent(new Event('beforeunload', { cancelable: true })))).toBe(true)

  await page.keyboard.press('Enter')
  await page.getByText('Verdict saved').waitFor()
  expect(requests.filter((path) => path.startsWith('/api') || path === '/upload')).toEqual([])
})

test('a report behind the bridge goes to the shell’s own dialog, and stays open where no place was chosen', async ({
  page,
}) => {
  const app = await startApp()
  const saved: { fileName: string; start: string }[] = []
  const choices = [false, true]
  await bridge(
    page,
    app,
    () => [],
    (fileName, pdf) => {
      saved.push({ fileName, start: Buffer.from(pdf, 'base64').toString('latin1', 0, 5) })
      return { ok: choices[saved.length - 1] ?? false }
    },
  )
  await openPaths(app.core, await writePicture(app.folder, 'scan.png'))
  await visit(page, app)
  await row(page, 'scan.png').dblclick()
  await waitForImage(page)
  await page.keyboard.press('e')
  const button = page.getByRole('button', { name: 'Save as PDF' })
  await button.click()
  await expect.poll(() => saved.length).toBe(1)
  await button.click()
  await page.getByText('Report saved: gyrus-report-').waitFor()
  await button.waitFor({ state: 'detached' })
  expect(saved.map(({ start }) => start)).toEqual(['%PDF-', '%PDF-'])
  expect(saved[0]?.fileName).toMatch(/^gyrus-report-[0-9A-F]{4}-[0-9A-F]{4}\.pdf$/)
})

test('behind the bridge, the shell’s own dialog says where backups go, and one is made there at once', async ({
  page,
}) => {
  const app = await startApp()
  await openPaths(app.core, await writePicture(app.folder, 'one.png', 1))
  const dir = join(app.folder, 'backups')
  mkdirSync(dir)
  let chosen: string[] = []
  await bridge(page, app, () => chosen)
  await visit(page, app)
  await openSection(page, 'Data care')
  // Nobody chose one: nothing is set.
  await page.getByRole('button', { name: 'Choose folder…' }).click()
  await page.getByText('not set, none is made by itself').waitFor()
  chosen = [dir]
  await page.getByRole('button', { name: 'Back up now' }).click()
  await page.getByText('(just now)').waitFor()
  expect(await app.core.store.backupSettings()).toMatchObject({ folder: dir, last: { at: expect.any(String) } })
  expect(readdirSync(dir).filter((name) => name.startsWith('gyrus-backup-'))).toHaveLength(1)
  await page.getByRole('button', { name: 'Stop daily backups' }).click()
  await page.getByText('not set, none is made by itself').waitFor()
  expect((await app.core.store.backupSettings()).folder).toBeNull()
})
