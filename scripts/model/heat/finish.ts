/**
 * Binds a trained head to the shipped model: the threshold that its maps are held against boxes with, by the validation
 * slices, and what it says of the golden images. Writes `heat.json` and `model.json`. Alone, of the head that is there:
 *
 *     node scripts/model/heat/finish.ts
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { decodeFile } from '../../../src/main/engine/decode/file.ts'
import { framed } from '../../../src/main/engine/explain/frame.ts'
import { goldenHeat } from '../../../src/main/engine/explain/golden.ts'
import { heatOf, runHead, toPlaces } from '../../../src/main/engine/explain/head.ts'
import { type packHead, unpackHead } from '../../../src/main/engine/explain/load.ts'
import { subgraph } from '../../../src/main/engine/explain/subgraph.ts'
import { createSession } from '../../../src/main/engine/infer/index.ts'
import { modelFolder, sha256Of } from '../../../src/main/engine/model/files.ts'
import { readOnnx } from '../../../src/main/engine/onnx/read.ts'
import { writeOnnx } from '../../../src/main/engine/onnx/write.ts'
import { preprocessPlaced } from '../../../src/main/engine/preprocess/index.ts'
import { type HeatFile, heatSchema } from '../../../src/shared/heat.ts'
import { manifestSchema } from '../../../src/shared/model.ts'
import { chooseThreshold } from './figures.ts'
import { MODEL, pathOf, readSplit } from './files.ts'

/** A highest value below this is no heat: log-odds of a tumour times the share of the kind. */
const LEAST = 0.05
/** Of log-odds, which reach 10 and more. */
const TOLERANCE = 0.02

interface Trained {
  packed: ReturnType<typeof packHead>
  /** Side of the input, px. */
  size: number
  /** What trained it, in words. */
  data: string
}

export async function finish({ packed, size, data }: Trained): Promise<HeatFile> {
  const manifest = manifestSchema.parse(JSON.parse(readFileSync(join(MODEL, 'model.json'), 'utf8')))
  const head = unpackHead(packed)
  const names = head.levels.map(({ name }) => name)
  const weights = readFileSync(join(MODEL, manifest.weights.file))
  const session = await createSession(writeOnnx(subgraph(readOnnx(weights), names)), { threads: 1 })
  const levels = async (input: Float32Array) =>
    (await session.run(input, [1, 3, size, size], names)).map(({ data, dims }) => toPlaces(data, dims))
  const maps: Parameters<typeof chooseThreshold>[0] = []
  for (const image of readSplit().filter(({ part }) => part === 'validation')) {
    const decoded = await decodeFile({ path: pathOf(image) })
    const { input, shown } = preprocessPlaced(decoded, { ...manifest.preprocessing, size })
    const run = runHead(head, await levels(input))
    const map = framed({ side: run.side, values: heatOf(run, null), shown, least: LEAST }, decoded)
    maps.push({ map, box: image.box })
  }
  const golden = await goldenHeat(modelFolder(MODEL), manifest, size, head, levels)
  await session.dispose()
  const file = heatSchema.parse({
    ...{ format: 1, weightsSha256: manifest.weights.sha256, preprocessing: manifest.preprocessing.version },
    ...{ date: new Date().toISOString().slice(0, 10), data, size, ...packed, least: LEAST },
    ...{ threshold: chooseThreshold(maps), golden: golden.map((one) => one.golden), tolerance: TOLERANCE },
  })
  const text = `${JSON.stringify(file, null, 1)}\n`
  writeFileSync(join(MODEL, 'heat.json'), text)
  const named = { file: 'heat.json', sha256: sha256Of(Buffer.from(text)), by: 'scripts/model/heat/train.ts' }
  writeFileSync(join(MODEL, 'model.json'), `${JSON.stringify({ ...manifest, heat: named }, null, 2)}\n`)
  return file
}

if (import.meta.main) {
  const before = heatSchema.parse(JSON.parse(readFileSync(join(MODEL, 'heat.json'), 'utf8')))
  const { hidden, levels, bias, out, outBias, size, data } = before
  const { threshold, least } = await finish({ packed: { hidden, levels, bias, out, outBias }, size, data })
  console.log(`threshold ${threshold}, least ${least}`)
}
