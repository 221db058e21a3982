import { cpSync, existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { chooseDataDir, openCore } from '../../src/main/compose.ts'
import type { Core } from '../../src/main/core/index.ts'
import { findFiles } from '../../src/main/core/intake/find.ts'
import { findNativeEngine } from '../../src/main/native-engine/find.ts'
import { GyrusError } from '../../src/shared/errors.ts'

const SCANS = 60
/** Between two scans, ms: a reader opens one, looks, opens the next. */
const PAUSE_MS = 250
const BY = { actor: 'bench', source: 'command-line' } as const

/** How long a single scan takes from its opening to its logged result, at rest and while a network trains. */
export async function benchWhileTraining(set: string, dataDir = chooseDataDir()): Promise<string> {
  const data = mkdtempSync(join(tmpdir(), 'gyrus-bench-'))
  try {
    const { dir } = await findNativeEngine(dataDir)
    const engines = join(data, 'native-engine')
    if (dir.startsWith(dataDir) && !existsSync(engines)) symlinkSync(join(dataDir, 'native-engine'), engines)
    return await measure(set, data)
  } catch (error) {
    if (!(error instanceof GyrusError)) throw error
    return `Reading while training: not run, ${error.message} (${error.code})`
  } finally {
    rmSync(data, { recursive: true, force: true })
  }
}

async function measure(set: string, data: string): Promise<string> {
  const { core, close } = await openCore(data)
  try {
    const atRest = await readScans(core, join(set, 'Testing'))
    const id = await startTraining(core, set)
    const training = await readScans(core, join(set, 'Testing'))
    await core.trainings.cancel(id, BY.actor)
    await core.trainings.outcome(id).catch(() => undefined)
    const shown = (times: number[]) => `p50 ${at(times, 0.5)} ms, p95 ${at(times, 0.95)} ms`
    return `A single scan, opened to logged: at rest ${shown(atRest)}; while a network trains ${shown(training)} (aim: p95 under 500)`
  } finally {
    await close()
  }
}

/** Until it learns; reading the set before that is lighter work. */
async function startTraining(core: Core, set: string): Promise<string> {
  const part = join(core.folder.root, 'set')
  for (const side of ['glioma', 'meningioma', 'notumor', 'pituitary']) {
    const files = (await Array.fromAsync(findFiles([join(set, 'Training', side)]))).slice(0, 100)
    for (const [i, { path }] of files.entries()) cpSync(path, join(part, side, `${i}.jpg`))
  }
  const id = await core.trainings.start(
    {
      set: part,
      map: {},
      tumours: [],
      recipe: 'efficientnet-lite0',
      changes: {},
      split: { by: 'group', validation: 0.1 },
      seed: 1,
    },
    BY.actor,
  )
  while (core.trainings.live(id)?.progress?.stage !== 'training') {
    if (!core.trainings.live(id)) await core.trainings.outcome(id)
    await sleep(100)
  }
  return id
}

async function readScans(core: Core, folder: string): Promise<number[]> {
  const files = (await Array.fromAsync(findFiles([folder]))).slice(0, SCANS)
  const times: number[] = []
  for (const file of files) {
    await sleep(PAUSE_MS)
    const start = performance.now()
    for await (const _ of core.intake.open([file], BY));
    times.push(performance.now() - start)
  }
  return times.toSorted((a, b) => a - b)
}

const at = (sorted: number[], share: number) => (sorted[Math.floor(share * (sorted.length - 1))] ?? 0).toFixed(0)
