/**
 * Trains the localisation head of the shipped model on inner tensors of its frozen network, by the slices with boxes that
 * `split.json` gives to training; its validation slices choose the epoch and the threshold. Writes `heat.json` and
 * `model.json` of the model, and `docs/runs/heat/summary.json`. Never opens a slice that measures.
 *
 *     node --max-old-space-size=6000 scripts/model/heat/train.ts
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type HeatHead, probabilitiesOf, runHead } from '../../../src/main/engine/explain/head.ts'
import { packHead } from '../../../src/main/engine/explain/load.ts'
import { Random } from '../../../src/main/engine/train/random.ts'
import { manifestSchema } from '../../../src/shared/model.ts'
import { type Example, eachExample } from './examples.ts'
import { figuresOf, type Map as HeatMap } from './figures.ts'
import { MODEL, RUN, readSplit } from './files.ts'
import { finish } from './finish.ts'
import { learn, newHead, type Settings } from './learn.ts'
import { foldScale, scaleOf, toScale } from './scale.ts'

const SEED = 3
const SIZE = 288
const LEVELS = ['block4', 'block10', 'block15.project.sum']
/** Each slice as it is and so many times varied. */
const VARIED = 2
const EVERY = 2
const SETTINGS: Settings = {
  ...{ hidden: 24, batch: 8, epochs: 20, rate: 4e-3, decay: 1e-2 },
  losses: { place: 1, inside: 0.5, kind: 0.3 },
}

const manifest = manifestSchema.parse(JSON.parse(readFileSync(join(MODEL, 'model.json'), 'utf8')))
const weights = join(MODEL, manifest.weights.file)
const source = { weights, manifest, size: SIZE, levels: LEVELS }
const split = readSplit()
const of = (part: string) => split.filter((image) => image.part === part)
const gather = async (part: string, varied: number) => {
  const examples: Example[] = []
  await eachExample(of(part), source, varied, (example) => examples.push(example))
  console.error(`${part}: ${examples.length} examples`)
  return examples
}
const training = await gather('training', VARIED)
const validation = await gather('validation', 0)
const scale = scaleOf(training)
for (const example of [...training, ...validation]) toScale(example.levels, scale)

const random = new Random(SEED)
const channels = scale.map(({ mean }) => mean.length)
const head = newHead(
  LEVELS.map((name, i) => ({ name, channels: channels[i] as number })),
  SETTINGS.hidden,
  random,
)
const log: { epoch: number; loss: number; pointing: number; share: number }[] = []
let best = { epoch: 0, score: -1, head: structuredClone(head) }
learn(head, training, SETTINGS, random, (epoch, loss) => {
  if (epoch % EVERY !== 0) return
  const measured = validation.map((example) => figuresOf(mapOf(head, example), boxOf(example), 0.5))
  const mean = (name: 'pointing' | 'share') => measured.reduce((sum, one) => sum + one[name], 0) / measured.length
  const row = { epoch, loss: round(loss), pointing: round(mean('pointing')), share: round(mean('share')) }
  log.push(row)
  console.error(JSON.stringify(row))
  const score = row.pointing + row.share
  if (score > best.score) best = { epoch, score, head: structuredClone(head) }
})

const packed = packHead(foldScale(best.head, scale))
const counted = (part: string) => {
  const n = (set: string) => of(part).filter((image) => image.set === set).length
  return `${n('tumor-boxes')} slices of tumor-boxes and ${n('other-sequences')} of other-sequences`
}
const data = `${counted('training')}; epoch and threshold by ${counted('validation')}; patients and groups apart from what measured`
const file = await finish({ packed, size: SIZE, data })
const summary = {
  ...{ date: file.date, data, weightsSha256: manifest.weights.sha256, seed: SEED, size: SIZE, levels: LEVELS },
  ...{ varied: VARIED, settings: SETTINGS, kept: best.epoch, log },
}
writeFileSync(join(RUN, 'summary.json'), `${JSON.stringify(summary, null, 1)}\n`)
console.log(`epoch ${best.epoch}, threshold ${file.threshold}`)

/** Tumour of any kind on the finest grid, by its probability. */
function mapOf(of: HeatHead, { levels }: Example): HeatMap {
  const run = runHead(of, levels)
  const values = probabilitiesOf(run)
  const at = values.indexOf(values.reduce((most, value) => Math.max(most, value), 0))
  const peak = { x: ((at % run.side) + 0.5) / run.side, y: (Math.floor(at / run.side) + 0.5) / run.side }
  return { width: run.side, height: run.side, values, peak }
}

/** The box in shares of the network's square. */
function boxOf({ image: { box }, shown }: Example) {
  const { left, top, width, height } = shown
  return { cx: (box.cx - left) / width, cy: (box.cy - top) / height, w: box.w / width, h: box.h / height }
}

function round(value: number): number {
  return Math.round(value * 1e4) / 1e4
}
