import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { openCore, RENDERER_DIR } from '../../src/main/compose.ts'
import { dataFolderAt, prepareDataFolder } from '../../src/main/core/data-folder.ts'
import type { Core } from '../../src/main/core/index.ts'
import { copyScan } from '../../src/main/core/intake/copy.ts'
import { findFiles } from '../../src/main/core/intake/find.ts'
import { startLoopback } from '../../src/main/loopback/server.ts'
import { shared } from '../../test/support/shared.ts'
import { realSlices, seriesFiles } from '../../test/support/stacks.ts'
import { launchAnyBrowser } from '../browser.ts'
import { ensureRenderer } from '../renderer.ts'
import { meanTimings, timeStore } from './split.ts'

/**
 * A series of 200 slices (or as many as the first argument says), the shared head series copied under new UIDs and
 * positions: from the folder to a series with its answer, by its steps; in headless Chromium (WebGL in software) from opening it to its
 * first slice on the screen, to all slices loaded, and frames a second while it is scrolled. At the sizes of the screen
 * that follow (1366x768 and 1920x1080).
 */
const length = Number(process.argv[2] ?? 200)
const sizes = process.argv.slice(3).length > 0 ? process.argv.slice(3) : ['1366x768', '1920x1080']
const ACCOUNT = { name: 'Bench', fullName: 'Bench', password: 'lantern orbit cello 9' }
const OPENED = { actor: ACCOUNT.name, source: 'file' } as const
/** Openings of the series in one page, after the first. */
const AGAIN = 5
/** In the page: where pixels are drawn, and what waits for the next time that they are. */
const SURFACE = '[data-page-keys=""]'
const frame = 'new Promise((done) => requestAnimationFrame(done))'

const slices = await realSlices()
if (!slices) throw new Error('This bench needs the shared data folder (GYRUS_SHARED).')
await ensureRenderer()
const root = mkdtempSync(join(tmpdir(), 'gyrus-bench-stack-'))
const { core, close } = await openCore(join(root, 'data'))
const server = await startLoopback({ core, rendererDir: RENDERER_DIR, port: 0, uploads: core.folder.incoming })
const browser = await launchAnyBrowser()
try {
  console.log(
    `${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}, ${load()}`,
  )
  await core.accounts.setUp({ shell: 'loopback', connection: 'the bench' }, ACCOUNT)
  const id = await readFolder(core)
  for (const size of sizes) await look(id, size)
  console.log(load())
} finally {
  await browser.close()
  await server.close()
  await close()
  rmSync(root, { recursive: true, force: true })
}

function load(): string {
  return `load ${loadavg()[0]?.toFixed(1)}`
}

/** A slice of the series itself, which stays a case of its own. */
function oneFile(): string {
  const folder = shared('dicom/series-t1')
  if (!folder) throw new Error('no shared series')
  return join(folder, readdirSync(folder)[0] ?? '')
}

async function readFolder(core: Core): Promise<string> {
  const folder = join(root, 'series')
  mkdirSync(folder)
  for (const [at, file] of seriesFiles(slices ?? [], { number: 1, length }).entries()) {
    writeFileSync(join(folder, `IM${String(at).padStart(6, '0')}.dcm`), file)
  }
  const start = performance.now()
  for await (const _ of core.intake.open([{ path: oneFile() }], OPENED));
  const from = performance.now()
  const files = await Array.fromAsync(findFiles([folder]))
  const found = performance.now()
  const copies = dataFolderAt(join(root, 'copies'))
  prepareDataFolder(copies)
  for (const { path } of files) await copyScan(copies, { path })
  const copied = performance.now()
  const log = timeStore(core.store)
  let first = ''
  for await (const outcome of core.intake.open(files, OPENED)) first ||= outcome.caseId ?? ''
  const read = performance.now()
  const within = { ...(await meanTimings(core.store, length)), log: log.total() / length }
  const settling = performance.now()
  await core.series.settle()
  const settled = performance.now()
  const each = Object.entries(within).map(([step, time]) => `${step} ${time.toFixed(2)}`)
  console.log(`engine’s start and first answer ${ms(from - start)}; find ${ms(found - from)}`)
  console.log(`copy and hash, alone, one at a time, ${ms(copied - found)}`)
  console.log(
    `to all ${length} answers on record ${ms(read - copied)}; in it, ms a slice, overlapping: ${each.join(', ')}`,
  )
  console.log(`put together as a series ${ms(settled - settling)}`)
  const series = await core.store.seriesOf(first)
  if (!series) throw new Error('no series came of it')
  return series.id
}

async function look(id: string, size: string): Promise<void> {
  const [width = 0, height = 0] = size.split('x').map(Number)
  const context = await browser.newContext({ viewport: { width, height } })
  const page = await context.newPage()
  await page.goto(server.newAddress())
  await page.getByLabel('Name', { exact: true }).fill(ACCOUNT.name)
  await page.getByLabel('Password', { exact: true }).fill(ACCOUNT.password)
  await page.keyboard.press('Enter')
  await page.getByRole('row').nth(1).waitFor()
  // As long as a reader looks at the list at least.
  await page.waitForTimeout(2000)
  const cold = await open(page, id)
  const all = await allLoaded(page)
  const warm: number[] = []
  for (let n = 0; n < AGAIN; n++) {
    await page.keyboard.press('Escape')
    await page.getByRole('row').nth(1).waitFor()
    warm.push(await open(page, id))
  }
  await allLoaded(page)
  console.log(
    `${size}: first slice ${ms(cold)}, all ${length} ${ms(all)}; opened again, first slice ${ms(middle(warm))} (median of ${AGAIN})`,
  )
  const before = await processorTimes()
  const { frames, perSecond, median, p95 } = await scroll(page)
  const after = await processorTimes()
  const used = Object.entries(after).map(([type, time]) => `${type} ${ms((time - (before[type] ?? 0)) / frames)}`)
  console.log(
    `${size}: scrolling ${perSecond.toFixed(1)} frames/s, a frame ${ms(median)}, 95th percentile ${ms(p95)}; of the processor for a frame: ${used.join(', ')}; ${load()}`,
  )
  await context.close()
}

/** From the address to the drawn slice, ms. What was asked to be drawn is there with the next frame. */
function open(page: Page, id: string): Promise<number> {
  return page.evaluate<number>(`(async () => {
    const from = performance.now()
    location.hash = '#/case/${id}'
    while (!document.querySelector('.overlay .slice')) await ${frame}
    await ${frame}
    return performance.now() - from
  })()`)
}

/** Until the line under the strip reaches from end to end, ms. */
function allLoaded(page: Page): Promise<number> {
  return page.evaluate<number>(`(async () => {
    const from = performance.now()
    const all = () => document.querySelector('[role=slider] .held')?.style.width === '100%'
    while (!all()) await new Promise((done) => setTimeout(done, 20))
    return performance.now() - from
  })()`)
}

/** Through the whole stack and back, a slice as soon as the one before is drawn. */
async function scroll(page: Page): Promise<Record<'frames' | 'perSecond' | 'median' | 'p95', number>> {
  const drawn = await page.evaluate<number[]>(`(async () => {
    const times = []
    const { drawImage } = CanvasRenderingContext2D.prototype
    const canvas = document.querySelector('${SURFACE} canvas')
    CanvasRenderingContext2D.prototype.drawImage = function (...given) {
      if (this.canvas === canvas) times.push(performance.now())
      return drawImage.apply(this, given)
    }
    const press = (key) =>
      document.querySelector('${SURFACE}').dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
    for (const key of ['Home', ...Array(${length - 1}).fill('ArrowDown'), ...Array(${length - 1}).fill('ArrowUp')]) {
      const before = times.length
      const asked = performance.now()
      press(key)
      while (times.length === before && performance.now() - asked < 1000) await ${frame}
    }
    return times
  })()`)
  const every = drawn.slice(1).map((time, i) => time - (drawn[i] as number))
  const span = (drawn.at(-1) ?? 0) - (drawn[0] ?? 0)
  const sorted = every.toSorted((a, b) => a - b)
  return {
    frames: every.length,
    perSecond: (1000 * every.length) / span,
    median: middle(every),
    p95: sorted[Math.floor(sorted.length * 0.95)] ?? 0,
  }
}

/** Of the browser's processes by their kind, ms: what a frame costs whatever else the machine does. */
async function processorTimes(): Promise<Record<string, number>> {
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  await session.detach()
  const kinds = Map.groupBy(processInfo, ({ type }) => type)
  const sum = (of: typeof processInfo) => 1000 * of.reduce((time, { cpuTime }) => time + cpuTime, 0)
  return Object.fromEntries(['renderer', 'GPU'].map((kind) => [kind, sum(kinds.get(kind) ?? [])]))
}

function middle(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}

function ms(value: number): string {
  return `${value < 10_000 ? `${value.toFixed(0)} ms` : `${(value / 1000).toFixed(1)} s`}`
}
