import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { listOf, readCall } from '../../scripts/bench/support/call.ts'
import { allBenches, benchOf } from '../../scripts/bench/support/catalogue.ts'
import { ROOT } from '../../scripts/bench/support/machine.ts'
import { readResults } from '../../scripts/bench/support/results.ts'
import { runBenches } from '../../scripts/bench/support/runner.ts'
import { temporaryFolder } from '../support/cleanup.ts'

const benches = await allBenches()

it('a quick bench leaves its figures and the page, and a later run takes its place', async () => {
  const into = temporaryFolder()
  const script = join(ROOT, 'scripts', 'bench.ts')
  const { status, stdout } = spawnSync(process.execPath, [script, 'similar', '--small', '--into', into], {
    encoding: 'utf8',
  })
  expect(stdout).toContain('exact, as shipped')
  expect(status).toBe(0)
  const before = readResults(join(into, 'bench.json')).runs[0]?.id
  const similar = await benchOf('similar')
  const say = () => undefined
  expect(await runBenches({ into, benches: [similar], sizes: { vectors: 500 }, small: false, say })).toEqual([])
  const { runs, sections } = readResults(join(into, 'bench.json'))
  expect(runs).toHaveLength(1)
  expect(runs[0]?.id).not.toBe(before)
  expect(Object.keys(sections)).toEqual(['similar'])
  expect(sections.similar).toMatchObject({ run: runs[0]?.id, sizes: { vectors: 500 }, notRun: null })
  expect(sections.similar?.rows.length).toBeGreaterThan(3)
  const page = readFileSync(join(into, 'bench.md'), 'utf8')
  expect(page).toContain(runs[0]?.machine.processor)
  expect(page).toContain('128 numbers a vector, exact, as shipped')
  expect(page).toContain('Not measured yet.')
}, 180_000)

it('a bench that fails is told, and what was found before stands', async () => {
  const into = temporaryFolder()
  const said: string[] = []
  const broken = { ...(await benchOf('similar')), name: 'no-file-of-this-name' }
  const failed = await runBenches({ into, benches: [broken], sizes: {}, small: true, say: (text) => said.push(text) })
  expect(failed).toEqual(['no-file-of-this-name'])
  expect(said.join('')).toContain('FAILED: Error: there is no bench “no-file-of-this-name”')
  expect(readResults(join(into, 'bench.json')).sections).toEqual({})
}, 60_000)

it('the list names all of them', () => {
  const list = listOf(benches)
  for (const { name } of benches) expect(list).toContain(`${name} (some `)
  expect(list).toContain('cases=1000000  cases of the record')
})

it('all are meant where none is named; sizes are for those that have them', () => {
  expect(readCall([], benches)).toMatchObject({ act: 'measure', benches, sizes: {}, small: false })
  const { benches: named, sizes } = readCall(['cases-1m', 'cases-100k', 'cases=5'], benches)
  expect({ named: named.map(({ name }) => name), sizes }).toEqual({
    named: ['cases-100k', 'cases-1m'],
    sizes: { cases: 5 },
  })
})

it.each([
  [['nothing-like-it'], 'there is no bench nothing-like-it'],
  [['similar', 'slices=2'], 'no bench called for has a size “slices”'],
  [['similar', 'vectors=x'], 'it is a number above 0'],
  [['similar', '--small'], 'it needs --into FOLDER'],
  [['--unheard-of'], '--unheard-of'],
])('%j cannot be done, and says why before anything is measured', (args, why) => {
  expect(() => readCall(args, benches)).toThrow(why)
})
