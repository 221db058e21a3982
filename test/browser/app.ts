import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { expect, onTestFinished } from 'vitest'
import type { CoreOptions } from '../../src/main/compose.ts'
import type { Core } from '../../src/main/core/index.ts'
import { RENDERER_DIR } from '../../src/main/installation.ts'
import { type LoopbackServer, startLoopback } from '../../src/main/loopback/server.ts'
import { BANNER } from '../../src/shared/labels.ts'
import { PASSWORD, READER, signIn } from '../support/accounts.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { openTestCore } from '../support/core.ts'

/** A real Gyrus on its own data folder, as `npm start` serves it. */
export interface App {
  folder: string
  core: Core
  server: LoopbackServer
  /** Stops it and starts it again on the same data, at the same port. */
  restart(whileDown?: () => Promise<void>, options?: CoreOptions): Promise<void>
}

/** @param prepare is given the data folder before Gyrus opens it */
export async function startApp(prepare?: (dataDir: string) => void, options: CoreOptions = {}): Promise<App> {
  const app = await startNewApp(prepare, options)
  await signIn(app.core)
  return app
}

/** The same as on the first day: nobody has an account. */
export async function startNewApp(prepare?: (dataDir: string) => void, options: CoreOptions = {}): Promise<App> {
  const folder = temporaryFolder()
  prepare?.(join(folder, 'data'))
  const start = async (port = 0, chosen = options) => {
    const { core, close } = await openTestCore(join(folder, 'data'), chosen)
    const server = await startLoopback({ core, rendererDir: RENDERER_DIR, port, uploads: core.folder.incoming })
    onTestFinished(() => server.close().catch(() => undefined))
    void core.resume()
    return { core, server, close }
  }
  let running = await start()
  return {
    folder,
    get core() {
      return running.core
    },
    get server() {
      return running.server
    },
    async restart(whileDown, changed = options) {
      const { port } = running.server
      await running.server.close()
      await running.close()
      await whileDown?.()
      running = await start(port, changed)
    },
  }
}

const watched = new WeakSet<Page>()

/** Nothing may go wrong in the page's console, least of all against the security policy. */
function watch(page: Page): void {
  if (watched.has(page)) return
  watched.add(page)
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(String(error.stack)))
  page.on('console', (message) => {
    const expected = message.text().startsWith('Failed to load resource')
    if (message.type() === 'error' && !expected) problems.push(message.text())
  })
  onTestFinished(() => expect(problems).toEqual([]))
}

/** Opens the app in the page, with the test's reader, or another one of that password, signed in. */
export async function visit(page: Page, app: App, name = READER): Promise<void> {
  const address = app.server.newAddress()
  const { request } = page.context()
  await request.get(address)
  const base = new URL('/', address).href
  await request.post(`${base}api/session.sign-in`, { data: { name, password: PASSWORD } })
  await visitUnsigned(page, base)
  // The banner is there before the account is known. Keys that are pressed until then go nowhere.
  await page.getByRole('button', { name: 'Keys' }).waitFor()
}

/** Opens the app in the page as it is for who was let in and is not signed in. */
export async function visitUnsigned(page: Page, address: string): Promise<void> {
  watch(page)
  await page.goto(address)
  await page.getByText(BANNER).waitFor()
}

/** Opens a part of the admin panel, as its link names it. */
export async function openSection(page: Page, title: string): Promise<void> {
  await page.getByRole('link', { name: 'Admin' }).click()
  await page.getByRole('navigation', { name: 'Parts of the admin panel' }).getByRole('link', { name: title }).click()
}

export { PASSWORD, READER }

export const row = (page: Page, text: string | RegExp) => page.getByRole('row').filter({ hasText: text })

/** Chooses a folder by the page's own button; its question is open then. */
export async function chooseFolder(page: Page, folder: string): Promise<void> {
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Open folder' }).click(),
  ])
  await chooser.setFiles(folder)
}

/** The file that a download gives which begins by this. */
export async function downloaded(page: Page, begin: () => Promise<void>): Promise<{ name: string; content: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent('download'), begin()])
  return { name: download.suggestedFilename(), content: readFileSync(await download.path()) }
}

/** Opens files by the page's own button. */
export async function openFiles(page: Page, ...paths: string[]): Promise<void> {
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Open files' }).click(),
  ])
  await chooser.setFiles(paths)
}

/** Waits until the image of the open case is on the screen. */
export async function waitForImage(page: Page): Promise<void> {
  await page.getByText('Side markers').waitFor()
}

/** Shades (0–255) of the image on the screen at points given as shares of the shown image's width and height. */
export async function shadesAt(page: Page, points: [x: number, y: number][], side: number): Promise<number[][]> {
  // Two frames: one for the change, one for the drawing.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
  await page.waitForTimeout(100)
  return page.evaluate(
    ({ points, side }) => {
      const canvas = document.querySelector<HTMLCanvasElement>('[data-page-keys] canvas')
      const context = canvas?.getContext('2d')
      if (!canvas || !context) throw new Error('no canvas')
      const zoom = Number(/Zoom (\d+)/.exec(document.body.innerText)?.[1]) / 100
      const shown = side * zoom * (canvas.width / canvas.clientWidth)
      return points.map(([x, y]) => {
        const at = [canvas.width / 2 + (x - 0.5) * shown, canvas.height / 2 + (y - 0.5) * shown] as const
        return [...context.getImageData(Math.round(at[0]), Math.round(at[1]), 1, 1).data.slice(0, 3)]
      })
    },
    { points, side },
  )
}

/** A square picture of four quarters (left top, right top, left bottom, right bottom), each of one shade or colour. */
export async function writeQuarters(
  path: string,
  quarters: number[][],
  side = 128,
  depth: 8 | 16 = 8,
): Promise<string> {
  const channels = quarters[0]?.length === 3 ? 3 : 1
  const data = depth === 16 ? new Uint16Array(side * side * channels) : new Uint8Array(side * side * channels)
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const quarter = quarters[(y < side / 2 ? 0 : 2) + (x < side / 2 ? 0 : 1)] ?? []
      data.set(quarter, (y * side + x) * channels)
    }
  }
  mkdirSync(dirname(path), { recursive: true })
  const image = sharp(data, { raw: { width: side, height: side, channels } })
  const grey = channels === 1 ? image.toColourspace(depth === 16 ? 'grey16' : 'b-w') : image
  writeFileSync(path, await grey.png().toBuffer())
  return path
}

export const nameOf = (path: string) => basename(path)
