/**
 * Prints the table of docs/monitoring.md: drift from the training set of the shipped model, on every third public test image as
 * it is and changed, and on every third of its own training images from other sequences.
 *
 *     node scripts/model/drift.ts
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readInputs } from '../../src/main/core/models/inputs.ts'
import { stabilityOf } from '../../src/main/core/monitoring/stability.ts'
import { decodeImage } from '../../src/main/engine/decode/index.ts'
import { loadModel } from '../../src/main/engine/model/index.ts'
import { preprocessMeasured } from '../../src/main/engine/preprocess/index.ts'
import type { DecodedImage, Prediction } from '../../src/main/engine/types.ts'
import { countIn } from '../../src/shared/bins.ts'
import { STATISTICS } from '../../src/shared/input-statistics.ts'
import { calledLabel } from '../../src/shared/labels.ts'
import type { Binned } from '../../src/shared/model-inputs.ts'
import { TRAINED, type TrainedOf } from '../../src/shared/monitoring.ts'
import { random } from '../../src/shared/random.ts'

const EVERY = 3
/** Greys that noise adds or takes, at most, and how often a mean of 3 × 3 blurs. */
const [NOISE, BLURS] = [30, 3]

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url))
const dir = at('resources/models/efl0-2')
const known = await readInputs({ id: 'efl0-2', origin: 'shipped', dir })
if (!known) throw new Error('the model does not carry what it learned from')
const { statistics, size, confidence, features } = known.inputs
const { distance } = features
if (!confidence || !distance) throw new Error('the model was not tried on other images')
const references: Record<TrainedOf, Binned> = {
  ...statistics,
  size,
  confidence: confidence.bins,
  distance: distance.bins,
}
const model = await loadModel(dir)
const draw = random(1)

type Change = (image: DecodedImage) => DecodedImage
const CHANGES: Record<string, Change> = {
  'as they are': (image) => image,
  inverted: (image) => mapped(image, (value) => 255 - value),
  noise: (image) => mapped(image, (value) => value + 2 * NOISE * (draw() - 0.5)),
  blurred: (image) => Array.from({ length: BLURS }).reduce<DecodedImage>(blur, image),
  'half the pixels': halve,
}

const test = imagesIn('../shared/datasets/brain-tumor-mri/Testing')
for (const [name, change] of Object.entries(CHANGES)) await tell(`test images, ${name}`, test, change)
await tell('other sequences', imagesIn('../shared/datasets/other-sequences'), (image) => image)
await model.dispose()

async function tell(name: string, paths: string[], change: Change): Promise<void> {
  const values = Object.fromEntries(TRAINED.map((what) => [what, [] as number[]])) as Record<TrainedOf, number[]>
  for (const path of paths) {
    const image = change(await decodeImage(readFileSync(path)))
    const { input, statistics: measured } = preprocessMeasured(image, model.manifest.preprocessing)
    const [prediction] = (await model.predict([input])) as [Prediction]
    values.distance.push(model.distance(prediction.features) ?? Number.NaN)
    values.confidence.push(prediction.confidences[calledLabel(prediction.confidences)])
    values.size.push(Math.max(image.width, image.height))
    for (const what of STATISTICS) values[what].push(measured[what])
  }
  const far = values.distance.filter((value) => value > (distance?.p95 ?? 0)).length / paths.length
  console.log(`${name}, n = ${paths.length}: far ${(100 * far).toFixed(0)} %`)
  for (const what of TRAINED) {
    const { cuts, counts } = references[what]
    const found = stabilityOf(counts, countIn(cuts, values[what]))
    console.log(`  ${what}: ${found?.psi.toFixed(2)} (${found?.chance.toFixed(2)})`)
  }
}

function imagesIn(folder: string): string[] {
  const files = readdirSync(at(folder), { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.(jpg|png)$/.test(file),
  )
  return files
    .sort()
    .filter((_, i) => i % EVERY === 0)
    .map((file) => join(at(folder), file))
}

function mapped(image: DecodedImage, change: (value: number) => number): DecodedImage {
  return { ...image, data: Uint8Array.from(image.data, (value) => Math.max(0, Math.min(255, change(value)))) }
}

/** The mean of 3 × 3 pixels; the border stays. */
function blur(image: DecodedImage): DecodedImage {
  const { width, height, channels, data } = image
  const blurred = Uint8Array.from(data)
  for (let y = 1; y < height - 1; y++)
    for (let x = 1; x < width - 1; x++)
      for (let c = 0; c < channels; c++) {
        let sum = 0
        for (const dy of [-1, 0, 1])
          for (const dx of [-1, 0, 1]) sum += data[((y + dy) * width + x + dx) * channels + c] as number
        blurred[(y * width + x) * channels + c] = sum / 9
      }
  return { ...image, data: blurred }
}

/** Every other pixel of every other row. */
function halve(image: DecodedImage): DecodedImage {
  const { channels, data } = image
  const [width, height] = [image.width >> 1, image.height >> 1]
  const half = new Uint8Array(width * height * channels)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let c = 0; c < channels; c++)
        half[(y * width + x) * channels + c] = data[(2 * y * image.width + 2 * x) * channels + c] as number
  return { ...image, width, height, data: half }
}
