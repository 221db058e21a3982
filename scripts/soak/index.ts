import { mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import { openCore } from '../../src/main/compose.ts'
import { descendantsOf } from '../bench/support/processes.ts'
import { type Finding, judge } from './judge.ts'
import { filesIn, type Sample, takeSample } from './sample.ts'
import { type Counts, type Kind, type Material, ROUNDS } from './work.ts'

export interface SoakOptions {
  /** Empty; taken for data, backups and temporary files. */
  folder: string
  images: readonly string[]
  set: string
  /** How long new rounds are begun; those that run then come to their end. */
  seconds: number
  sampleSeconds: number
  onSample?: (sample: Sample, counts: Counts) => void
}

export interface Soaked {
  counts: Counts
  samples: Sample[]
  findings: Finding[]
  /** Starts of the engine; more than one means that it had died. */
  engines: number
  /** Of the audit trail, which is sound at the end. */
  entries: number
}

/** After all is closed, processes are given so long to be gone. */
const GONE_MS = 5000
/** Where programs put temporary files, by the platforms' variables. */
const PLACES = ['TMPDIR', 'TEMP', 'TMP']

/**
 * Reading, batches, trainings and backups beside each other on a core with its engine, each kind of work round after round,
 * while all processes are looked at.
 *
 * @throws the first thing that goes wrong in any of the work, or with the record at the end
 */
export async function soak(options: SoakOptions): Promise<Soaked> {
  const temporary = join(options.folder, 'tmp')
  mkdirSync(temporary)
  const before = PLACES.map((name) => [name, process.env[name]] as const)
  // Of this process and those that it starts: what they leave behind is theirs.
  for (const name of PLACES) process.env[name] = temporary
  try {
    return await soakIn(options)
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
    }
  }
}

async function soakIn(options: SoakOptions): Promise<Soaked> {
  const { folder, images, set } = options
  const backups = join(folder, 'backups')
  mkdirSync(backups)
  const known = new Set(descendantsOf(process.pid).map(({ pid }) => pid))
  const { core, close } = await openCore(join(folder, 'data'))
  const worked = await workThrough({ core, folder: join(folder, 'work'), images, set, backups }, options).finally(close)
  const left = {
    'processes left when all is closed': await processesLeft(known),
    'temporary files left': filesIn(tmpdir()) + filesIn(core.folder.incoming),
  }
  const engines = new Set(worked.samples.map(({ enginePid }) => enginePid)).size
  return { ...worked, engines, findings: judge(worked.samples, left) }
}

/** Every kind of work until the time is up, and then to the end of its round. */
async function workThrough(material: Material, { seconds, sampleSeconds, onSample }: SoakOptions) {
  const counts: Counts = { read: 0, batches: 0, batchFiles: 0, failed: 0, trainings: 0, backups: 0 }
  const samples: Sample[] = []
  const start = performance.now()
  const passed = () => (performance.now() - start) / 1000
  const ended = new AbortController()
  const workers = (Object.keys(ROUNDS) as Kind[]).map(async (kind) => {
    for (let n = 0; n === 0 || (passed() < seconds && !ended.signal.aborted); n += 1) {
      await ROUNDS[kind](material, counts, n)
    }
  })
  const sampling = (async () => {
    while (!ended.signal.aborted) {
      const sample = takeSample(material.core, passed())
      samples.push(sample)
      onSample?.(sample, counts)
      await after(1000 * sampleSeconds, undefined, { signal: ended.signal }).catch(() => undefined)
    }
  })()
  try {
    await Promise.all(workers)
  } finally {
    ended.abort()
    // What else runs comes to its end before anything is closed.
    await Promise.allSettled(workers)
    await sampling
  }
  const { broken, entries } = await material.core.store.verifyRecord({})
  if (broken) throw new Error(`the record is broken: ${JSON.stringify(broken)}`)
  return { counts, samples, entries }
}

async function processesLeft(known: ReadonlySet<number>): Promise<number> {
  if (process.platform !== 'linux') return 0
  const left = () => descendantsOf(process.pid).filter(({ pid }) => !known.has(pid)).length
  for (const until = performance.now() + GONE_MS; left() > 0 && performance.now() < until; ) await after(50)
  return left()
}
