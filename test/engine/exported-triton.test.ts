import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ort from 'onnxruntime-node'
import { beforeAll, describe, expect, it } from 'vitest'
import { sha256Of } from '../../src/main/engine/model/files.ts'
import { SHIPPED_MODEL } from '../../src/main/installation.ts'
import { Cleanup, temporaryFolder } from '../support/cleanup.ts'
import { needsShared } from '../support/needs-shared.ts'
import { shared } from '../support/shared.ts'
import { prepareByNote, probabilitiesByNote } from './support/by-note.ts'
import { pythonWith, run } from './support/python.ts'
import { type Message, readConfig } from './support/text-proto.ts'

const main = join(import.meta.dirname, '..', '..', 'src', 'main', 'cli', 'main.ts')

/** The exported model's folder. */
let dir = ''
let dataDir = ''
const gyrus = (...args: string[]) => {
  const { stdout, stderr, status } = spawnSync(process.execPath, [main, ...args, '--data-dir', dataDir], {
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(stderr)
  return stdout
}
beforeAll(() => {
  const cleanup = new Cleanup()
  const folder = temporaryFolder(cleanup.add)
  dataDir = join(folder, 'data')
  gyrus('models', 'export', SHIPPED_MODEL, join(folder, 'repository'), '--for', 'triton')
  dir = join(folder, 'repository', SHIPPED_MODEL)
  return cleanup.run
})

const readText = (file: string) => readFileSync(join(dir, file), 'utf8')
const manifest = () => JSON.parse(readText('manifest.json'))

/** What a caller of the server would do: the note, a request of the configuration's shape, the note. */
async function askedByNote(files: string[]): Promise<number[][]> {
  const config = readConfig(readText('config.pbtxt')) as { input: Message[]; output: Message[]; max_batch_size: number }
  const [input, output] = [config.input[0], config.output[0]] as { name: string; dims: number[] }[]
  if (!input || !output) throw new Error('no input or output')
  expect(files.length).toBeLessThanOrEqual(config.max_batch_size)
  const { preprocessing, temperature } = manifest()
  const images = await Promise.all(files.map((file) => prepareByNote(file, preprocessing)))
  const data = Float32Array.from(images.flatMap((image) => [...image]))
  const session = await ort.InferenceSession.create(join(dir, '1', 'model.onnx'))
  const answer = await session.run({ [input.name]: new ort.Tensor('float32', data, [files.length, ...input.dims]) })
  const logits = answer[output.name]
  await session.release()
  if (!(logits?.data instanceof Float32Array)) throw new Error('no logits')
  expect(logits.dims).toEqual([files.length, ...output.dims])
  const rows = [...logits.data]
  return files.map((_, i) => probabilitiesByNote(rows.slice(4 * i, 4 * i + 4), temperature))
}

function expectSame(found: number[] | undefined, wanted: number[], within: number, what: string): void {
  for (const [i, probability] of wanted.entries()) {
    expect(Math.abs((found?.[i] ?? Number.NaN) - probability), `${what}, ${i}`).toBeLessThan(within)
  }
}

describe('whoever does what PREPROCESSING.md says', () => {
  it('gets the golden probabilities', async () => {
    const { golden } = manifest()
    const found = await askedByNote(golden.images.map(({ file }: { file: string }) => join(dir, file)))
    for (const [i, { file, probabilities }] of golden.images.entries()) {
      expectSame(found[i], probabilities, golden.tolerance, file)
    }
  })

  const testing = shared('datasets/brain-tumor-mri/Testing')
  const others = shared('datasets/other-sequences')
  needsShared(testing && others)
  it.skipIf(!testing || !others)(
    'gets what gyrus classify says of shared images, within 0.00001',
    async () => {
      const first = (folder: string | null, n: number) =>
        readdirSync(folder ?? '')
          .filter((name) => name.endsWith('.jpg'))
          .toSorted()
          .slice(0, n)
          .map((name) => join(folder ?? '', name))
      const labels = readText('labels.txt').trimEnd().split('\n')
      const files = [...labels.flatMap((label) => first(join(testing ?? '', label), 2)), ...first(others, 2)]
      const lines = gyrus('classify', ...files, '--json', '--no-log')
        .trimEnd()
        .split('\n')
      const said = new Map(lines.map((line) => JSON.parse(line)).map((one) => [one.file, one]))
      const found = await askedByNote(files)
      expect(found).toHaveLength(10)
      for (const [i, file] of files.entries()) {
        const { confidences } = said.get(file)
        expectSame(
          found[i],
          labels.map((label) => confidences[label]),
          1e-5,
          file,
        )
      }
    },
    60_000,
  )
})

/** Reads the configuration by Triton's own schema, as its client for Python brings it; none of its code is loaded but that. */
const SCRIPT = `
import importlib.util, json, os, sys
from google.protobuf import text_format
found = importlib.util.find_spec('tritonclient').submodule_search_locations[0]
spec = importlib.util.spec_from_file_location('model_config_pb2', os.path.join(found, 'grpc', 'model_config_pb2.py'))
schema = importlib.util.module_from_spec(spec)
spec.loader.exec_module(schema)
if len(sys.argv) > 1:
    config = text_format.Parse(open(sys.argv[1]).read(), schema.ModelConfig())
    tensors = lambda all: [[t.name, schema.DataType.Name(t.data_type), list(t.dims)] for t in all]
    print(json.dumps({
        'name': config.name, 'backend': config.backend, 'max_batch_size': config.max_batch_size,
        'input': tensors(config.input), 'output': tensors(config.output),
        'labels': [t.label_filename for t in config.output], 'scheduling': config.WhichOneof('scheduling_choice'),
        'parameters': {key: value.string_value for key, value in config.parameters.items()},
    }))
`

/** “JSON with sorted keys and no white space”. */
const sortedJson = (value: unknown): string =>
  JSON.stringify(value, (_, one) =>
    one !== null && typeof one === 'object' && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  )

it('is a configuration by Triton’s own schema', async ({ skip }) => {
  const found = await pythonWith('triton-test', ['tritonclient==2.73.0', 'protobuf==6.33.5', '--no-deps'], SCRIPT)
  if ('reason' in found) return skip(found.reason)
  const { stdout } = await run(found.path, ['-c', SCRIPT, join(dir, 'config.pbtxt')])
  const { preprocessing, temperature, version, files } = manifest()
  const weights = files.find(({ file }: { file: string }) => file === '1/model.onnx')
  expect(JSON.parse(stdout)).toMatchObject({
    name: SHIPPED_MODEL,
    backend: 'onnxruntime',
    max_batch_size: 16,
    input: [['input', 'TYPE_FP32', [3, preprocessing.size, preprocessing.size]]],
    output: [['logits', 'TYPE_FP32', [4]]],
    labels: ['labels.txt'],
    scheduling: 'dynamic_batching',
    parameters: {
      gyrus_model_version: version,
      gyrus_weights_sha256: weights.sha256,
      gyrus_preprocessing: preprocessing.version,
      gyrus_preprocessing_sha256: sha256Of(new TextEncoder().encode(sortedJson(preprocessing))),
      gyrus_temperature: String(temperature),
      gyrus_use: 'Decision aid only — not a diagnosis',
    },
  })
}, 600_000)
