import { mkdirSync } from 'node:fs'
import { listOf, readCall, USAGE } from './bench/support/call.ts'
import { allBenches } from './bench/support/catalogue.ts'
import { renderInto, runBenches } from './bench/support/runner.ts'

/** Measures and writes docs/bench.json and docs/bench.md. Nothing here fails on a slow machine. */
try {
  const { act, into, ...call } = readCall(process.argv.slice(2), await allBenches())
  if (act === 'list') console.log(listOf(call.benches))
  else if (act === 'render') await renderInto(into)
  else {
    mkdirSync(into, { recursive: true })
    const failed = await runBenches({ into, ...call, say: console.log })
    if (failed.length > 0) throw new Error(`failed: ${failed.join(', ')}; what was found of them before stands`)
  }
} catch (error) {
  console.error(`${(error as Error).message}\n\n${USAGE}`)
  process.exitCode = 1
}
