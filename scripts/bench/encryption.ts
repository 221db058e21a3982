import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { newDataKey } from '../../src/main/core/encryption/keys.ts'
import { copyDatabase, openStore, rekeyedCopy } from '../../src/main/store/index.ts'
import type { Store } from '../../src/main/store/types.ts'
import { caseQuerySchema } from '../../src/shared/cases.ts'
import { encryptRecord } from '../torture/encrypt.ts'
import { defineBench, type Row, type Unit } from './support/contract.ts'
import { fillHistory } from './support/fill-history.ts'
import { inFolder, missingFolder, TEST_IMAGES } from './support/folders.ts'
import { ROOT } from './support/machine.ts'
import { median, timed } from './support/times.ts'
import { jpegsIn, writeVariants } from './support/variants.ts'

const MAIN = join(ROOT, 'src', 'main', 'cli', 'main.ts')

export const bench = defineBench({
  name: 'encryption',
  area: 'record',
  title: 'Encryption at rest',
  question: 'What does an encrypted data folder cost beside one in clear?',
  sizes: {
    images: { what: 'test images that are classified', usual: 132, small: 4 },
    cases: { what: 'cases of the record that is looked at', usual: 100_000, small: 2_000 },
    rounds: { what: 'rounds by turns, of which the median counts', usual: 3, small: 1 },
  },
  minutes: 4,
  missing: () => (process.platform === 'win32' ? 'it is measured by bash' : missingFolder(TEST_IMAGES)()),
  run: ({ images, cases, rounds }) =>
    inFolder(async (folder) => {
      const input = join(folder, 'images')
      await writeVariants(await jpegsIn(TEST_IMAGES), input, images)
      return { rows: [...(await reading(folder, input, rounds)), ...(await record(folder, cases, rounds))] }
    }),
})

type Pair = [clear: number[], encrypted: number[]]
const pair = (): Pair => [[], []]

function row(what: string, [clear, encrypted]: Pair, unit: Unit = 'ms'): Row {
  const [a, b] = [median(clear), median(encrypted)]
  return {
    what,
    figures: [
      { of: 'in clear', value: a, unit },
      { of: 'encrypted', value: b, unit },
      { of: 'encrypted / in clear', value: b / a, unit: '×' },
    ],
  }
}

async function reading(folder: string, input: string, rounds: number): Promise<Row[]> {
  const [classify, list] = [pair(), pair()]
  for (let round = 0; round < rounds; round += 1) {
    for (const encrypted of [0, 1] as const) {
      delete process.env.GYRUS_PASSPHRASE_FILE
      const data = join(folder, `data-${round}-${encrypted}`)
      mkdirSync(data)
      if (encrypted) await encryptRecord(data)
      classify[encrypted].push(gyrus('classify', input, '--json', '--data-dir', data))
      list[encrypted].push(gyrus('cases', '--json', '--data-dir', data))
      rmSync(data, { recursive: true })
    }
  }
  return [
    row('classify the images, processor time of all processes', classify),
    row('list their cases, processor time', list),
  ]
}

/** Processor time of a command with its engine, ms: it is the same however busy the machine is. */
function gyrus(...args: string[]): number {
  const measured = ['-c', 'TIMEFORMAT="%U %S"; time "$0" "$@" > /dev/null', process.execPath, MAIN, ...args]
  const { status, stderr } = spawnSync('bash', measured, { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  const [user = Number.NaN, system = Number.NaN] = stderr.trim().split('\n').at(-1)?.split(' ').map(Number) ?? []
  return 1_000 * (user + system)
}

const STEPS = {
  open: 'open it',
  first: 'first page, nothing in memory yet',
  label: 'first page of a label',
  search: 'search a name',
  verify: 'hold it against its trail',
  copy: 'copy it for a backup, and look at the copy',
}
type Step = keyof typeof STEPS

async function record(folder: string, cases: number, rounds: number): Promise<Row[]> {
  const clear = join(folder, 'clear.sqlite')
  const sealed = join(folder, 'sealed.sqlite')
  await fillHistory(clear, cases)
  const key = newDataKey()
  await rekeyedCopy(clear, sealed, { from: null, to: key }, {})
  const taken = new Map<Step, Pair>(Object.keys(STEPS).map((step) => [step as Step, pair()]))
  for (let round = 0; round < rounds; round += 1) {
    for (const [which, file, with_] of [
      [0, clear, null],
      [1, sealed, key],
    ] as const) {
      for (const [step, ms] of await steps(file, with_)) taken.get(step)?.[which].push(ms)
    }
  }
  const size = (file: string): number[] => [statSync(file).size / 2 ** 20]
  return [
    ...[...taken].map(([step, times]) => row(STEPS[step], times)),
    row('size of the database', [size(clear), size(sealed)], 'MB'),
  ]
}

async function steps(file: string, key: Uint8Array | null): Promise<[Step, number][]> {
  // Whatever an opening has to do once is done.
  await (await openStore(file, key)).close()
  const [open, store] = await timed(() => openStore(file, key))
  const time = async (step: Step, work: (store: Store) => Promise<unknown>): Promise<[Step, number]> => [
    step,
    (await timed(() => work(store)))[0],
  ]
  const page = (query: object) => store.listCases(caseQuerySchema.parse(query), 0, 100)
  const all: [Step, number][] = [
    ['open', open],
    await time('first', () => page({})),
    await time('label', () => page({ labels: ['meningioma'] })),
    await time('search', () => page({ search: 'muller' })),
    await time('verify', () => store.verifyRecord({})),
  ]
  await store.close()
  const copy = `${file}.copy`
  const [copied] = await timed(() => copyDatabase(file, copy, {}, key))
  rmSync(copy)
  return [...all, ['copy', copied]]
}
