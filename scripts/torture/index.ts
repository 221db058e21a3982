import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type DatabaseKey, openSqlite } from '../../src/main/store/sqlite.ts'
import { random } from '../../src/shared/random.ts'
import { addAccount } from './accounts.ts'
import { type AppRound, type AppWork, runAppAndKill } from './app.ts'
import { check, type Results } from './check.ts'
import { encryptRecord } from './encrypt.ts'
import { runAndKill, type Victim } from './process.ts'

export interface Torture {
  /** Folder with images. */
  images: string
  dataDir: string
  rounds: number
  seed: number
  /** A kill comes at a random time up to this, ms. */
  longest: number
  /** Whether the record is encrypted from the start. */
  encrypted?: boolean
  onRound?(round: { round: number; victim: Victim; command: string; acknowledged: number; results: number }): void
}

/** Rounds, after the first ones, in which the app runs instead of the command line. */
const IN_APP = 0.4
const BEFORE_APP = 2

/**
 * Batches of a folder, on the command line and in the running app, broken off by SIGKILL to Gyrus or to its engine at
 * random times, and gone on with, over and over.
 * Returns what was wrong with the record, and when; ends at the first.
 */
export async function torture({
  images,
  dataDir,
  rounds,
  seed,
  longest,
  encrypted,
  onRound,
}: Torture): Promise<string[]> {
  const key = encrypted ? await encryptRecord(dataDir) : null
  const next = random(seed)
  let results: Results = new Map()
  let isAdded = false
  for (let round = 1; round <= rounds; round++) {
    const victim: Victim = next() < 0.3 ? 'engine' : 'gyrus'
    const inApp = next() < IN_APP && round > BEFORE_APP && existsSync(join(dataDir, 'gyrus.sqlite'))
    if (inApp && !isAdded) await addAccount(dataDir)
    isAdded ||= inApp
    const open = openBatch(dataDir, key)
    const said = await runRound({ dataDir, images, open, inApp }, victim, next() * longest)
    if (!existsSync(join(dataDir, 'gyrus.sqlite'))) continue
    const { wrong, now } = check({ dataDir, images, key }, results, said)
    if (wrong.length > 0) return wrong.map((what) => `round ${round}: ${what}`)
    results = now
    const command = `${inApp ? 'app' : 'command line'}, ${open ? 'resumed' : 'begun'}`
    onRound?.({ round, victim, command, acknowledged: said.acknowledged.length, results: now.size })
  }
  return []
}

async function runRound(
  { inApp, ...work }: AppWork & { inApp: boolean },
  victim: Victim,
  afterMs: number,
): Promise<AppRound> {
  if (inApp) return runAppAndKill(work, victim, afterMs)
  const { open, images, dataDir } = work
  const command = open ? ['batches', 'resume', open] : ['classify', images]
  return {
    acknowledged: await runAndKill([...command, '--json', '--data-dir', dataDir], victim, afterMs),
    uploaded: [],
  }
}

/** A batch that was broken off and can be gone on with. */
function openBatch(dataDir: string, key: DatabaseKey): string | undefined {
  const path = join(dataDir, 'gyrus.sqlite')
  if (!existsSync(path)) return undefined
  const sqlite = openSqlite(path, { readonly: true }, key)
  try {
    const states = `('running', 'paused', 'interrupted')`
    return sqlite
      .prepare(`select id from batches where state in ${states} and origin != 'upload' limit 1`)
      .pluck()
      .get() as string | undefined
  } catch {
    // Killed before the first migration: there is no table yet.
    return undefined
  } finally {
    sqlite.close()
  }
}
