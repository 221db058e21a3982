/**
 * What similar cases of the shipped model are worth: whether the reduction keeps neighbours, whether neighbours have the
 * image's label, and whether their disagreement tells of wrong answers. On the test side of the set. Writes
 * docs/runs/similar/measured.json. The argument is a folder in which features are kept for another run.
 *
 *     node scripts/model/similar/measure.ts <folder>
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { softmax } from '../../../src/main/engine/infer/softmax.ts'
import { fitFeatures } from '../../../src/main/engine/inputs/fit.ts'
import { toConfidences } from '../../../src/main/engine/model/predict.ts'
import { readOnnx } from '../../../src/main/engine/onnx/read.ts'
import { projected } from '../../../src/main/engine/similar/project.ts'
import { calledLabel, LABELS, type Label } from '../../../src/shared/labels.ts'
import { NEIGHBOURS, stanceOf } from '../../../src/shared/similar.ts'
import { measuredFeatures } from './features.ts'
import { at, dir, manifest } from './shipped.ts'

const kept = process.argv[2]
if (!kept) throw new Error('name a folder to keep the features in')
const { width, examples, features } = await measuredFeatures(kept)
const featuresOf = (i: number) => features.subarray(i * width, (i + 1) * width)
const parts = Map.groupBy([...examples.keys()], (i) => examples[i]?.part)
const training = parts.get('training') ?? []
const test = parts.get('testing') ?? []
const known = new Set(training.map((i) => examples[i]?.group))

const graph = readOnnx(readFileSync(join(dir, manifest.weights.file)))
const [weight, bias] = [numbersOf('head.weight'), numbersOf('head.bias')]
const called = test.map((i) => calledLabel(toConfidences(softmax(logitsOf(featuresOf(i)), manifest.temperature))))
const wrong = test.map((i, k) => called[k] !== examples[i]?.label)

interface Space {
  vectors: Float32Array
  count: number
}
const full: Space = { vectors: features, count: width }
const reduced = Object.fromEntries([32, 64, 128, 256].map((count) => [count, reduce(count)])) as Record<number, Space>
const plain = { onePerPatient: false, samePatient: false }
const truth = test.map((i) => five(full, i, plain))
const reductions = Object.entries({ ...reduced, [width]: full }).map(([components, space]) => {
  const found = test.map((i) => five(space, i, plain))
  const hits = found.map((near, k) => near.filter((i) => truth[k]?.includes(i)).length)
  return { components: Number(components), recall: sum(hits) / (NEIGHBOURS * test.length), ...agreement(found) }
})

const shipped = reduced[128] as Space
const ways = [
  { of: 'one a patient, the same patient too (as shown)', onePerPatient: true, samePatient: true },
  { of: 'one a patient, other patients only', onePerPatient: true, samePatient: false },
  { of: 'any slices, other patients only', onePerPatient: false, samePatient: false },
].map(({ of, ...how }) => {
  const found = test.map((i) => five(shipped, i, how))
  return { of, ...agreement(found), byDisagreeing: byDisagreeing(found) }
})
const strangers = test.filter((i) => !known.has(examples[i]?.group)).length
const pictured = (i: number) => hasPicture(i)
const withPictures = test.map((i) => five(shipped, i, { onePerPatient: true, samePatient: true, only: pictured }))
const measured = {
  ...{ date: new Date().toISOString().slice(0, 10), model: manifest.id, data: 'brain-tumor-mri/Testing' },
  ...{ n: test.length, wrong: wrong.filter(Boolean).length, training: training.length, strangers },
  ...{ reductions, ways, onlyWithPictures: agreement(withPictures) },
}
mkdirSync(at('docs/runs/similar'), { recursive: true })
writeFileSync(at('docs/runs/similar/measured.json'), `${JSON.stringify(measured, null, 1)}\n`)
console.log(JSON.stringify(measured, null, 1))

/** The nearest training images of a test image that is not one of them, byte for byte. */
function five(
  { vectors, count }: Space,
  query: number,
  how: { onePerPatient: boolean; samePatient: boolean; only?: (i: number) => boolean },
): number[] {
  const { sha, group } = examples[query] as (typeof examples)[number]
  const near: { i: number; square: number }[] = []
  for (const i of training) {
    const other = examples[i] as (typeof examples)[number]
    if (other.sha === sha || (!how.samePatient && other.group === group) || how.only?.(i) === false) continue
    let square = 0
    for (let k = 0; k < count; k++)
      square += ((vectors[i * count + k] as number) - (vectors[query * count + k] as number)) ** 2
    near.push({ i, square })
  }
  near.sort((a, b) => a.square - b.square)
  const seen = new Set<string>()
  const firsts = how.onePerPatient
    ? near.filter(({ i }) => !seen.has(examples[i]?.group ?? '') && seen.add(examples[i]?.group ?? ''))
    : near
  return firsts.slice(0, NEIGHBOURS).map(({ i }) => i)
}

function agreement(found: number[][]) {
  const right = found.map((near, k) => {
    const { label } = examples[test[k] as number] as { label: Label }
    return near.filter((i) => stanceOf(label, examples[i]?.label ?? null) !== 'disagrees').length
  })
  return {
    sameLabel: sum(right) / (NEIGHBOURS * found.length),
    majority: right.filter((n) => n > NEIGHBOURS / 2).length / found.length,
  }
}

/** Images, and wrong answers among them, by how many neighbours disagree with the answer. */
function byDisagreeing(found: number[][]) {
  const rows = Array.from({ length: NEIGHBOURS + 1 }, (_, disagreeing) => ({ disagreeing, n: 0, wrong: 0 }))
  for (const [k, near] of found.entries()) {
    const disagreeing = near.filter(
      (i) => stanceOf(called[k] as string, examples[i]?.label ?? null) === 'disagrees',
    ).length
    const row = rows[disagreeing] as { n: number; wrong: number }
    row.n += 1
    if (wrong[k]) row.wrong += 1
  }
  return rows
}

function hasPicture(i: number): boolean {
  const { label, group } = examples[i] as (typeof examples)[number]
  return label !== null && label !== 'notumor' && !group.startsWith('copies-')
}

function reduce(count: number): Space {
  const fitted = fitFeatures(
    training.map((i) => featuresOf(i)),
    count,
  )
  const rows = Float32Array.from(Float16Array.from(fitted.components))
  const basis = { width, count, mean: fitted.mean, rows }
  const vectors = new Float32Array(examples.length * count)
  for (const i of examples.keys())
    vectors.set(new Float16Array(projected(basis, featuresOf(i)).buffer as ArrayBuffer), i * count)
  return { vectors, count }
}

function numbersOf(name: string): Float32Array {
  const tensor = graph.initialisers.get(name)
  if (tensor?.type !== 'float32') throw new Error(`the network has no ${name}`)
  return tensor.data
}

function logitsOf(of: Float32Array): Float32Array {
  return Float32Array.from(LABELS, (_, k) =>
    of.reduce((s, value, i) => s + value * (weight[k * width + i] as number), bias[k] as number),
  )
}

function sum(values: number[]): number {
  return values.reduce((a, b) => a + b, 0)
}
