import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fuzz } from './fuzz/index.ts'

/** `npm run fuzz [rounds] [seed]`: decodes mutated DICOM files; each is to be read or refused with a code, within 5 s. */
const [rounds = 5_000, seed = 1] = process.argv.slice(2).map(Number)
const folder = join(import.meta.dirname, '../test/engine/dicom/files')
const files = readdirSync(folder).map((name) => new Uint8Array(readFileSync(join(folder, name))))
const { outcomes, wrong } = await fuzz(files, { rounds, seed })
for (const [outcome, n] of Object.entries(outcomes).sort(([, a], [, b]) => b - a))
  console.log(`${n}`.padStart(7), outcome)
for (const { round, what } of wrong) console.log(`round ${round}: ${what}`)
console.log(
  wrong.length === 0
    ? `All ${rounds} were read or refused with a code.`
    : `${wrong.length} were neither read nor refused.`,
)
process.exitCode = wrong.length === 0 ? 0 : 1
