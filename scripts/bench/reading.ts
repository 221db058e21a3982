import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MODEL_DIR, openCore } from '../../src/main/compose.ts'
import { findFiles } from '../../src/main/core/intake/find.ts'
import type { ModelManifest } from '../../src/shared/model.ts'
import { kerasReading } from './keras.ts'
import { meanTimings, timeStore } from './split.ts'

const ROUNDS = 3
const BY = { actor: 'bench', source: 'command-line' } as const

/** Cold start to last logged result of a folder, against the bare loop in the same run; then where the time goes. */
export async function benchReading(images: string): Promise<string[]> {
  const bare: number[] = []
  const gyrus: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    bare.push(timeProcess(['scripts/bench/bare-loop.ts', MODEL_DIR, images]))
    gyrus.push(
      inFolder((data) => timeProcess(['src/main/cli/main.ts', 'classify', images, '--json', '--data-dir', data])),
    )
  }
  const ratio = median(gyrus) / median(bare)
  return [
    `Cold start to last result, median of ${ROUNDS}: Gyrus with logging ${seconds(median(gyrus))}, bare loop ${seconds(median(bare))}, ratio ${ratio.toFixed(2)} (aim: at most 1.25)`,
    againstPython(images, median(gyrus)),
    await inFolder((data) => benchStart(data)),
    ...(await inFolder((data) => benchWarm(images, data))),
  ]
}

/** The same folder by a plain Python script with the same network, once, after one that warms the disk's cache. */
function againstPython(images: string, gyrus: number): string {
  const { size } = (JSON.parse(readFileSync(join(MODEL_DIR, 'model.json'), 'utf8')) as ModelManifest).preprocessing
  const warm = kerasReading(images, size)
  const python = 'reason' in warm ? warm : kerasReading(images, size)
  if ('reason' in python) return `Plain Python script (OpenCV, Keras): not run, ${python.reason}`
  const ratio = (python.seconds * 1000) / gyrus
  return `Plain Python script (OpenCV, Keras), same network, cold start to last result: ${python.seconds.toFixed(2)} s, Gyrus is ${ratio.toFixed(1)} times as fast (aim: at least 4)`
}

/** From the start of the process to the address that a browser can open, and to the engine's first answer. */
async function benchStart(dataDir: string): Promise<string> {
  const start = performance.now()
  const server = spawn(process.execPath, ['scripts/start.ts', '--no-open', '--browser', '--data-dir', dataDir])
  for await (const chunk of server.stdout) if (String(chunk).includes('http')) break
  const ready = performance.now() - start
  server.kill()
  return `Process start to core ready and address served: ${ready.toFixed(0)} ms (aim: under 1000)`
}

async function benchWarm(images: string, dataDir: string): Promise<string[]> {
  const start = performance.now()
  const { core, close } = await openCore(dataDir)
  const coreReady = performance.now() - start
  const log = timeStore(core.store)
  const files = await Array.fromAsync(findFiles([images]))
  for await (const _ of core.intake.open(files.slice(0, 64), BY));
  const engineReady = performance.now() - start
  log.reset()
  const warm = performance.now()
  for await (const _ of core.intake.open(files, BY));
  const wall = (performance.now() - warm) / files.length
  const logged = log.total() / files.length
  const split = Object.entries(await meanTimings(core.store, files.length))
    .map(([step, mean]) => `${step} ${mean.toFixed(2)}`)
    .join(', ')
  await close()
  return [
    `Opening the core, modules loaded: ${coreReady.toFixed(0)} ms; first 64 results logged after ${engineReady.toFixed(0)} ms`,
    `Warm, ${files.length} images, ms an image: wall ${wall.toFixed(2)}; of it, overlapping: ${split}, log ${logged.toFixed(2)}`,
  ]
}

/** Wall time of one Node process, start to end, ms. */
function timeProcess(args: string[]): number {
  const start = performance.now()
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 2 ** 27 })
  if (status !== 0) throw new Error(`${args[0]} ended with ${status}: ${stderr}`)
  return performance.now() - start
}

function inFolder<T>(work: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'gyrus-bench-'))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  const result = work(folder)
  if (result instanceof Promise) return result.finally(remove) as T
  remove()
  return result
}

const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] as number
const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`
