import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { openCore } from '../../src/main/compose.ts'
import type { Core } from '../../src/main/core/index.ts'
import { type BatchCursor, batchQuerySchema } from '../../src/shared/batches.ts'

/**
 * A folder of 100,000 tiny PNGs (or as many as the first argument says), none like another, through the real core and
 * engine as one batch: memory over time, a window of the page while it runs, the rate. After as many minutes as the second
 * argument says (10) it ends where it is. Afterwards the page is scrolled from its top to its end.
 */
const files = Number(process.argv[2] ?? 100_000)
const minutes = Number(process.argv[3] ?? 10)
const SIDE = 32
const WRITE_AT_ONCE = 64
/** Lines of the table. */
const STEPS = 20
const LIMIT = 100
const BY = 'bench'

const root = await mkdtemp(join(tmpdir(), 'gyrus-bench-folder-'))
try {
  const [cpu] = cpus()
  const load = () => `load ${loadavg()[0]?.toFixed(1)}`
  console.log(
    `${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpu?.model}, Node ${process.version}, ${load()}`,
  )
  await timed(`${files} PNGs of ${SIDE} × ${SIDE} written`, () => writeImages(join(root, 'images')))
  const { core, close } = await openCore(join(root, 'data'))
  const id = await classify(core, join(root, 'images'))
  await scroll(core, id)
  console.log(load())
  await close()
} finally {
  await rm(root, { recursive: true, force: true })
}

async function writeImages(folder: string): Promise<void> {
  await mkdir(folder)
  for (let first = 0; first < files; first += WRITE_AT_ONCE) {
    const numbers = Array.from({ length: Math.min(WRITE_AT_ONCE, files - first) }, (_, i) => first + i)
    await Promise.all(
      numbers.map(async (n) => writeFile(join(folder, `${String(n).padStart(6, '0')}.png`), await imageOf(n))),
    )
  }
}

/** Grey noise of its own for every number. */
function imageOf(n: number): Promise<Buffer> {
  const pixels = Uint8Array.from(
    { length: SIDE * SIDE },
    (_, i) => (Math.imul(n + 1, 2_654_435_761) >>> (i % 24)) ^ (i * 37),
  )
  return sharp(pixels, { raw: { width: SIDE, height: SIDE, channels: 1 } })
    .png()
    .toBuffer()
}

async function classify(core: Core, folder: string): Promise<string> {
  const options = { subFolders: true, filter: '', skipSeen: true }
  const id = await core.batches.add({ paths: [folder], origin: 'folder', options }, BY)
  const start = performance.now()
  const endAt = start + minutes * 60_000
  const windows: number[] = []
  let [done, failed, since] = [0, 0, start]
  console.log('done, seconds, images/s of this step, memory of core / engine MB, a window of the page meanwhile p95 ms')
  for await (const { outcome } of core.batches.run(id)) {
    done += 1
    if (outcome.status === 'failed') failed += 1
    if (done % Math.ceil(files / STEPS / 20) === 0) windows.push(await windowOf(core, id))
    const ended = performance.now() > endAt
    if (done % Math.ceil(files / STEPS) === 0 || ended) {
      const now = performance.now()
      const rate = Math.ceil(files / STEPS) / ((now - since) / 1000)
      const memory = `${mb(process.memoryUsage.rss())} / ${mb(await engineRss(core))}`
      console.log(
        `${done}, ${((now - start) / 1000).toFixed(0)}, ${ended ? '–' : rate.toFixed(0)}, ${memory}, ${p95(windows)}`,
      )
      windows.length = 0
      since = now
    }
    if (ended) break
  }
  const seconds = (performance.now() - start) / 1000
  const { counts } = await core.batches.standing(id)
  console.log(
    `${done} of ${files} in ${seconds.toFixed(0)} s = ${(done / seconds).toFixed(0)} images/s, ${failed} failed; on record ${JSON.stringify(counts)}`,
  )
  return id
}

async function windowOf(core: Core, id: string): Promise<number> {
  const start = performance.now()
  await core.store.batchFiles(id, batchQuerySchema.parse({}), { after: null, skip: 0, limit: LIMIT }, BY, null)
  return performance.now() - start
}

/** On from one window to the next, as somebody who scrolls through it all. */
async function scroll(core: Core, id: string): Promise<void> {
  const taken: number[] = []
  let after: BatchCursor | null = null
  for (;;) {
    const start = performance.now()
    const place = { after, skip: 0, limit: LIMIT }
    const { rows, end } = await core.store.batchFiles(id, batchQuerySchema.parse({}), place, BY, null)
    taken.push(performance.now() - start)
    after = end
    if (rows.length < LIMIT) break
  }
  console.log(`${taken.length} windows of ${LIMIT} rows to the end of the page: p95 ${p95(taken)} ms`)
}

/** Of the engine's process, by Linux; NaN elsewhere. */
async function engineRss({ engine }: Core): Promise<number> {
  const status = await readFile(`/proc/${engine.status.pid}/status`, 'utf8').catch(() => '')
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? Number.NaN) * 1024
}

async function timed(what: string, work: () => Promise<void>): Promise<void> {
  const start = performance.now()
  await work()
  console.log(`${what} in ${((performance.now() - start) / 1000).toFixed(0)} s`)
}

function p95(taken: number[]): string {
  const sorted = taken.toSorted((a, b) => a - b)
  return (sorted[Math.floor(0.95 * sorted.length)] ?? Number.NaN).toFixed(1)
}

function mb(bytes: number): string {
  return (bytes / 1024 ** 2).toFixed(0)
}
