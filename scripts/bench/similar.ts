import { nearest } from '../../src/main/core/similar/nearest.ts'
import { random } from '../../src/shared/random.ts'
import { defineBench, type Row, single } from './support/contract.ts'
import { inOrder, quantile } from './support/times.ts'

const [ROUNDS, MOST, CLUSTERS] = [40, 40, 200]
const SHIPPED = 128

export const bench = defineBench({
  name: 'similar',
  area: 'aids',
  title: 'Similar images',
  question:
    'How long does an exact search for the 40 nearest of 100,000 vectors take, against a search that sorts them all?',
  sizes: { vectors: { what: 'that are looked at', usual: 100_000, small: 1_000 } },
  minutes: 1,
  run: async ({ vectors }) => ({
    rows: measure(vectors),
    remarks: [
      'Vectors lie in clusters, as those of a network do; 40 are needed so that five different patients are left.',
    ],
  }),
})

function measure(vectors: number): Row[] {
  const rows: Row[] = []
  for (const width of [64, SHIPPED, 256]) {
    const { all, queries } = fill(vectors, width)
    let next = 0
    const query = () => queries[next++ % queries.length] as Float32Array
    const own = times(() => nearest(all, vectors, query(), MOST))
    rows.push(
      rowOf(`${width} numbers a vector, exact${width === SHIPPED ? ', as shipped' : ''}`, own, width === SHIPPED),
    )
    if (width !== SHIPPED) continue
    const plain = times(() => sorted(all, vectors, query()), 5)
    rows.push(rowOf(`${width} numbers, sorting all`, plain, false))
    rows.unshift(single('exact / sorting all, processor’s time', own.cpu / plain.cpu, '×'))
  }
  return rows
}

function fill(vectors: number, width: number) {
  const draw = random(1)
  const centres = Float32Array.from(
    { length: CLUSTERS * width },
    (_, i) => (60 * (draw() - 0.5)) / (1 + (i % width) / 8),
  )
  const near = (centre: number) =>
    Float32Array.from({ length: width }, (_, i) => (centres[centre * width + i] as number) + 4 * (draw() - 0.5))
  const all = new Float32Array(vectors * width)
  for (let at = 0; at < vectors; at++) all.set(near(at % CLUSTERS), at * width)
  return { all, queries: Array.from({ length: ROUNDS }, (_, i) => near((i * 7) % CLUSTERS)) }
}

/** What somebody would write first. */
function sorted(all: Float32Array, vectors: number, query: Float32Array) {
  const found = Array.from({ length: vectors }, (_, at) => {
    let square = 0
    for (let i = 0; i < query.length; i++)
      square += ((all[at * query.length + i] as number) - (query[i] as number)) ** 2
    return { at, square }
  })
  return found.sort((a, b) => a.square - b.square).slice(0, MOST)
}

interface Taken {
  /** Of the processor, on average, ms: what other work on the machine does not change. */
  cpu: number
  ms: number[]
}

function times(work: () => unknown, rounds = ROUNDS): Taken {
  work()
  const before = process.cpuUsage()
  const ms = Array.from({ length: rounds }, () => {
    const start = performance.now()
    work()
    return performance.now() - start
  })
  const { user, system } = process.cpuUsage(before)
  return { cpu: (user + system) / 1000 / rounds, ms: inOrder(ms) }
}

function rowOf(what: string, { cpu, ms }: Taken, shipped: boolean): Row {
  return {
    what,
    figures: [
      { of: 'processor', value: cpu, unit: 'ms' },
      { of: 'quickest', value: quantile(ms, 0), unit: 'ms' },
      { of: 'p50', value: quantile(ms, 0.5), unit: 'ms', aim: shipped ? { most: 50 } : undefined },
      { of: 'p95', value: quantile(ms, 0.95), unit: 'ms' },
    ],
  }
}
