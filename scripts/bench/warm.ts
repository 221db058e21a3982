import { openCore } from '../../src/main/compose.ts'
import { findFiles } from '../../src/main/core/intake/find.ts'
import { defineBench, type Findings, single } from './support/contract.ts'
import { inFolder, missingFolder, TEST_IMAGES } from './support/folders.ts'
import { meanTimings, timeStore } from './support/split.ts'
import { timed } from './support/times.ts'

const BY = { actor: 'bench', source: 'command-line' } as const
const FIRST = 64

export const bench = defineBench({
  name: 'warm',
  area: 'reading',
  title: 'A folder with everything warm',
  question: 'What does an image cost once core and engine are there, and where does it go?',
  sizes: { images: { what: 'test images', usual: 596, small: 8 } },
  minutes: 1,
  missing: missingFolder(TEST_IMAGES),
  run: ({ images }) => inFolder((folder) => measure(folder, images)),
})

async function measure(folder: string, images: number): Promise<Findings> {
  const files = (await Array.fromAsync(findFiles([TEST_IMAGES]))).slice(0, images)
  const start = performance.now()
  const [opening, { core, close }] = await timed(() => openCore(folder))
  for await (const _ of core.intake.open(files.slice(0, FIRST), BY));
  const first = performance.now() - start
  const log = timeStore(core.store)
  const [wall] = await timed(async () => {
    for await (const _ of core.intake.open(files, BY));
  })
  const { decode, preprocess, inference } = await meanTimings(core.store, files.length)
  await close()
  return {
    rows: [
      single('opening the core, its modules loaded', opening, 'ms'),
      single(`… to the first ${Math.min(FIRST, files.length)} logged results, with the engine’s start`, first, 'ms'),
      single('an image, by the clock', wall / files.length, 'ms'),
      single('… of it, overlapping and with waiting: decode', decode, 'ms'),
      single('… preprocess, with the gate’s looks and the brain region', preprocess, 'ms'),
      single('… inference', inference, 'ms'),
      single('… log', log.total() / files.length, 'ms'),
    ],
  }
}
