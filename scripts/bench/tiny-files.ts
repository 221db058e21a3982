import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { openCore } from '../../src/main/compose.ts'
import type { Core } from '../../src/main/core/index.ts'
import { type BatchCursor, batchQuerySchema } from '../../src/shared/batches.ts'
import { defineBench, type Findings, single } from './support/contract.ts'
import { inFolder } from './support/folders.ts'
import { memoryOf } from './support/processes.ts'
import { spread, timed } from './support/times.ts'

const SIDE = 32
const WRITE_AT_ONCE = 64
const LIMIT = 100
const BY = 'bench'
/** Of a run, files between two looks at its page. */
const LOOK_EVERY = 250

export const bench = defineBench({
  name: 'tiny-files',
  area: 'batch',
  title: 'A folder of many tiny files',
  question:
    'What do lists and record cost a batch, where decoding costs next to nothing: PNGs of 32 × 32, none like another, through the whole of Gyrus?',
  sizes: {
    files: { what: 'files in the folder', usual: 100_000, small: 60 },
    'batch-minutes': { what: 'after which the batch is ended where it is', usual: 5, small: 1 },
  },
  minutes: 8,
  run: (sizes) => inFolder((folder) => measure(folder, sizes.files, sizes['batch-minutes'])),
})

async function measure(folder: string, files: number, minutes: number): Promise<Findings> {
  const images = join(folder, 'images')
  await writeImages(images, files)
  const { core, close } = await openCore(join(folder, 'data'))
  const { id, done, failed, seconds, windows } = await classify(core, images, minutes)
  const [own, engine] = [memoryOf(process.pid), memoryOf(core.engine.status.pid)]
  const scrolled = await scroll(core, id)
  await close()
  return {
    rows: [
      single('files that are listed', files, ''),
      single('… through', done, ''),
      single('… of which failed', failed, ''),
      single('rate', done / seconds, 'images/s'),
      single('most memory of the core, with the bench in its process', own?.most ?? null, 'MB'),
      single('most memory of the engine', engine?.most ?? null, 'MB'),
      { what: 'a window of the page while it runs', figures: spread(windows) },
      { what: 'windows of 100 rows, from the top of the page to its end', figures: spread(scrolled) },
    ],
  }
}

async function writeImages(folder: string, files: number): Promise<void> {
  await mkdir(folder)
  for (let first = 0; first < files; first += WRITE_AT_ONCE) {
    const numbers = Array.from({ length: Math.min(WRITE_AT_ONCE, files - first) }, (_, i) => first + i)
    const write = async (n: number) => writeFile(join(folder, `${String(n).padStart(6, '0')}.png`), await imageOf(n))
    await Promise.all(numbers.map(write))
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

async function classify(core: Core, folder: string, minutes: number) {
  const options = { subFolders: true, filter: '', skipSeen: true }
  const id = await core.batches.add({ paths: [folder], origin: 'folder', options }, BY)
  const start = performance.now()
  const endAt = start + minutes * 60_000
  const windows: number[] = []
  let [done, failed] = [0, 0]
  for await (const { outcome } of core.batches.run(id)) {
    done += 1
    if (outcome.status === 'failed') failed += 1
    if (done % LOOK_EVERY === 0) windows.push((await timed(() => windowOf(core, id, null)))[0])
    if (performance.now() > endAt) break
  }
  return { id, done, failed, seconds: (performance.now() - start) / 1000, windows }
}

/** On from one window to the next, as somebody who scrolls through it all. */
async function scroll(core: Core, id: string): Promise<number[]> {
  const taken: number[] = []
  let after: BatchCursor | null = null
  for (;;) {
    const [ms, window]: [number, Awaited<ReturnType<typeof windowOf>>] = await timed(() => windowOf(core, id, after))
    taken.push(ms)
    after = window.end
    if (window.rows.length < LIMIT) return taken
  }
}

const windowOf = (core: Core, id: string, after: BatchCursor | null) =>
  core.store.batchFiles(id, batchQuerySchema.parse({}), { after, skip: 0, limit: LIMIT }, BY, null)
