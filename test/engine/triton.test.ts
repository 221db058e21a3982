import { readFileSync } from 'node:fs'
import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import ort from 'onnxruntime-node'
import { describe, expect, it } from 'vitest'
import { readOnnx } from '../../src/main/engine/onnx/read.ts'
import { readSignature } from '../../src/main/engine/onnx/signature.ts'
import { writeOnnx } from '../../src/main/engine/onnx/write.ts'
import { servedOf, tritonConfig } from '../../src/main/engine/triton/config.ts'
import { tritonFiles } from '../../src/main/engine/triton/index.ts'
import { stepsOf } from '../../src/main/engine/triton/steps.ts'
import { EnumName, textFormat } from '../../src/main/engine/triton/text-format.ts'
import { type ModelManifest, manifestSchema } from '../../src/shared/model.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { ACTIVE, edit, SHIPPED } from './support/shipped.ts'
import { readConfig } from './support/text-proto.ts'

const manifestOf = (dir: string): ModelManifest =>
  manifestSchema.parse(JSON.parse(readFileSync(join(dir, 'model.json'), 'utf8')))
const manifest = manifestOf(ACTIVE)
const graph = () => readOnnx(readFileSync(join(ACTIVE, 'model.onnx')))
type Change = (graph: ReturnType<typeof readOnnx>) => void

/** The configuration of the shipped network with another head line. */
function configOf(change: Change, of: ModelManifest = manifest) {
  const changed = graph()
  change(changed)
  return readConfig(tritonConfig(servedOf(readSignature(writeOnnx(changed)), of), of, 'abc'))
}

describe('text format', () => {
  it('writes each kind of value, and any text so that it is read back', () => {
    const odd = 'a "quoted" \\back\\slash\n\ttab\r, naïve — 😀, \u0001\u007f, \\001'
    const text = textFormat([
      ['name', odd],
      ['max_batch_size', 0],
      ['input', [['dims', [-1, 3]]]],
      ['input', [['data_type', new EnumName('TYPE_FP32')]]],
      ['dynamic_batching', []],
    ])
    expect(text).toMatch(/^[\x20-\x7e\n]*$/)
    expect(text.split('\n')).toHaveLength(10)
    expect(readConfig(text)).toEqual({
      name: odd,
      max_batch_size: 0,
      input: [{ dims: [-1, 3] }, { data_type: 'TYPE_FP32' }],
      dynamic_batching: {},
    })
  })

  it('refuses a number that no field here takes', () => {
    expect(() => textFormat([['max_batch_size', 1.5]])).toThrow('1.5 is no whole number')
  })

  it.for([
    ['nme: "a"', 'ModelConfig has no field “nme”'],
    ['name: 1', '“1” is no string'],
    ['max_batch_size: "1"', 'is no integer'],
    ['name: "a" name: "b"', '“name” has one value'],
    ['input { dims: [ 3, ] }', '“]” is no integer'],
    ['input { name: "a"', '“” stands where “}” is needed'],
  ] as const)('is held against a reader that refuses %s', ([text, why]) => {
    expect(() => readConfig(text)).toThrow(why)
  })
})

describe('what a network takes and gives', () => {
  it.for([ACTIVE, SHIPPED])('is read as ONNX Runtime reads it: %s', async (dir) => {
    const bytes = readFileSync(join(dir, 'model.onnx'))
    const session = await ort.InferenceSession.create(bytes)
    const told = (all: readonly ort.InferenceSession.ValueMetadata[]) =>
      all.map((one) => {
        if (!one.isTensor) throw new Error(`${one.name} is no tensor`)
        return {
          name: one.name,
          type: one.type,
          dims: one.shape.map((side) => (typeof side === 'number' ? side : null)),
        }
      })
    const float32 = (all: { type: number }[]) => all.map((one) => ({ ...one, type: one.type === 1 ? 'float32' : '?' }))
    const { opset, inputs, outputs } = readSignature(bytes)
    expect(float32(inputs)).toEqual(told(session.inputMetadata))
    expect(float32(outputs)).toEqual(told(session.outputMetadata))
    expect(opset).toBe(17)
    await session.release()
  })

  it('leaves constants out that older writers list among the inputs', () => {
    const listed = graph()
    listed.inputs.push({ name: 'head.bias', dims: [4] })
    expect(readSignature(writeOnnx(listed)).inputs.map(({ name }) => name)).toEqual(['input'])
  })
})

describe('the configuration', () => {
  it('names network, shapes, labels and what the caller must hold to', async () => {
    const files = await tritonFiles({ dir: ACTIVE })
    expect(Object.keys(files)).toEqual(['config.pbtxt', 'labels.txt', 'PREPROCESSING.md'])
    expect(files['labels.txt']).toBe('glioma\nmeningioma\nnotumor\npituitary\n')
    const { parameters, ...config } = readConfig(files['config.pbtxt'] as string)
    expect(config).toEqual({
      name: 'efl0-2',
      backend: 'onnxruntime',
      max_batch_size: 16,
      input: [{ name: 'input', data_type: 'TYPE_FP32', dims: [3, 192, 192] }],
      output: [{ name: 'logits', data_type: 'TYPE_FP32', dims: [4], label_filename: 'labels.txt' }],
      dynamic_batching: {},
    })
    expect(parameters).toContainEqual({
      key: 'gyrus_weights_sha256',
      value: { string_value: manifest.weights.sha256 },
    })
    expect(parameters).toContainEqual({
      key: 'gyrus_use',
      value: { string_value: 'Decision aid only — not a diagnosis' },
    })
  })

  it('asks for batches only where the network takes any number of images', () => {
    const fixed = configOf(({ inputs, outputs }) => {
      for (const { dims } of [...inputs, ...outputs]) dims[0] = 1
    })
    expect(fixed).toMatchObject({ max_batch_size: 0, input: [{ dims: [1, 3, 192, 192] }], output: [{ dims: [1, 4] }] })
    expect(fixed).not.toHaveProperty('dynamic_batching')
  })

  it('has the names of the file, and the sides that the preprocessing makes', () => {
    const preprocessing = { ...manifest.preprocessing, size: 160 }
    const renamed: Change = ({ inputs, nodes }) => {
      for (const { name } of inputs.splice(0)) {
        inputs.push({ name: 'an "image"', dims: ['n', 3, 160, 'w'] })
        for (const node of nodes) node.inputs = node.inputs.map((one) => (one === name ? 'an "image"' : one))
      }
    }
    const config = configOf(renamed, { ...manifest, preprocessing })
    expect(config.input).toEqual([{ name: 'an "image"', data_type: 'TYPE_FP32', dims: [3, 160, 160] }])
  })

  it.for<[string, Change, string]>([
    ['sides', ({ inputs }) => inputs[0]?.dims.splice(2, 2, 224, 224), '“input” takes no 3 × 192 × 192'],
    ['channels', ({ inputs }) => inputs[0]?.dims.splice(1, 1, 1), '“input” takes no 3 × 192 × 192'],
    ['layout', ({ inputs }) => inputs[0]?.dims.splice(0, 4, 'n', 192, 192, 3), '“input” takes no 3 × 192 × 192'],
    ['classes', ({ outputs }) => outputs[0]?.dims.splice(1, 1, 3), '“logits” is not 4 wide'],
    ['output', ({ outputs }) => outputs.shift(), 'no output “logits”'],
    ['inputs', ({ inputs }) => inputs.push({ name: 'more', dims: [1] }), 'has 2 inputs'],
  ])('is refused for a network of other %s', ([, change, why]) => {
    expect(() => configOf(change)).toThrow(why)
  })

  it('is made of the very network only', async () => {
    const dir = join(temporaryFolder(), 'efl0-head-1')
    await cp(SHIPPED, dir, { recursive: true })
    await edit(dir, 'model.json', ({ weights }) => {
      weights.sha256 = '0'.repeat(64)
    })
    await expect(tritonFiles({ dir })).rejects.toMatchObject({ code: 'model-altered' })
    await expect(tritonFiles({ dir: join(dir, 'nowhere') })).rejects.toMatchObject({ code: 'model-missing' })
  })
})

describe('the note', () => {
  it('tells all numbers of the shipped preprocessing, the temperature and what Triton does not give', async () => {
    const note = (await tritonFiles({ dir: ACTIVE }))['PREPROCESSING.md']
    for (const part of [
      ...[
        'n × 3 × 192 × 192; n from 1 to 16',
        'percentiles 1 and 99',
        '96 / max(W, H)',
        'P5 + 0.12 ·',
        '0.05 · C · R',
        '(value − 127) / 128',
        'operator set 17',
      ],
      ...[
        `T = ${manifest.temperature}`,
        'p_2 > 0.5',
        '0 glioma, 1 meningioma, 2 notumor, 3 pituitary',
        'logits, no prob',
      ],
      ...['Decision aid only', 'The input gate', 'The brain region', 'audit trail', manifest.weights.sha256],
    ]) {
      expect(note).toContain(part)
    }
    // The hash that the configuration tells, too.
    expect(note).toContain(/gyrus_preprocessing_sha256[\s\S]*?string_value: "(\w{64})"/.exec(await config())?.[1])
  })

  it('has the steps that a preprocessing has, and no others', () => {
    const { preprocessing } = manifest
    const named = (spec: typeof preprocessing) => stepsOf(spec).map((step) => /\*\*(.+?)\*\*/.exec(step)?.[1])
    expect(named(preprocessing)).toEqual([
      'Decode',
      'Grey',
      'Find the head',
      'Stretch',
      'Resize',
      'Normalise',
      'Lay out',
    ])
    const whole = { ...preprocessing, region: 'whole', colour: 'as-is' } as const
    expect(named(whole)).toEqual(['Decode', 'Stretch', 'Resize', 'Normalise', 'Lay out'])
    const brain = { ...preprocessing, region: 'brain', margin: 0.05, colour: 'as-is' } as const
    expect(named(brain).slice(1, 3)).toEqual(['Grey', 'Find the brain'])
    const resize = { fit: 'contain', kernel: 'lanczos3' } as const
    const deep = { images: 'high-bit-depth', percentiles: [0, 100] } as const
    const told = stepsOf({ ...whole, resize, stretch: deep } as typeof preprocessing).join('\n')
    for (const part of ['images of 16 bits a sample; those of 8 bits stay', 'sinc(d / 3)', 'on 192 × 192 zeros']) {
      expect(told).toContain(part)
    }
  })
})

const config = async () => (await tritonFiles({ dir: ACTIVE }))['config.pbtxt'] as string
