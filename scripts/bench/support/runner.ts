import { fork } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { allBenches } from './catalogue.ts'
import type { Told } from './child.ts'
import type { Bench } from './contract.ts'
import { loadNow, newRun } from './machine.ts'
import { renderPage, renderRows } from './render.ts'
import { type Results, type Run, readResults, type Section, withSection, writeResults } from './results.ts'

const CHILD = join(import.meta.dirname, 'child.ts')

export interface RunOptions {
  /** Folder of `bench.json` and `bench.md`. */
  into: string
  benches: readonly Bench[]
  /** Sizes other than usual, by name, for each bench that has one of that name. */
  sizes: Readonly<Record<string, number>>
  small: boolean
  say: (text: string) => void
}

/**
 * Measures one bench after the other, each in a process of its own, and writes results and page after each of them. One that
 * fails leaves its section as it was.
 *
 * @returns names of those that failed
 */
export async function runBenches({ into, benches, sizes, small, say }: RunOptions): Promise<string[]> {
  const failed: string[] = []
  let run = newRun()
  let results = readResults(join(into, 'bench.json'))
  for (const bench of benches) {
    say(`${bench.name}: ${bench.question}\n`)
    const chosen = chooseSizes(bench, sizes, small)
    const section = await measure(bench, chosen, run.id)
    if (typeof section === 'string') {
      failed.push(bench.name)
      say(`FAILED: ${section}\n`)
      continue
    }
    say(section.notRun === null ? renderRows(section.rows) : `not run: ${section.notRun}\n`)
    run = { ...run, load: [run.load[0], section.load[1]] }
    results = withSection(results, run, bench.name, section)
    await writeAll(into, results)
  }
  return failed
}

/** Writes the page anew from results that are there. */
export async function renderInto(into: string): Promise<void> {
  await writeAll(into, readResults(join(into, 'bench.json')))
}

async function writeAll(into: string, results: Results): Promise<void> {
  writeResults(join(into, 'bench.json'), results)
  writeFileSync(join(into, 'bench.md'), renderPage(results, await allBenches()))
}

function chooseSizes({ sizes }: Bench, given: Readonly<Record<string, number>>, small: boolean) {
  const chosen = Object.entries(sizes).map(([name, size]) => [name, given[name] ?? (small ? size.small : size.usual)])
  return Object.fromEntries(chosen) as Record<string, number>
}

/** @returns why it failed, where it did */
async function measure(bench: Bench, sizes: Record<string, number>, run: Run['id']): Promise<Section | string> {
  const [before, start] = [loadNow(), performance.now()]
  const told = await inChild(bench, sizes)
  if ('failed' in told) return told.failed
  const { rows, versions = {}, remarks = [] } = 'findings' in told ? told.findings : { rows: [] }
  const notRun = 'notRun' in told ? told.notRun : null
  const seconds = Math.round((performance.now() - start) / 100) / 10
  return { run, load: [before, loadNow()], seconds, sizes, notRun, rows: rows.map(rounded), versions, remarks }
}

async function inChild({ name, minutes }: Bench, sizes: Record<string, number>): Promise<Told> {
  const child = fork(CHILD, [name, JSON.stringify(sizes)], { execArgv: ['--expose-gc'] })
  let told: Told | undefined
  child.once('message', (message: Told) => {
    told = message
  })
  const limit = Math.max(10, 5 * minutes)
  const timer = setTimeout(() => child.kill('SIGKILL'), limit * 60_000)
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null]
  clearTimeout(timer)
  return told ?? { failed: `its process ended without a word (${signal ?? code}); it had ${limit} minutes` }
}

/** Four digits say all that a clock does. */
function rounded(row: Section['rows'][number]): Section['rows'][number] {
  const figures = row.figures.map((one) => ({
    ...one,
    value: one.value === null ? null : Number.isInteger(one.value) ? one.value : Number(one.value.toPrecision(4)),
  }))
  return { ...row, figures }
}
