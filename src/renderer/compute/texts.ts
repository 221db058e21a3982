import type { EngineKind, InstallStep } from '../../shared/native-engine.ts'
import type { FoundProvider, Measured, ProviderOutcome } from '../../shared/providers.ts'
import { plural } from '../format.ts'

const kinds: Record<EngineKind, string> = {
  'gpu-package': 'TensorFlow on the GPU (package tfjs-node-gpu)',
  package: 'TensorFlow (package tfjs-node)',
  installed: 'TensorFlow, installed by Gyrus',
}
const steps: Record<InstallStep, string> = {
  library: 'Fetching TensorFlow',
  binding: 'Fetching its binding',
  headers: 'Fetching headers',
  unpack: 'Unpacking',
  compile: 'Compiling',
  check: 'Checking that it computes rightly',
  finish: 'Finishing',
}

const names: Record<string, string> = {
  'onnxruntime-cpu': 'ONNX Runtime on the processor',
  'onnxruntime-cuda': 'ONNX Runtime on NVIDIA (CUDA)',
  'onnxruntime-tensorrt': 'ONNX Runtime on NVIDIA (TensorRT)',
  'onnxruntime-webgpu': 'ONNX Runtime on a GPU (WebGPU)',
  'onnxruntime-dml': 'ONNX Runtime on a GPU (DirectML)',
  'onnxruntime-coreml': 'ONNX Runtime on Apple’s CoreML',
  'tfjs-wasm': 'TensorFlow.js on WebAssembly',
  tensorflow: 'TensorFlow (training engine)',
}
const worksBut: Record<FoundProvider['role'], string> = {
  read: 'Works. It takes over where ONNX Runtime does not start.',
  train: 'Works. It trains; scans are not read with it.',
  none: 'Works, and is not used: scans are read alike on every machine.',
}

const providers = {
  title: 'Reading engine',
  text: 'What can run the model on this machine. Scans are read with the first that starts and gives the model’s golden images the answers that they had when it was made. There is nothing to set.',
  name: (id: string) => names[id] ?? id,
  columns: { name: 'Provider', single: 'One image', batch: 'Each of 16', use: 'Use' },
  used: 'Reads scans',
  notUsed(outcome: ProviderOutcome | undefined, role: FoundProvider['role']): string {
    if (!outcome) return 'Not tried yet.'
    if (outcome.state === 'works') return worksBut[role]
    if (outcome.state === 'missing') return `Not found here: ${outcome.reason}`
    if (outcome.state === 'failed') return `Does not work here: ${outcome.reason}`
    return `Refused: its answers to the golden images are off by up to ${outcome.reason}.`
  },
  measure: 'Try and measure',
  again: 'Measure again',
  measuring: 'Measuring',
  failed: 'The last measurement came to nothing.',
  never: 'Nothing was measured yet. It takes about a minute; reading goes on and comes first.',
  measured: (at: string, model: string, version: string, { cpu, cores, gpu }: Measured['machine']) =>
    `Milliseconds of the network for an image, the quickest run, without reading the file. Measured ${at} with ${model} by Gyrus ${version} on ${cpu}, ${plural(cores, 'processor', 'processors')}, ${gpu ?? 'no NVIDIA GPU'}.`,
  old: (model: string) => `Scans are read by ${model} now: measure again for its numbers.`,
  looking: 'Looking for what is there…',
}

export const computeTexts = {
  providers,
  machine: 'This machine',
  native: 'Training engine',
  nativeText:
    'Reading scans needs nothing more than Gyrus. Training whole networks needs TensorFlow, which Gyrus can install into its data folder: some 700 MB on the disk, two to three minutes.',
  full: 'Whole networks can be trained on this machine.',
  headOnly: 'Only the last layer (recipe “head”) can be trained on this machine.',
  used: (kind: EngineKind, version: string, bytes: number) =>
    `${kinds[kind]}, version ${version}, ${Math.round(bytes / 1e6)} MB`,
  verified: (at: string) => `Computed rightly on ${at}.`,
  notUsed: 'Not used, and why',
  kinds,
  obstacles: 'What stands in the way of an installation',
  step: (step: InstallStep, index: number, of: number) => `${steps[step]} (${index} of ${of})`,
  installing: 'Installing the training engine',
  looking: 'Looking for it…',
  install: 'Install',
  goOn: 'Go on installing',
  remove: 'Remove',
  removeSure: 'Whole networks can then not be trained until it is installed again. Reading goes on as it is.',
  removed: (bytes: number) => `The training engine was removed: ${Math.round(bytes / 1e6)} MB are free again.`,
  failed: 'The last installation came to nothing.',
}
