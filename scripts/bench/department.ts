import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { v7 as uuidv7 } from 'uuid'
import type { Asked } from '../../src/main/core/department/queue.ts'
import { DepartmentQueue } from '../../src/main/queue/index.ts'
import { openDepartment } from '../../src/main/store/postgres/open.ts'
import { type PostgresServer, query } from '../../test/department/support/server.ts'
import { defineBench, type Findings, single } from './support/contract.ts'
import { inFolder, missingFolder, TEST_IMAGES } from './support/folders.ts'
import { ROOT } from './support/machine.ts'
import { missingPostgres, onPostgres, type RunningServer } from './support/postgres.ts'
import { median, timed } from './support/times.ts'
import { jpegsIn, writeVariants } from './support/variants.ts'

const run = promisify(execFile)
const MAIN = join(ROOT, 'src', 'main', 'cli', 'main.ts')
/** Jobs that are put into the queue at a time, as a busy workstation does it. */
const AT_ONCE = 500
/** Groups of cases that are taken, and cases of each. */
const TAKES = 50
const AT_A_TIME = 16

export const bench = defineBench({
  name: 'department',
  area: 'batch',
  title: 'Several workstations',
  question:
    'How long does a batch take where its cases go by the department’s queue, beside one in a folder of its own; how much sooner are two workstations through than one; and how quick is the queue with 50,000 cases in it?',
  sizes: {
    files: { what: 'files of the batch', usual: 2_000, small: 12 },
    jobs: { what: 'cases in the queue', usual: 50_000, small: 200 },
  },
  minutes: 3,
  missing: () => missingFolder(TEST_IMAGES)() ?? missingPrograms(),
  run: ({ files, jobs }) => inFolder((folder) => onPostgres((running) => measure(running, folder, files, jobs))),
})

/** A workstation is kept to one processor: its engine then reckons with one thread. */
function missingPrograms(): string | null {
  if (process.platform !== 'linux') return 'taskset, which keeps a workstation to one processor, is Linux’s'
  return missingPostgres()
}

async function measure(
  { server, program }: RunningServer,
  folder: string,
  files: number,
  jobs: number,
): Promise<Findings> {
  const input = join(folder, 'images')
  await writeVariants(await jpegsIn(TEST_IMAGES), input, files)
  const alone = await classify(input, join(folder, 'alone'))
  const { seconds: one } = await inDepartment(server, folder, input, 1)
  const { seconds: two, connections } = await inDepartment(server, folder, input, 2)
  return {
    rows: [
      single('one workstation, its record in its folder', alone, 's'),
      single('one workstation, by the department’s queue', one, 's'),
      single('… a file more than in its folder', (one / alone - 1) * 100, '%', { aim: { most: 15 } }),
      single('two workstations', two, 's'),
      single('one / two', one / two, '×', { aim: { least: 1.7 } }),
      single('… connections of both to the database, at most', connections, ''),
      ...(await measureQueue(server, folder, jobs)),
    ],
    versions: { PostgreSQL: (await run(program, ['--version'])).stdout.trim().split(' ').at(-1) ?? '' },
    remarks: ['Each workstation has one processor; the server has both, and so has whatever else runs.'],
  }
}

/** `gyrus classify` on the first processor. @returns s, from its start to its end */
async function classify(input: string, data: string): Promise<number> {
  const args = ['-c', '0', process.execPath, MAIN, 'classify', input, '--json', '--data-dir', data]
  const [ms] = await timed(() => run('taskset', args, { cwd: ROOT, maxBuffer: 2 ** 28 }))
  return ms / 1000
}

async function inDepartment(server: PostgresServer, folder: string, input: string, stations: 1 | 2) {
  const name = `stations_${stations}`
  const database = await server.createDatabase(name)
  await (await openDepartment(database)).destroy()
  const shared = join(folder, `${name}-files`)
  mkdirSync(shared)
  const station = (called: string) => {
    const data = join(folder, `${name}-${called}`)
    mkdirSync(data)
    writeFileSync(join(data, 'department.json'), JSON.stringify({ database, files: shared }))
    return data
  }
  const worker = stations === 2 ? await startWorker(station('worker')) : null
  const counting = countConnections(database)
  try {
    const seconds = await classify(input, station('asks'))
    return { seconds, connections: await counting.end() }
  } finally {
    await counting.end()
    worker?.kill('SIGINT')
    if (worker) await once(worker, 'exit')
  }
}

const COUNT_MS = 500
const CONNECTED = `select count(*)::int as n from pg_stat_activity
  where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`

/** Looks now and then how many connections there are. */
function countConnections(database: string): { end(): Promise<number> } {
  const ending = new AbortController()
  const most = (async () => {
    let found = 0
    while (!ending.signal.aborted) {
      found = Math.max(found, (await query<{ n: number }>(database, CONNECTED))[0]?.n ?? 0)
      await sleep(COUNT_MS, undefined, { signal: ending.signal }).catch(() => undefined)
    }
    return found
  })()
  return {
    end: () => {
      ending.abort()
      return most
    },
  }
}

/** On the second processor. */
async function startWorker(data: string): Promise<ChildProcess> {
  const args = ['-c', '1', process.execPath, MAIN, 'worker', '--data-dir', data]
  const worker = spawn('taskset', args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] })
  for await (const line of createInterface({ input: worker.stdout })) if (line.includes('takes work')) return worker
  throw new Error('the second workstation did not start')
}

async function measureQueue(server: PostgresServer, folder: string, jobs: number) {
  const database = await server.createDatabase('queue')
  mkdirSync(join(folder, 'queue'))
  const queue = await DepartmentQueue.open(database, 'bench', (error) => {
    throw error
  })
  const add = (n: number) => queue.add(Array.from({ length: n }, (): Asked => ({ job: anyJob(), priority: 'batch' })))
  const groups = Math.min(TAKES, Math.floor(jobs / AT_A_TIME / 2))
  // As many as are taken, and some that are fetched ahead.
  await add((groups + 4) * AT_A_TIME)
  const few = await takes(queue, groups)
  const [filling] = await timed(async () => {
    for (let done = 0; done < jobs; done += AT_ONCE) await add(Math.min(AT_ONCE, jobs - done))
  })
  const many = await takes(queue, groups)
  await queue.close()
  return [
    single(`${jobs} cases put into the queue, ${AT_ONCE} at a time`, filling / 1000, 's', { aim: { most: 10 } }),
    single('some cases taken and done, few in the queue, median', few, 'ms'),
    single('… with all of them in it', many, 'ms'),
    single('… many / few', many / few, '×', { aim: { most: 1.5 } }),
  ]
}

const anyJob = () => ({ id: uuidv7(), fileName: 'slice.png', sha256: 'a'.repeat(64), again: false })

/** From one group that was taken to the next, ms. */
async function takes(queue: DepartmentQueue, groups: number): Promise<number> {
  const times: number[] = []
  const enough = Promise.withResolvers<void>()
  let last = performance.now()
  await queue.work(AT_A_TIME, async (jobs) => {
    const now = performance.now()
    times.push(now - last)
    last = now
    if (times.length >= groups) enough.resolve()
    return jobs.map(() => 'done')
  })
  await enough.promise
  await queue.rest()
  return median(times.slice(1))
}
