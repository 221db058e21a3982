/**
 * How long a map takes beside one inference, on a sample that was decoded before: the quickest of some runs, since other
 * work on the machine only adds.
 *
 *     node scripts/model/heat/speed.ts [threads]
 */
import { fileURLToPath } from 'node:url'
import { decodeFile } from '../../../src/main/engine/decode/file.ts'
import { faithfulnessOf } from '../../../src/main/engine/explain/faithful.ts'
import { METHODS } from '../../../src/main/engine/explain/index.ts'
import { loadModel } from '../../../src/main/engine/model/index.ts'
import { preprocess, preprocessPlaced } from '../../../src/main/engine/preprocess/index.ts'
import { HEAT_METHODS } from '../../../src/shared/heat.ts'
import { MODEL } from './files.ts'

const RUNS = 40
const model = await loadModel(MODEL, process.argv[2] ? { threads: Number(process.argv[2]) } : {})
const path = fileURLToPath(new URL('../../../resources/samples/sample-01.jpg', import.meta.url))
const image = await decodeFile({ path })
const { signal } = new AbortController()
const own = preprocessPlaced(image, model.manifest.preprocessing)
const of = { model, image, own, label: 'meningioma', signal } as const

async function quickest(name: string, runs: number, work: () => Promise<unknown>): Promise<void> {
  let least = Number.POSITIVE_INFINITY
  for (let run = 0; run <= runs; run++) {
    const begun = performance.now()
    await work()
    if (run > 0) least = Math.min(least, performance.now() - begun)
  }
  console.log(`${name}: ${least.toFixed(1)} ms`)
}

await quickest('preprocessing and one inference', RUNS, async () =>
  model.predict([await preprocess(image, model.manifest.preprocessing)]),
)
for (const name of HEAT_METHODS) await quickest(name, name === 'occlusion' ? 5 : RUNS, () => METHODS[name].make(of))
const heat = await METHODS.cam.make(of)
await quickest('faithfulness', 10, () => faithfulnessOf(model, own, 0.5, 'meningioma', heat))
await model.dispose()
