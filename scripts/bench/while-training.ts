import { existsSync, mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { chooseDataDir, openCore } from '../../src/main/compose.ts'
import type { Core } from '../../src/main/core/index.ts'
import { findFiles } from '../../src/main/core/intake/find.ts'
import { findNativeEngine } from '../../src/main/native-engine/find.ts'
import { defineBench, type Findings } from './support/contract.ts'
import { IMAGE_SET, inFolder, missingFolder, TEST_IMAGES } from './support/folders.ts'
import { missingNativeEngine } from './support/native.ts'
import { spread, timed } from './support/times.ts'
import { writeSet } from './support/variants.ts'

/** Between two scans, ms: a reader opens one, looks, opens the next. */
const PAUSE_MS = 250
const BY = { actor: 'bench', source: 'command-line' } as const

export const bench = defineBench({
  name: 'while-training',
  area: 'training',
  title: 'Reading while a network trains',
  question:
    'How long does a single scan take from its opening to its logged result, at rest and while a network trains?',
  sizes: {
    scans: { what: 'that are opened one after the other', usual: 60, small: 3 },
    images: { what: 'of each class that is learned from', usual: 100, small: 16 },
  },
  minutes: 2,
  missing: async () => missingFolder(IMAGE_SET)() ?? (await missingNativeEngine()),
  run: ({ scans, images }) => inFolder((folder) => measure(folder, scans, images)),
})

async function measure(folder: string, scans: number, images: number): Promise<Findings> {
  const data = join(folder, 'data')
  await lendEngine(data)
  const { core, close } = await openCore(data)
  try {
    const atRest = await readScans(core, scans)
    const set = join(folder, 'set')
    await writeSet(join(IMAGE_SET, 'Training'), set, images)
    const id = await startTraining(core, set)
    const training = await readScans(core, scans)
    await core.ownTrainings.cancel(id, BY.actor)
    // Cancelled, as it was told to.
    await core.ownTrainings.outcome(id).catch(() => undefined)
    return {
      rows: [
        { what: 'at rest', figures: spread(atRest) },
        { what: 'while a network trains', figures: spread(training, { p95: { most: 500 } }) },
      ],
    }
  } finally {
    await close()
  }
}

/** The native engine of whoever runs the bench, for a data folder of its own. */
async function lendEngine(data: string): Promise<void> {
  const own = chooseDataDir()
  const { dir } = await findNativeEngine(own)
  const engines = join(data, 'native-engine')
  mkdirSync(data, { recursive: true })
  if (dir.startsWith(own) && !existsSync(engines)) symlinkSync(join(own, 'native-engine'), engines)
}

/** Until it learns; reading the set before that is lighter work. */
async function startTraining(core: Core, set: string): Promise<string> {
  const split = { by: 'group', validation: 0.1 } as const
  const request = { set, map: {}, tumours: [], recipe: 'efficientnet-lite0', changes: {}, split, seed: 1 } as const
  const id = await core.ownTrainings.start({ ...request, tumours: [] }, BY.actor)
  const outcome = core.ownTrainings.outcome(id)
  // Waited for below only where the run ends of itself; cancelled, it is told by `measure`.
  outcome.catch(() => undefined)
  while (core.ownTrainings.live(id)?.progress?.stage !== 'training') {
    if (!core.ownTrainings.live(id)) {
      await outcome
      throw new Error('the training ended before it was seen to learn: it needs more images')
    }
    await sleep(100)
  }
  return id
}

async function readScans(core: Core, scans: number): Promise<number[]> {
  const files = (await Array.fromAsync(findFiles([TEST_IMAGES]))).slice(0, scans)
  const times: number[] = []
  for (const file of files) {
    await sleep(PAUSE_MS)
    times.push((await timed(() => Array.fromAsync(core.intake.open([file], BY))))[0])
  }
  return times
}
