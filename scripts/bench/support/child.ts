import { benchOf } from './catalogue.ts'
import type { Chosen, Findings, Sizes } from './contract.ts'

/** What the process of a bench tells the one that started it. */
export type Told = { notRun: string } | { findings: Findings } | { failed: string }

/** Runs one bench and tells its findings: `<name> <sizes as JSON>`. */
const [name = '', sizes = '{}'] = process.argv.slice(2)

async function measure(): Promise<Told> {
  try {
    const bench = await benchOf(name)
    const notRun = (await bench.missing?.()) ?? null
    return notRun === null ? { findings: await bench.run(JSON.parse(sizes) as Chosen<Sizes>) } : { notRun }
  } catch (error) {
    return { failed: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}

process.send?.(await measure(), () => process.exit(0))
