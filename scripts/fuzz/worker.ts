import { parentPort, workerData } from 'node:worker_threads'
import { decodeImage } from '../../src/main/engine/decode/index.ts'
import { namedFiles } from '../../src/main/engine/medium/records.ts'
import { asExported } from '../../src/main/engine/preprocess/square.ts'
import { GyrusError } from '../../src/shared/errors.ts'
import { random } from '../../src/shared/random.ts'
import type { FuzzRange } from './index.ts'
import { mutate } from './mutate.ts'

/** Reads mutated files one after another, and tells after each what came of it. */
const { files, from, to, seed, what } = workerData as FuzzRange & { files: Uint8Array[] }

for (let round = from; round < to; round++) {
  const next = random(seed + round)
  const pick = () => files[Math.floor(next() * files.length)] as Uint8Array
  const outcome = await outcomeOf(mutate(pick(), pick(), next))
  parentPort?.postMessage({ round, outcome })
}

async function outcomeOf(bytes: Uint8Array): Promise<string> {
  try {
    if (what === 'directory') namedFiles(bytes)
    else asExported(await decodeImage(bytes))
    return 'decoded'
  } catch (error) {
    if (error instanceof GyrusError) return error.code
    return `not coded: ${error instanceof Error ? error.stack : String(error)}`
  }
}
