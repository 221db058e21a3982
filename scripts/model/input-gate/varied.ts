/**
 * Whether flips and small shifts tell which answers are wrong, and cost what: the shipped model on images of patients that
 * it did not learn from. Writes `docs/runs/input-gate/varied.json`.
 *
 *     node scripts/model/input-gate/varied.ts
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { decodeImage } from '../../../src/main/engine/decode/index.ts'
import { calledClass } from '../../../src/main/engine/evaluate/labels.ts'
import { riskAt, riskCoverage } from '../../../src/main/engine/evaluate/risk-coverage.ts'
import { softmax } from '../../../src/main/engine/infer/softmax.ts'
import { loadModel } from '../../../src/main/engine/model/index.ts'
import { preprocess } from '../../../src/main/engine/preprocess/index.ts'
import { LABELS, type Label } from '../../../src/shared/labels.ts'
import { round } from './compare.ts'
import { MODEL, OUT, readManifest, SHARED } from './files.ts'
import { validationFiles } from './own.ts'

/** Of the input’s side. */
const SHIFT = 6
const VARIANTS: Record<string, (x: number, y: number, size: number) => [number, number]> = {
  'as it is': (x, y) => [x, y],
  mirrored: (x, y, size) => [size - 1 - x, y],
  'to the left': (x, y) => [x + SHIFT, y],
  down: (x, y) => [x, y - SHIFT],
}

const split: { set: string; file: string; label: Label | null; seen: boolean }[] = JSON.parse(
  readFileSync(SHARED.heatSplit, 'utf8'),
)
const boxes = split.flatMap(({ set, file, label, seen }) =>
  set === 'tumor-boxes' && !seen && label !== null ? [{ path: join(SHARED.boxes, file), label }] : [],
)
const images = [...(await validationFiles()), ...boxes]
const model = await loadModel(MODEL, { threads: 2 })
const { temperature, preprocessing } = readManifest()
const names = Object.keys(VARIANTS)
const said: { truth: number; of: number[][] }[] = []
const spent = { one: 0, all: 0 }
for (const { path, label } of images) {
  const input = await preprocess(await decodeImage(readFileSync(path)), preprocessing)
  const inputs = names.map((name) => varied(input, preprocessing.size, name))
  const start = performance.now()
  await model.predict(inputs.slice(0, 1))
  const one = performance.now()
  const predictions = await model.predict(inputs)
  spent.one += one - start
  spent.all += performance.now() - one
  said.push({ truth: LABELS.indexOf(label), of: predictions.map(({ logits }) => softmax(logits, temperature)) })
}
await model.dispose()

const mean = (rows: number[][]) =>
  LABELS.map((_, c) => rows.reduce((sum, row) => sum + (row[c] as number), 0) / rows.length)
/** How sure the answer is by a reading of the variants, and whether it is right. */
function figuresOf(reading: (of: number[][]) => { called: number; sure: number }) {
  const read = said.map(({ of }) => reading(of))
  const right = read.map(({ called }, i) => called === said[i]?.truth)
  const curve = riskCoverage(
    read.map(({ sure }) => sure),
    right,
  )
  return {
    wrong: right.filter((one) => !one).length,
    ...{ errorAt95: round(riskAt(curve, 0.95)), errorAt90: round(riskAt(curve, 0.9)), aurc: round(curve.aurc) },
  }
}
const byMean = (rows: number[][]) => {
  const row = mean(rows)
  const called = calledClass(row)
  return { called, sure: row[called] as number }
}
const found = {
  date: new Date().toISOString().slice(0, 10),
  n: said.length,
  readings: {
    'as it is': figuresOf((of) => byMean(of.slice(0, 1))),
    'mean with the mirrored': figuresOf((of) => byMean(of.slice(0, 2))),
    'mean of all four': figuresOf(byMean),
    'as it is, sure by its least of the four': figuresOf((of) => {
      const { called } = byMean(of.slice(0, 1))
      return { called, sure: Math.min(...of.map((row) => row[called] as number)) }
    }),
  },
  milliseconds: { one: round(spent.one / said.length), four: round(spent.all / said.length) },
}
writeFileSync(join(OUT, 'varied.json'), `${JSON.stringify(found, null, 1)}\n`)
console.log(JSON.stringify(found, null, 1))

/** Beside the image lies what lies at its border. */
function varied(input: Float32Array, size: number, name: string): Float32Array {
  const from = VARIANTS[name] as (typeof VARIANTS)[string]
  const within = (place: number) => Math.max(0, Math.min(size - 1, place))
  return input.map((_, i) => {
    const [channel, place] = [Math.floor(i / (size * size)), i % (size * size)]
    const [x, y] = from(place % size, Math.floor(place / size), size)
    return input[channel * size * size + within(y) * size + within(x)] as number
  })
}
