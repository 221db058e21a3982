/**
 * Writes `inputs.json` of the model that ships: what the images were like that it learned from. Takes the run that it was
 * made of (docs/runs/efl0-2/a-all), divides `../shared/datasets` as that run did, and measures its images with the network
 * as it ships. Refuses where the images, or their sides, are not those of the run. Weights and card stay as they are.
 *
 *     node scripts/model/inputs.ts
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { makeInputs } from '../../src/main/engine/inputs/index.ts'
import { sha256Of } from '../../src/main/engine/model/files.ts'
import { readPredictions, readSummary } from '../../src/main/engine/package-run/read-run.ts'
import { manifestSchema } from '../../src/shared/model.ts'
import { modelInputsSchema } from '../../src/shared/model-inputs.ts'

const MODEL = 'efl0-2'
const FOLDS = [0, 1, 2, 3, 4]
const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url))
const runs = at(`docs/runs/${MODEL}`)
const dir = at(`resources/models/${MODEL}`)

const manifest = manifestSchema.parse(JSON.parse(readFileSync(join(dir, 'model.json'), 'utf8')))
const inputs = await makeInputs(
  {
    ...{ manifest, data: 'brain-tumor-mri/Training and other-sequences' },
    summary: await readSummary(join(runs, 'a-all')),
    onnx: readFileSync(join(dir, manifest.weights.file)),
    own: await readPredictions(join(runs, 'a-all/predictions.json')),
    folds: await Promise.all(FOLDS.map((fold) => readPredictions(join(runs, `a-f${fold}/predictions.json`)))),
  },
  {
    signal: new AbortController().signal,
    onProgress: ({ stage, done, total }) => {
      if (done % 500 === 0) console.error(`${stage}: ${done} of ${total}`)
    },
  },
)
if (!inputs) throw new Error('the images in ../shared/datasets are not those that it was trained on')
const text = `${JSON.stringify(modelInputsSchema.parse(inputs), null, 1)}\n`
writeFileSync(join(dir, 'inputs.json'), text)
const named = { file: 'inputs.json', sha256: sha256Of(Buffer.from(text)), by: 'scripts/model/inputs.ts' }
writeFileSync(join(dir, 'model.json'), `${JSON.stringify({ ...manifest, inputs: named }, null, 2)}\n`)
console.log(`${text.length} bytes, ${inputs.training.n} images`)
