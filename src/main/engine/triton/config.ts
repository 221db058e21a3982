import { BANNER } from '../../../shared/labels.ts'
import type { ModelManifest } from '../../../shared/model.ts'
import { DATA_TYPES } from '../onnx/schema.ts'
import type { NetworkSignature, TensorSignature } from '../onnx/signature.ts'
import { EnumName, type TextMessage, textFormat } from './text-format.ts'

/** Images that Triton may put into one run, where the network takes any number: as many as Gyrus does. */
const MAX_BATCH = 16

export const LABELS_FILE = 'labels.txt'

/** What Triton is told of a network. */
export interface Served {
  input: TensorSignature
  logits: TensorSignature
  /** Largest number of images in one request; null where the network takes one fixed number, which its shapes name. */
  maxBatch: number | null
  /** Without the number of images, unless that is fixed. −1 of an output: any size. */
  inputDims: number[]
  logitsDims: number[]
}

/**
 * The network's one input and its logits, as its file declares them.
 * @throws Error where the network is none that Gyrus could ask
 */
export function servedOf({ inputs, outputs }: NetworkSignature, { labels, preprocessing }: ModelManifest): Served {
  const { size } = preprocessing
  const [input] = inputs
  const logits = outputs.find(({ name }) => name === 'logits')
  if (!input || inputs.length > 1) throw new Error(`the network has ${inputs.length} inputs, one is needed`)
  if (!logits) throw new Error('the network has no output “logits”')
  for (const { name, type } of [input, logits]) {
    if (type !== DATA_TYPES.float32) throw new Error(`“${name}” is not float32`)
  }
  if (!fits(input, [3, size, size])) throw new Error(`“${input.name}” takes no 3 × ${size} × ${size}`)
  if (!fits(logits, [labels.length])) throw new Error(`“logits” is not ${labels.length} wide`)
  const open = input.dims[0] === null && logits.dims[0] === null
  const from = open ? 1 : 0
  return {
    input,
    logits,
    maxBatch: open ? MAX_BATCH : null,
    // The network may take other sides; what the preprocessing makes has these.
    inputDims: [input.dims[0] ?? 1, 3, size, size].slice(from),
    // Triton wants those of an output exactly as they stand in the file.
    logitsDims: logits.dims.map((dim) => dim ?? -1).slice(from),
  }
}

const fits = ({ dims }: TensorSignature, image: number[]) =>
  dims.length === image.length + 1 && image.every((side, i) => dims[i + 1] === null || dims[i + 1] === side)

/** `config.pbtxt`: a `ModelConfig` of Triton. What is left out (instances, versions, devices) is Triton's default. */
export function tritonConfig(served: Served, manifest: ModelManifest, preprocessingSha256: string): string {
  const { input, logits, maxBatch, inputDims, logitsDims } = served
  const float32 = new EnumName('TYPE_FP32')
  const config: TextMessage = [
    ['name', manifest.id],
    ['backend', 'onnxruntime'],
    ['max_batch_size', maxBatch ?? 0],
    [
      'input',
      [
        ['name', input.name],
        ['data_type', float32],
        ['dims', inputDims],
      ],
    ],
    [
      'output',
      [
        ['name', logits.name],
        ['data_type', float32],
        ['dims', logitsDims],
        ['label_filename', LABELS_FILE],
      ],
    ],
    ...(maxBatch === null ? [] : ([['dynamic_batching', []]] satisfies TextMessage)),
    // A caller can ask the server for these, and see whether it prepares images for this very model.
    parameter('gyrus_model_version', manifest.version),
    parameter('gyrus_weights_sha256', manifest.weights.sha256),
    parameter('gyrus_preprocessing', manifest.preprocessing.version),
    parameter('gyrus_preprocessing_sha256', preprocessingSha256),
    parameter('gyrus_temperature', String(manifest.temperature)),
    parameter('gyrus_use', BANNER),
  ]
  return textFormat(config)
}

const parameter = (key: string, value: string): TextMessage[number] => [
  'parameters',
  [
    ['key', key],
    ['value', [['string_value', value]]],
  ],
]
