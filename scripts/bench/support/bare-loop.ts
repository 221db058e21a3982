import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import sharp from 'sharp'
import type { ModelManifest } from '../../../src/shared/model.ts'

/**
 * What everything else is compared with: sharp and ONNX Runtime over the images of a folder, one after the other, and
 * nothing around it. Arguments: model folder, image folder. Prints one JSON line.
 */
const [modelDir, imageDir] = process.argv.slice(2) as [string, string]
const manifest = JSON.parse(readFileSync(join(modelDir, 'model.json'), 'utf8')) as ModelManifest
const { size, normalise } = manifest.preprocessing
const plane = size * size

const session = await InferenceSession.create(join(modelDir, manifest.weights.file))
const [inputName] = session.inputNames as [string]
const files = readdirSync(imageDir, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.jpg'))

let decode = 0
let inference = 0
for (const name of files) {
  const start = performance.now()
  const pixels = await sharp(join(imageDir, name))
    .toColourspace('srgb')
    .resize(size, size, { fit: 'fill' })
    .removeAlpha()
    .raw()
    .toBuffer()
  const input = new Float32Array(3 * plane)
  for (let i = 0; i < plane; i++) {
    for (let c = 0; c < 3; c++) input[c * plane + i] = ((pixels[3 * i + c] as number) - normalise.mean) / normalise.std
  }
  const decoded = performance.now()
  await session.run({ [inputName]: new Tensor('float32', input, [1, 3, size, size]) })
  decode += decoded - start
  inference += performance.now() - decoded
}
console.log(
  JSON.stringify({ images: files.length, decode: decode / files.length, inference: inference / files.length }),
)
