import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { soak } from '../../scripts/soak/index.ts'
import { judge, QUANTITIES, tableOf } from '../../scripts/soak/judge.ts'
import type { Sample } from '../../scripts/soak/sample.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { writePicture } from '../support/images.ts'
import { makeSet } from '../train/support.ts'

const flat: Omit<Sample, 'at'> = {
  ...{ coreRss: 300, coreHeap: 60, coreFiles: 30, engineRss: 400, engineFiles: 20, enginePid: 7 },
  ...{ others: 0, othersRss: 0, wal: 4, temporaryFiles: 0 },
}
const over = (change: (at: number) => Partial<Sample>): Sample[] =>
  Array.from({ length: 60 }, (_, i) => ({ ...flat, at: 10 * i, ...change(10 * i) }))
const leaks = (samples: Sample[], left: Record<string, number> = {}) =>
  judge(samples, left).flatMap(({ what, leak }) => (leak ? [what] : []))

it('reading, batch, training and backups run beside each other, and all processes are looked at', async () => {
  const folder = temporaryFolder()
  const pictures = join(folder, 'pictures')
  mkdirSync(pictures)
  const images = await Promise.all([1, 2, 3, 4].map((seed) => writePicture(pictures, `${seed}.jpg`, seed)))
  const { root: set } = await makeSet(join(folder, 'set'), 12, 2)
  const work = join(folder, 'soak')
  mkdirSync(work)
  const { counts, samples, findings, engines, entries } = await soak({
    ...{ folder: work, images, set, seconds: 8, sampleSeconds: 0.5 },
  })
  expect(counts.failed).toBe(0)
  for (const kind of ['read', 'batches', 'trainings', 'backups'] as const) expect(counts[kind]).toBeGreaterThan(0)
  expect(counts.batchFiles).toBe(24 * counts.batches)
  // Received and analysed, each of them.
  expect(entries).toBeGreaterThanOrEqual(2 * (counts.read + counts.batchFiles))
  expect(engines).toBe(1)
  expect(samples.length).toBeGreaterThan(3)
  expect(samples.some(({ others }) => others > 0)).toBe(true)
  expect(findings).toHaveLength(QUANTITIES.length + 2)
  expect(findings.filter(({ limits }) => limits === 'none').map(({ last }) => last)).toEqual([0, 0])
}, 150_000)

it('what stays flat is no leak, whatever happens in the warm-up and in single moments', () => {
  expect(leaks(over(() => ({})))).toEqual([])
  expect(leaks(over((at) => (at < 150 ? { coreRss: 100 + at, coreHeap: at / 3 } : {})))).toEqual([])
  expect(leaks(over((at) => (at % 100 === 0 ? { othersRss: 900, coreRss: 800, temporaryFiles: 90 } : {})))).toEqual([])
})

it('each limit that is passed is told', () => {
  expect(leaks(over((at) => ({ coreRss: 300 + at / 3, coreHeap: 60 + at / 20 })))).toEqual([
    'memory of the core',
    'heap of the core, collected',
  ])
  expect(leaks(over((at) => ({ engineRss: 400 + at / 3, engineFiles: 20 + Math.floor(at / 30) })))).toEqual([
    'memory of the engine',
    'open files of the engine',
  ])
  expect(leaks(over((at) => ({ coreFiles: 30 + Math.floor(at / 30) })))).toEqual(['open files of the core'])
  expect(leaks(over((at) => (at === 300 ? { wal: 200 } : {})))).toEqual(['write-ahead log of the database'])
  expect(leaks(over((at) => ({ temporaryFiles: at / 10 })))).toEqual(['temporary files'])
  expect(
    leaks(
      over(() => ({})),
      { 'processes left': 1 },
    ),
  ).toEqual(['processes left'])
})

it('the table says which', () => {
  const table = tableOf(
    judge(
      over((at) => ({ coreFiles: 30 + Math.floor(at / 30) })),
      {},
    ),
  )
  expect(table.split('\n').filter((line) => line.endsWith('LEAK'))).toHaveLength(1)
  expect(table).toMatch(/open files of the core, files .*grows ≤ 8 {2}LEAK/)
})
