import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { torture } from './torture/index.ts'

/** `npm run torture [rounds] [seed] [encrypted]`: kills Gyrus – the command line and the running app – and its engine at random moments and holds the record against its audit trail. */
const [rounds = '200', seed = '1', how] = process.argv.slice(2)
const shared = process.env.GYRUS_SHARED ?? join(import.meta.dirname, '..', '..', 'shared')
const images = join(shared, 'datasets', 'brain-tumor-mri', 'Testing', 'meningioma')
if (!existsSync(images)) throw new Error(`${images} is not there (GYRUS_SHARED names the data folder)`)
const folder = mkdtempSync(join(tmpdir(), 'gyrus-torture-'))
try {
  const wrong = await torture({
    images,
    dataDir: join(folder, 'data'),
    rounds: Number(rounds),
    seed: Number(seed),
    longest: 6_000,
    encrypted: how === 'encrypted',
    onRound: ({ round, victim, command, acknowledged, results }) =>
      console.log(`${round}: ${command}, ${victim} killed, ${acknowledged} acknowledged, ${results} results on record`),
  })
  for (const line of wrong) console.log(line)
  console.log(wrong.length === 0 ? `${rounds} kills: nothing lost, nothing double, trail and database sound` : 'BROKEN')
  process.exitCode = wrong.length === 0 ? 0 : 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
