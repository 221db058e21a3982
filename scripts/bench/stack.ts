import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { openCore } from '../../src/main/compose.ts'
import { dataFolderAt, prepareDataFolder } from '../../src/main/core/data-folder.ts'
import type { Core } from '../../src/main/core/index.ts'
import { copyScan } from '../../src/main/core/intake/copy.ts'
import { findFiles } from '../../src/main/core/intake/find.ts'
import { RENDERER_DIR } from '../../src/main/installation.ts'
import { type LoopbackServer, startLoopback } from '../../src/main/loopback/server.ts'
import { realSlices, seriesFiles } from '../../test/support/stacks.ts'
import { launchAnyBrowser } from '../browser.ts'
import { ensureRenderer } from '../renderer.ts'
import { ACCOUNT, missingBrowser, signIn } from './support/browser.ts'
import { defineBench, type Findings, type Row, single } from './support/contract.ts'
import { inFolder, missingFolder, SERIES } from './support/folders.ts'
import { meanTimings, timeStore } from './support/split.ts'
import { inOrder, median, quantile, timed } from './support/times.ts'

const SCREENS = ['1366x768', '1920x1080']
const OPENED = { actor: ACCOUNT.name, source: 'file' } as const
/** Openings of the series in one page, after the first. */
const AGAIN = 5
/** In the page: where pixels are drawn, and what waits for the next time that they are. */
const SURFACE = '[data-page-keys=""]'
const frame = 'new Promise((done) => requestAnimationFrame(done))'

export const bench = defineBench({
  name: 'stack',
  area: 'dicom',
  title: 'A series of 200 slices',
  question:
    'How long does a series take from its folder to its answers by each step, and in headless Chromium without a graphics card to its first slice on the screen; and how smoothly is it scrolled?',
  sizes: { slices: { what: 'the shared head series, copied under new UIDs and positions', usual: 200, small: 6 } },
  minutes: 4,
  missing: () => missingFolder(SERIES)() ?? missingBrowser(),
  run: ({ slices }) => inFolder((folder) => measure(folder, slices)),
})

async function measure(root: string, length: number): Promise<Findings> {
  await ensureRenderer()
  const { core, close } = await openCore(join(root, 'data'))
  const server = await startLoopback({ core, rendererDir: RENDERER_DIR, port: 0, uploads: core.folder.incoming })
  const browser = await launchAnyBrowser()
  try {
    await core.accounts.setUp({ shell: 'loopback', connection: 'the bench' }, ACCOUNT)
    const { id, rows } = await readFolder(core, root, length)
    const screens: Row[] = []
    for (const screen of SCREENS) screens.push(await look({ browser, server, id, length }, screen))
    return {
      rows: [...rows, ...screens],
      remarks: [
        'The first slice is drawn after two seconds at the work list; “again” is the median of five openings more.',
      ],
    }
  } finally {
    await browser.close()
    await server.close()
    await close()
  }
}

async function readFolder(core: Core, root: string, length: number): Promise<{ id: string; rows: Row[] }> {
  const folder = join(root, 'series')
  mkdirSync(folder)
  for (const [at, file] of seriesFiles((await realSlices()) ?? [], { number: 1, length }).entries()) {
    writeFileSync(join(folder, `IM${String(at).padStart(6, '0')}.dcm`), file)
  }
  // A slice of the series itself, which stays a case of its own.
  const one = join(SERIES, readdirSync(SERIES)[0] ?? '')
  const [starting] = await timed(() => Array.fromAsync(core.intake.open([{ path: one }], OPENED)))
  const [finding, files] = await timed(() => Array.fromAsync(findFiles([folder])))
  const copies = dataFolderAt(join(root, 'copies'))
  prepareDataFolder(copies)
  const [copying] = await timed(async () => {
    for (const { path } of files) await copyScan(copies, { path })
  })
  const log = timeStore(core.store)
  const [reading, outcomes] = await timed(() => Array.fromAsync(core.intake.open(files, OPENED)))
  const { decode, preprocess, inference } = await meanTimings(core.store, length)
  const [settling] = await timed(() => core.series.settle())
  const series = await core.store.seriesOf(outcomes.find(({ caseId }) => caseId)?.caseId ?? '')
  if (!series) throw new Error('no series came of it')
  const rows = [
    single('the engine’s start and its first answer', starting, 'ms'),
    single(`find ${length} files`, finding, 'ms'),
    single('copy and hash a slice, alone, one at a time', copying / length, 'ms'),
    single(`to all ${length} answers on record`, reading / 1000, 's'),
    single('… of it for a slice', reading / length, 'ms'),
    single('… overlapping and with waiting: decode', decode, 'ms'),
    single('… preprocess, with the gate’s looks and the brain region', preprocess, 'ms'),
    single('… inference', inference, 'ms'),
    single('… log', log.total() / length, 'ms'),
    single('put together as a series', settling, 'ms'),
  ]
  return { id: series.id, rows }
}

interface Looked {
  browser: Browser
  server: LoopbackServer
  /** Of the series. */
  id: string
  length: number
}

async function look({ browser, server, id, length }: Looked, screen: string): Promise<Row> {
  const [width = 0, height = 0] = screen.split('x').map(Number)
  const context = await browser.newContext({ viewport: { width, height } })
  const page = await context.newPage()
  await page.goto(server.newAddress())
  await signIn(page)
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
  const before = await processorTimes(browser)
  const scrolled = await scroll(page, length)
  const after = await processorTimes(browser)
  const used = (kind: string) => ((after[kind] ?? 0) - (before[kind] ?? 0)) / scrolled.frames
  await context.close()
  return {
    what: `at ${screen.replace('x', ' × ')}`,
    figures: [
      { of: 'first slice', value: cold, unit: 'ms', aim: { most: 300 } },
      { of: 'all slices after it', value: all, unit: 'ms' },
      { of: 'again', value: median(warm), unit: 'ms' },
      { of: 'scrolling', value: scrolled.perSecond, unit: 'frames/s', aim: { least: 30 } },
      { of: 'a frame, p50', value: scrolled.median, unit: 'ms' },
      { of: 'p95', value: scrolled.p95, unit: 'ms' },
      { of: 'processor of the page, a frame', value: used('renderer'), unit: 'ms' },
      { of: 'of drawing', value: used('GPU'), unit: 'ms' },
    ],
  }
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
async function scroll(page: Page, length: number): Promise<Record<'frames' | 'perSecond' | 'median' | 'p95', number>> {
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
  const sorted = inOrder(every)
  return {
    frames: every.length,
    perSecond: (1000 * every.length) / span,
    median: quantile(sorted, 0.5),
    p95: quantile(sorted, 0.95),
  }
}

/** Of the browser's processes by their kind, ms: what a frame costs whatever else the machine does. */
async function processorTimes(browser: Browser): Promise<Record<string, number>> {
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  await session.detach()
  const kinds = Map.groupBy(processInfo, ({ type }) => type)
  const sum = (of: typeof processInfo) => 1000 * of.reduce((time, { cpuTime }) => time + cpuTime, 0)
  return Object.fromEntries(['renderer', 'GPU'].map((kind) => [kind, sum(kinds.get(kind) ?? [])]))
}
