import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { IMAGE_SET, missingFolder, TEST_IMAGES } from './bench/support/folders.ts'
import { newRun, ROOT } from './bench/support/machine.ts'
import { jpegsIn, writeSet } from './bench/support/variants.ts'
import { soak } from './soak/index.ts'
import { tableOf, WARM_UP } from './soak/judge.ts'

const USAGE = `npm run soak -- [--minutes N] [--json FILE]
  --minutes N   how long reading, batches, trainings and backups run beside each other (10)
  --json FILE   where samples and findings are left (.cache/soak.json)`
/** Of each class, that a head is trained on. */
const SET_IMAGES = 12
/** About so many samples are taken, at least two seconds apart. */
const SAMPLES = 400

/** Ends with 1 where a limit is passed, or anything goes wrong. */
try {
  const options = { minutes: { type: 'string' }, json: { type: 'string' } } as const
  const { values } = parseArgs({ options })
  const minutes = Number(values.minutes ?? 10)
  if (!(minutes > 0)) throw new Error('--minutes is a number above 0')
  const missing = missingFolder(IMAGE_SET)()
  if (missing) throw new Error(`not run: ${missing}`)
  await run(60 * minutes, values.json ?? join(ROOT, '.cache', 'soak.json'))
} catch (error) {
  console.error(`${error instanceof Error ? error.message : error}\n\n${USAGE}`)
  process.exitCode = 1
}

async function run(seconds: number, json: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'gyrus-soak-'))
  try {
    const about = newRun()
    const set = join(folder, 'set')
    await writeSet(join(IMAGE_SET, 'Training'), set, SET_IMAGES)
    const images = await jpegsIn(TEST_IMAGES)
    let minute = 0
    const found = await soak({
      ...{ folder, images, set, seconds, sampleSeconds: Math.max(2, seconds / SAMPLES) },
      onSample: ({ at, coreRss, coreHeap, engineRss }, { read, batches, trainings, backups }) => {
        if (at < 60 * minute) return
        minute = Math.floor(at / 60) + 1
        const memory = [coreRss, coreHeap, engineRss].map((mb) => mb?.toFixed(0) ?? '–').join(' / ')
        const done = `${read} scans, ${batches} batches, ${trainings} trainings, ${backups} backups`
        console.error(`${(at / 60).toFixed(0)} min: ${done}; core / its heap / engine ${memory} MB`)
      },
    })
    mkdirSync(join(json, '..'), { recursive: true })
    writeFileSync(json, `${JSON.stringify({ about, seconds, ...found }, null, 2)}\n`)
    const { counts, findings, engines, entries } = found
    console.log(
      `${counts.read} scans read, ${counts.batches} batches of ${counts.batchFiles} files (${counts.failed} failed), ${counts.trainings} trainings, ${counts.backups} backups; ${entries} entries of the trail, sound; the engine was started ${engines === 1 ? 'once' : `${engines} times`}; warm-up ${100 * WARM_UP} % of the time\n`,
    )
    console.log(tableOf(findings))
    const leaks = findings.filter(({ leak }) => leak).map(({ what }) => what)
    console.log(leaks.length === 0 ? '\nno leak found' : `\nLEAK: ${leaks.join(', ')}`)
    if (leaks.length > 0 || engines > 1) process.exitCode = 1
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
