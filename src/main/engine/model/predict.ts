import type { Confidences } from '../../../shared/labels.ts'
import { LABELS } from '../../../shared/labels.ts'
import type { ModelManifest } from '../../../shared/model.ts'
import type { Session } from '../infer/provider.ts'
import { softmax } from '../infer/softmax.ts'
import type { Prediction } from '../types.ts'

/** Runs a batch of preprocessed images (each `3 × size × size`) through the network in one go. */
export async function predict(
  session: Session,
  manifest: ModelManifest,
  inputs: Float32Array[],
): Promise<Prediction[]> {
  if (inputs.length === 0) return []
  const { size } = manifest.preprocessing
  const [logits, features] = await session.run(join(inputs), [inputs.length, 3, size, size], ['logits', 'features'])
  const width = features?.dims[1]
  if (!logits || !features || !width || logits.dims[1] !== LABELS.length) {
    throw new Error(`the network gave ${logits?.dims[1]} logits, ${LABELS.length} are needed`)
  }
  return inputs.map((_, i) => {
    const ofImage = logits.data.slice(i * LABELS.length, (i + 1) * LABELS.length)
    return {
      confidences: toConfidences(softmax(ofImage, manifest.temperature)),
      logits: ofImage,
      features: features.data.slice(i * width, (i + 1) * width),
    }
  })
}

/** Of probabilities in the order of `LABELS`. */
export function toConfidences(probabilities: number[]): Confidences {
  return Object.fromEntries(LABELS.map((label, i) => [label, probabilities[i]])) as Confidences
}

function join(inputs: Float32Array[]): Float32Array {
  const [first] = inputs
  if (inputs.length === 1 && first) return first
  const joined = new Float32Array(inputs.reduce((sum, input) => sum + input.length, 0))
  let offset = 0
  for (const input of inputs) {
    joined.set(input, offset)
    offset += input.length
  }
  return joined
}
