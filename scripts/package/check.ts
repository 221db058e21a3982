/**
 * `npm run package:check`: shows of the packaging what needs no Electron program: that the configuration is valid, that the packed
 * folder has all that it needs and nothing else, runs, and is not too large. Ends with 1 where something is wrong.
 */
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { folderBytes } from '../../src/main/native-engine/files.ts'
import type { Lock } from '../shipped.ts'
import { ROOT } from './builder.ts'
import { BUDGET, superfluous } from './file-set.ts'
import { packApp } from './packed.ts'
import { tryPacked } from './tried.ts'

const MIB = 2 ** 20
const work = await mkdtemp(join(tmpdir(), 'gyrus-package-'))
try {
  const { installed, readable, files } = await packApp(join(work, 'made'))
  const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as Lock
  const wrong = superfluous(files, lock, process)
  const resources = join(installed, 'resources')
  const unpacked = await folderBytes(join(resources, 'app.asar.unpacked'))
  const archive = readFileSync(join(resources, 'app.asar')).length
  const sizes = { archive, unpacked, resources: (await folderBytes(resources)) - archive - unpacked }
  for (const [part, bytes] of Object.entries(sizes)) {
    const most = BUDGET[part as keyof typeof BUDGET]
    console.log(`${part}: ${(bytes / MIB).toFixed(1)} MiB (at most ${most})`)
    if (bytes > most * MIB) wrong.push(`${part} is larger than ${most} MiB`)
  }
  console.log(`${files.length} files and folders in the archive`)
  for (const tried of await tryPacked(readable, join(work, 'tried'))) console.log(`runs: ${tried}`)
  for (const problem of wrong) console.error(problem)
  if (wrong.length > 0) process.exitCode = 1
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
} finally {
  await rm(work, { recursive: true, force: true })
}
