/**
 * What the gate costs one warm slice, in milliseconds: the median over the samples of the quickest of many runs.
 *
 *     node scripts/model/input-gate/speed.ts
 */
import { readdirSync, readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { decodeImage } from '../../../src/main/engine/decode/index.ts'
import { judgeInput } from '../../../src/main/engine/input-gate/index.ts'
import { lookAt } from '../../../src/main/engine/input-gate/look.ts'
import { outlineOf } from '../../../src/main/engine/input-gate/outline.ts'
import { loadModel } from '../../../src/main/engine/model/index.ts'
import { preprocessMeasured } from '../../../src/main/engine/preprocess/index.ts'
import type { Prediction } from '../../../src/main/engine/types.ts'
import { quantile } from '../../../src/shared/quantile.ts'
import { MODEL } from './files.ts'

const RUNS = 30
const samples = join(MODEL, '../../samples')
const model = await loadModel(MODEL)
const { preprocessing } = model.manifest
const spent: Record<string, number[]> = {}

for (const name of readdirSync(samples).filter((file) => /\.(jpg|png)$/.test(file))) {
  const best: Record<string, number> = {}
  const timed = <T>(what: string, started: number, result: T): T => {
    best[what] = Math.min(best[what] ?? Number.POSITIVE_INFINITY, performance.now() - started)
    return result
  }
  const bytes = readFileSync(join(samples, name))
  for (let run = 0; run < RUNS; run++) {
    const start = performance.now()
    const image = timed('decode', start, await decodeImage(bytes))
    const { input, statistics, seen } = timed('preprocess', performance.now(), preprocessMeasured(image, preprocessing))
    const looked = performance.now()
    const look = lookAt({ image, ...seen })
    const shape = model.inputGate.shape(outlineOf(seen.planes, preprocessing.size))
    timed('gate: picture', looked, null)
    const [prediction] = timed('network', performance.now(), await model.predict([input])) as [Prediction]
    const answered = performance.now()
    const distance = model.distance(prediction.features)
    judgeInput({ look, statistics, dicom: image.dicom, distance, shape }, model.inputGate.limits)
    model.answerSet(prediction.confidences)
    timed('gate: answer', answered, null)
    timed('all', start, null)
  }
  for (const [what, ms] of Object.entries(best)) spent[what] = [...(spent[what] ?? []), ms]
}
await model.dispose()
console.log(`${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}`)
for (const [what, all] of Object.entries(spent))
  console.log(
    what,
    quantile(
      all.toSorted((a, b) => a - b),
      0.5,
    ).toFixed(2),
    'ms',
  )
