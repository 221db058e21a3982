import { join } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import { openCore } from '../../src/main/compose.ts'
import type { Core } from '../../src/main/core/index.ts'
import { defineBench, type Figure, type Findings, single } from './support/contract.ts'
import { inFolder, missingFolder, TEST_IMAGES } from './support/folders.ts'
import { memoryOf } from './support/processes.ts'
import { trendOf } from './support/trend.ts'
import { jpegsIn, writeVariants } from './support/variants.ts'

const SAMPLE_MS = 500
/** Caches fill up first: the trend begins after so large a share of the files. */
const WARM_UP = 0.25
/** Flat: from then to the end it grows by at most so much, MB. */
const FLAT = 50
const OPTIONS = { subFolders: true, filter: '', skipSeen: true }

export const bench = defineBench({
  name: 'memory',
  area: 'batch',
  title: 'Memory over a long batch',
  question:
    'Does memory of core and engine stay flat over a batch of 20,000 real images, none with the bytes of another?',
  sizes: { files: { what: 'images of the batch', usual: 20_000, small: 40 } },
  minutes: 7,
  missing: () =>
    process.platform === 'linux' ? missingFolder(TEST_IMAGES)() : 'memory of a process is read as Linux tells it',
  run: ({ files }) => inFolder((folder) => measure(folder, files)),
})

interface Sample {
  /** Files that are through. */
  at: number
  core: number
  engine: number
}

async function measure(folder: string, files: number): Promise<Findings> {
  const images = join(folder, 'images')
  await writeVariants(await jpegsIn(TEST_IMAGES), images, files)
  const { core, close } = await openCore(join(folder, 'data'))
  const start = performance.now()
  const { done, failed, samples, peaks } = await follow(core, images)
  const seconds = (performance.now() - start) / 1000
  await close()
  const later = samples.filter(({ at }) => at >= WARM_UP * done)
  const rows = (['core', 'engine'] as const).map((which) => {
    const trend = trendOf(later.map((sample) => ({ at: sample.at, value: sample[which] })))
    const figures: Figure[] = [
      { of: 'after a quarter', value: later[0]?.[which] ?? null, unit: 'MB' },
      { of: 'at the end', value: later.at(-1)?.[which] ?? null, unit: 'MB' },
      { of: 'most', value: peaks[which], unit: 'MB' },
      { of: 'growth from a quarter to the end', value: trend?.growth ?? null, unit: 'MB', aim: { most: FLAT } },
    ]
    return { what: which === 'core' ? 'core, with the bench in its process' : 'engine', figures }
  })
  return {
    rows: [
      single('images that are through', done, ''),
      single('… of which failed', failed, ''),
      single('rate', done / seconds, 'images/s'),
      ...rows,
    ],
    remarks: ['The growth is that of a line by Theil and Sen through a sample every half second.'],
  }
}

async function follow(core: Core, images: string) {
  const id = await core.batches.add({ paths: [images], origin: 'folder', options: OPTIONS }, 'bench')
  const samples: Sample[] = []
  const peaks = { core: 0, engine: 0 }
  let [done, failed, ended] = [0, 0, false]
  const sampling = (async () => {
    while (!ended) {
      const [own, engine] = [memoryOf(process.pid), memoryOf(core.engine.status.pid)]
      if (own && engine) {
        samples.push({ at: done, core: own.now, engine: engine.now })
        Object.assign(peaks, { core: own.most, engine: engine.most })
      }
      await after(SAMPLE_MS)
    }
  })()
  for await (const { outcome } of core.batches.run(id)) {
    done += 1
    if (outcome.status === 'failed') failed += 1
  }
  ended = true
  await sampling
  return { done, failed, samples, peaks }
}
