import { once } from 'node:events'
import { readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { beforeAll, expect, test } from 'vitest'
import { buildElectron } from '../../scripts/electron-build.ts'
import { optionIn } from '../../src/main/electron/arguments.ts'
import { forkEngineFrom } from '../../src/main/fork-engine.ts'
import { countRows, openStore } from '../../src/main/store/index.ts'
import { contract } from '../../src/shared/contract.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { openPaths, openTestCore } from '../support/core.ts'
import { writePicture } from '../support/images.ts'

/** As deep below the root as dist/electron: the bundles find packages and resources from there. */
const bundles = join(dirname(dirname(import.meta.dirname)), '.cache', 'electron-build-test')

beforeAll(() => buildElectron(bundles))

test('the preload holds the names of all requests, and nothing of how they are checked', () => {
  const preload = join(bundles, 'preload.cjs')
  const code = readFileSync(preload, 'utf8')
  const names = Object.keys(contract)
  for (const name of names) expect(code).toContain(`"${name}"`)
  // However many requests there are, nothing else comes with them.
  expect(statSync(preload).size - JSON.stringify(names).length).toBeLessThan(1_250)
})

test('the bundled engine reads a scan', async () => {
  const folder = temporaryFolder()
  const startEngine = () => forkEngineFrom(join(bundles, 'engine.js'))
  const { core } = await openTestCore(join(folder, 'data'), { startEngine })
  const [outcome] = await openPaths(core, await writePicture(folder, 'slice.png'))
  expect(outcome).toMatchObject({ status: 'analysed', fileName: 'slice.png' })
})

test.for([
  [['electron', 'main.js', '--data-dir', '/a b'], '/a b'],
  [['electron', 'main.js', '--no-sandbox', '--data-dir=/a=b'], '/a=b'],
  [['electron', 'main.js', '--data-dir'], undefined],
  [['electron', 'main.js', '--data-directory', '/a'], undefined],
] as const)('the data folder in %j is %s', ([args, value]) => {
  expect(optionIn(args, '--data-dir')).toBe(value)
})

test('the bundled thread copies an encrypted database', async () => {
  const folder = temporaryFolder()
  const [source, target] = [join(folder, 'source.sqlite'), join(folder, 'target.sqlite')]
  const key = new Uint8Array(32).fill(5)
  await (await openStore(source, key)).close()
  const worker = new Worker(join(bundles, 'copy-worker.js'), { workerData: { source, target, key } })
  expect(await once(worker, 'message')).toEqual([null])
  await worker.terminate()
  expect(countRows(target, key)).toEqual(countRows(source, key))
  expect(readFileSync(target).subarray(0, 15).toString('latin1')).not.toBe('SQLite format 3')
})

test('the bundled thread looks at an encrypted database', async () => {
  const file = join(temporaryFolder(), 'source.sqlite')
  const key = new Uint8Array(32).fill(5)
  await (await openStore(file, key)).close()
  const worker = new Worker(join(bundles, 'look-worker.js'), { workerData: { file, key } })
  const answers: unknown[] = []
  worker.on('message', (answer) => void answers.push(answer))
  await once(worker, 'exit')
  expect(answers.at(-1)).toEqual({ found: null })
})
