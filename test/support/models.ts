import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createSession } from '../../src/main/engine/infer/index.ts'
import { modelFolder, sha256Of } from '../../src/main/engine/model/files.ts'
import { goldenInputs } from '../../src/main/engine/model/golden.ts'
import { predict } from '../../src/main/engine/model/predict.ts'
import type { Graph } from '../../src/main/engine/onnx/graph.ts'
import { readOnnx } from '../../src/main/engine/onnx/read.ts'
import { writeOnnx } from '../../src/main/engine/onnx/write.ts'
import { MODEL_DIR } from '../../src/main/installation.ts'
import { LABELS, type Label } from '../../src/shared/labels.ts'
import type { ModelCard, ModelManifest } from '../../src/shared/model.ts'
import type { ModelInputs } from '../../src/shared/model-inputs.ts'
import { packSimilar, unpackSimilar } from '../../src/shared/similar-file.ts'

const SAMPLES = join(MODEL_DIR, '..', '..', 'samples')

export interface ModelChange {
  graph?(graph: Graph): void
  manifest?(manifest: ModelManifest): void
}

/** A whole model folder `<parent>/<id>`: the shipped model, changed, with what it then says of its golden images. */
export async function makeModel(parent: string, id: string, change: ModelChange = {}): Promise<string> {
  const dir = join(parent, id)
  cpSync(MODEL_DIR, dir, { recursive: true })
  const graph = readOnnx(readFileSync(join(dir, 'model.onnx')))
  change.graph?.(graph)
  const weights = writeOnnx(graph)
  const manifest = JSON.parse(readFileSync(join(dir, 'model.json'), 'utf8')) as ModelManifest
  manifest.id = id
  manifest.weights.sha256 = sha256Of(weights)
  change.manifest?.(manifest)
  bindToNetwork(dir, manifest, manifest.inputs)
  bindToNetwork(dir, manifest, manifest.heat)
  bindToNetwork(dir, manifest, manifest.inputGate)
  bindSimilar(dir, manifest)
  const card = JSON.parse(readFileSync(join(dir, 'card.json'), 'utf8')) as ModelCard
  const session = await createSession(weights)
  const predictions = await predict(session, manifest, await goldenInputs(modelFolder(dir), manifest))
  await session.dispose()
  manifest.golden.images.forEach((image, i) => {
    image.probabilities = LABELS.map((label) => predictions[i]?.confidences[label] as number)
  })
  writeFileSync(join(dir, 'model.onnx'), weights)
  writeFileSync(join(dir, 'model.json'), JSON.stringify(manifest))
  writeFileSync(join(dir, 'card.json'), JSON.stringify({ ...card, id, weightsSha256: manifest.weights.sha256 }))
  return dir
}

/** The network is the same up to its last layer, and so is what was made of its features. */
function bindToNetwork(
  dir: string,
  manifest: ModelManifest,
  named: { file: string; sha256: string } | undefined,
): void {
  if (!named) return
  const file = join(dir, named.file)
  const made = JSON.parse(readFileSync(file, 'utf8')) as Pick<ModelInputs, 'weightsSha256' | 'preprocessing'>
  made.weightsSha256 = manifest.weights.sha256
  made.preprocessing = manifest.preprocessing.version
  const text = JSON.stringify(made)
  writeFileSync(file, text)
  named.sha256 = sha256Of(Buffer.from(text))
}

function bindSimilar(dir: string, { similar, weights, preprocessing }: ModelManifest): void {
  if (!similar) return
  const file = join(dir, similar.file)
  const made = unpackSimilar('a model', readFileSync(file))
  Object.assign(made.header, { weightsSha256: weights.sha256, preprocessing: preprocessing.version })
  const bytes = packSimilar(made)
  writeFileSync(file, bytes)
  similar.sha256 = sha256Of(bytes)
}

/** Makes a model call the one label by the name of the other. */
export const swapLabels = (one: Label, other: Label) => (graph: Graph) => {
  for (const name of ['head.weight', 'head.bias']) {
    const data = headTensor(graph, name)
    const width = data.length / LABELS.length
    const [a, b] = [one, other].map((label) => LABELS.indexOf(label) * width) as [number, number]
    const rowOfA = data.slice(a, a + width)
    data.copyWithin(a, b, b + width)
    data.set(rowOfA, b)
  }
}

/** Other weights that say nearly the same. */
export const nudge = (graph: Graph) => {
  const bias = headTensor(graph, 'head.bias')
  bias[0] = (bias[0] as number) + 1e-4
}

function headTensor(graph: Graph, name: string): Float32Array {
  const tensor = graph.initialisers.get(name)
  if (tensor?.type !== 'float32') throw new Error(`the network has no ${name}`)
  return tensor.data
}

/** The sample scans as a labelled set, one folder a class. */
export function sampleSet(folder: string): string {
  const { samples } = JSON.parse(readFileSync(join(SAMPLES, 'samples.json'), 'utf8')) as {
    samples: { file: string; label: Label }[]
  }
  for (const { file, label } of samples) {
    mkdirSync(join(folder, label), { recursive: true })
    cpSync(join(SAMPLES, file), join(folder, label, file))
  }
  return folder
}
