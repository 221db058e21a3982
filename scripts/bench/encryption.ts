import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { newDataKey } from '../../src/main/core/encryption/keys.ts'
import { copyDatabase, openStore, rekeyedCopy } from '../../src/main/store/index.ts'
import { caseQuerySchema } from '../../src/shared/cases.ts'
import { encryptRecord } from '../torture/encrypt.ts'
import { fillHistory } from './fill-history.ts'

/**
 * What encryption costs: `node scripts/bench/encryption.ts IMAGES [CASES]`. A folder of images is classified from a cold
 * start, with and without by turns (Linux); then pages, a verification and a copy of a record of many cases.
 */
const [images, cases = '100000'] = process.argv.slice(2)
if (images === undefined) throw new Error('Give a folder of images.')
const ROUNDS = 5
const MAIN = join(import.meta.dirname, '..', '..', 'src', 'main', 'cli', 'main.ts')
const median = (all: number[]) => all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0
const show = (ms: number) => (ms < 100 ? ms.toFixed(1) : ms.toFixed(0)).padStart(9)
const row = (what: string, clear: number, sealed: number) =>
  console.log(`${what.padEnd(52)}${show(clear)}${show(sealed)}    × ${(sealed / clear).toFixed(2)}`)

const folder = mkdtempSync(join(tmpdir(), 'gyrus-bench-encryption-'))
try {
  console.log(
    `${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}`,
  )
  console.log(`${''.padEnd(52)}${'clear'.padStart(9)}${'encrypted'.padStart(9)}   (ms, median of ${ROUNDS})`)
  await reading(images)
  await record(Number(cases))
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function reading(images: string): Promise<void> {
  const classify: [number[], number[]] = [[], []]
  const list: [number[], number[]] = [[], []]
  for (let round = 0; round < ROUNDS; round++) {
    for (const encrypted of [0, 1] as const) {
      delete process.env.GYRUS_PASSPHRASE_FILE
      const data = join(folder, `data-${round}-${encrypted}`)
      mkdirSync(data)
      if (encrypted) await encryptRecord(data)
      classify[encrypted].push(gyrus('classify', images, '--json', '--data-dir', data))
      list[encrypted].push(gyrus('cases', '--json', '--data-dir', data))
      rmSync(data, { recursive: true })
    }
  }
  row('classify the images, processor time of all processes', median(classify[0]), median(classify[1]))
  row('list their cases, processor time', median(list[0]), median(list[1]))
}

/** Processor time of a command with its engine, ms: it is the same however busy the machine is. */
function gyrus(...args: string[]): number {
  const timed = ['-c', 'TIMEFORMAT="%U %S"; time "$0" "$@" > /dev/null', process.execPath, MAIN, ...args]
  const { status, stderr } = spawnSync('bash', timed, { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  const [user = Number.NaN, system = Number.NaN] = stderr.trim().split('\n').at(-1)?.split(' ').map(Number) ?? []
  return 1_000 * (user + system)
}

async function record(n: number): Promise<void> {
  const clear = join(folder, 'clear.sqlite')
  const sealed = join(folder, 'sealed.sqlite')
  await fillHistory(clear, n)
  const key = newDataKey()
  await rekeyedCopy(clear, sealed, { from: null, to: key }, {})
  const taken = { open: pair(), first: pair(), label: pair(), search: pair(), verify: pair(), copy: pair() }
  for (let round = 0; round < ROUNDS; round++) {
    for (const [which, file, with_] of [
      [0, clear, null],
      [1, sealed, key],
    ] as const) {
      const time = async (what: keyof typeof taken, work: () => Promise<unknown>) => {
        const start = performance.now()
        await work()
        taken[what][which].push(performance.now() - start)
      }
      let store = await openStore(file, with_)
      await store.close()
      await time('open', async () => {
        store = await openStore(file, with_)
      })
      const page = (query: object) => store.listCases(caseQuerySchema.parse(query), 0, 100)
      await time('first', () => page({}))
      await time('label', () => page({ labels: ['meningioma'] }))
      await time('search', () => page({ search: 'muller' }))
      await time('verify', () => store.verifyRecord({}))
      await store.close()
      const copy = join(folder, 'copy.sqlite')
      await time('copy', () => copyDatabase(file, copy, {}, with_))
      rmSync(copy)
    }
  }
  console.log(
    `A record of ${n} cases, ${(statSync(clear).size / 2 ** 20).toFixed(0)} and ${(statSync(sealed).size / 2 ** 20).toFixed(0)} MB`,
  )
  const names = {
    open: 'open it',
    first: 'first page, nothing in memory yet',
    label: 'first page of a label',
    search: 'search a name',
    verify: 'hold it against its trail',
    copy: 'copy it for a backup, and look at the copy',
  }
  for (const [what, name] of Object.entries(names)) {
    const [a, b] = taken[what as keyof typeof taken]
    row(name, median(a), median(b))
  }
}

function pair(): [number[], number[]] {
  return [[], []]
}
