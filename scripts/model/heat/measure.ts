/**
 * Measures every method's maps on the slices that `split.json` keeps for it, against their boxes, and how faithful they
 * are; thresholds are chosen on the validation slices. Writes `docs/runs/heat/measured.json`.
 *
 *     node scripts/model/heat/measure.ts [way…]
 *
 * Ways: uniform, centre, cam, layer-cam, occlusion, localise; without one all of them. Rows of other ways stay.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { decodeFile } from '../../../src/main/engine/decode/file.ts'
import { BOOTSTRAP, bootstrap } from '../../../src/main/engine/evaluate/bootstrap.ts'
import { clusters } from '../../../src/main/engine/evaluate/clusters.ts'
import { faithfulnessOf } from '../../../src/main/engine/explain/faithful.ts'
import { framed } from '../../../src/main/engine/explain/frame.ts'
import { METHODS } from '../../../src/main/engine/explain/index.ts'
import type { Faithfulness } from '../../../src/main/engine/explain/types.ts'
import { loadModel } from '../../../src/main/engine/model/index.ts'
import { preprocessPlaced } from '../../../src/main/engine/preprocess/index.ts'
import type { DecodedImage, Prediction } from '../../../src/main/engine/types.ts'
import type { HeatMethod } from '../../../src/shared/heat.ts'
import { type Confidences, LABELS, type Label } from '../../../src/shared/labels.ts'
import { chooseThreshold, type Figures, figuresOf, type Map as HeatMap } from './figures.ts'
import { MODEL, pathOf, RUN, readSplit, type SplitImage } from './files.ts'

/** Slow ways are measured on every so many slices. */
const OF: Partial<Record<Way, number>> = { 'layer-cam': 2, occlusion: 4 }
/** Of these, how many are asked how faithful their maps are, which takes eight inferences. */
const FAITHFUL_OF: Partial<Record<Way, number>> = { cam: 2, localise: 2 }
const FIGURES = ['pointing', 'share', 'iou', 'dice'] as const
/** A method, or what needs no model. */
type Way = HeatMethod | 'centre' | 'uniform'
const WAYS: Way[] = ['uniform', 'centre', 'cam', 'layer-cam', 'occlusion', 'localise']

interface Measured {
  image: SplitImage
  figures: Figures
  faithfulness: Faithfulness | null
  ms: number
}

const model = await loadModel(MODEL, { threads: 1 })
const { signal } = new AbortController()
const split = readSplit()
const validation = split.filter(({ part }) => part === 'validation')
const measuring = split.filter(({ part }) => part === 'measuring')
const asked = process.argv.slice(2)
const ways = WAYS.filter((way) => asked.length === 0 || asked.includes(way))
const report: Record<string, unknown>[] = []
for (const way of ways) {
  const some = (images: SplitImage[]) => images.filter((_, i) => i % (OF[way] ?? 1) === 0)
  const chosen = await mapsOf(way, some(validation))
  const threshold = chooseThreshold(chosen.map(({ map, image }) => ({ map, box: image.box })))
  const measured = await mapsOf(way, some(measuring), threshold)
  const row = (set: string, of: (image: SplitImage) => boolean) => {
    const made = rowOf(
      way,
      set,
      threshold,
      measured.filter(({ image }) => of(image)),
    )
    console.log(JSON.stringify(made))
    report.push(made)
  }
  row('tumor-boxes', ({ set }) => set === 'tumor-boxes')
  row('other-sequences', ({ set }) => set === 'other-sequences')
  row('tumor-boxes, without a known link to what the network learned from', ({ seen }) => !seen)
}
await model.dispose()
const file = join(RUN, 'measured.json')
const before: { rows: Record<string, unknown>[] } = existsSync(file)
  ? JSON.parse(readFileSync(file, 'utf8'))
  : { rows: [] }
const others = before.rows.filter((row) => !ways.includes(row.way as Way))
const rows = [...others, ...report].sort((a, b) => WAYS.indexOf(a.way as Way) - WAYS.indexOf(b.way as Way))
const about = { date: new Date().toISOString().slice(0, 10), weightsSha256: model.manifest.weights.sha256 }
writeFileSync(file, `${JSON.stringify({ ...about, heat: model.manifest.heat, rows }, null, 1)}\n`)

async function mapsOf(way: Way, images: SplitImage[], threshold?: number) {
  const made: (Measured & { map: HeatMap })[] = []
  for (const [i, image] of images.entries()) {
    const decoded = await decodeFile({ path: pathOf(image) })
    const faithful = threshold !== undefined && i % (FAITHFUL_OF[way] ?? 1) === 0
    const { map, faithfulness, ms } = await mapOf(way, decoded, faithful)
    made.push({ image, map, faithfulness, ms, figures: figuresOf(map, image.box, threshold ?? 0.5) })
  }
  return made
}

async function mapOf(way: Way, image: DecodedImage, faithful: boolean) {
  if (way === 'uniform' || way === 'centre') return { map: plain(way, image), faithfulness: null, ms: 0 }
  const own = preprocessPlaced(image, model.manifest.preprocessing)
  const [{ confidences }] = (await model.predict([own.input])) as [Prediction]
  const label = tumourOf(confidences)
  const begun = performance.now()
  const heat = await METHODS[way].make({ model, image, own, label, signal })
  const ms = performance.now() - begun
  const faithfulness = faithful ? await faithfulnessOf(model, own, confidences[label], label, heat) : null
  const map = framed(heat, image)
  // What is not shown is a miss.
  if (!(map.highest >= heat.least))
    return { map: { ...map, values: map.values.fill(0), peak: { x: -1, y: -1 } }, faithfulness, ms }
  return { map, faithfulness, ms }
}

/** As in use, nobody tells the truth: the most probable tumour, also where the image is called “no tumour”. */
function tumourOf(confidences: Confidences): Label {
  const tumours = LABELS.filter((label) => label !== 'notumor')
  return tumours.reduce((best, label) => (confidences[label] > confidences[best] ? label : best))
}

/** The same everywhere, or falling from the middle. The peak of what is the same everywhere is drawn: its share counts. */
function plain(way: 'uniform' | 'centre', image: DecodedImage): HeatMap {
  const { width, height } = framed(
    { side: 1, values: Float32Array.of(1), shown: { left: 0, top: 0, width: 1, height: 1 }, least: 0 },
    image,
  )
  const values = Float32Array.from({ length: width * height }, (_, i) => {
    const [x, y] = [((i % width) + 0.5) / width - 0.5, (Math.floor(i / width) + 0.5) / height - 0.5]
    return way === 'uniform' ? 1 : Math.exp(-(x * x + y * y) / (2 * 0.15 ** 2))
  })
  return { width, height, values, peak: { x: 0.5, y: 0.5 } }
}

function rowOf(way: Way, set: string, threshold: number, measured: Measured[]): Record<string, unknown> {
  const groups = clusters(
    measured.length,
    measured.map(({ image }) => String(image.group)),
  )
  const mean = (of: (one: Measured) => number, weights: Float64Array) => {
    const total = weights.reduce((sum, weight) => sum + weight, 0)
    return measured.reduce((sum, one, i) => sum + (weights[i] as number) * of(one), 0) / total
  }
  const asked = measured.flatMap(({ faithfulness }, i) => (faithfulness ? [{ i, of: faithfulness }] : []))
  const over = (of: (one: Faithfulness) => number, weights: Float64Array) => {
    const total = asked.reduce((sum, { i }) => sum + (weights[i] as number), 0)
    const sum = asked.reduce((all, one) => all + (weights[one.i] as number) * of(one.of), 0)
    return total > 0 ? sum / total : null
  }
  const of = (weights: Float64Array): Record<string, number | null> => ({
    ...Object.fromEntries(FIGURES.map((name) => [name, mean(({ figures }) => figureOf(way, name, figures), weights)])),
    ...(asked.length > 0 && {
      faithful: over(({ faithful }) => (faithful ? 1 : 0), weights),
      fallMarked: over(({ whole, withoutMarked }) => whole - withoutMarked, weights),
      fallRandom: over(({ whole, withoutRandom }) => whole - withoutRandom, weights),
    }),
  })
  const values = of(new Float64Array(measured.length).fill(1))
  const intervals = bootstrap(groups, of, BOOTSTRAP)
  const figures = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      { value: round(value as number), interval: intervals[name]?.map(round) },
    ]),
  )
  const ms = measured.map((one) => one.ms).sort((a, b) => a - b)[Math.floor(measured.length / 2)] ?? 0
  return {
    way,
    set,
    n: measured.length,
    groups: groups.length,
    faithfulnessOf: asked.length,
    threshold,
    medianMs: round(ms),
    ...figures,
  }
}

/** A place that is drawn evenly is in the box as often as the box is large. */
function figureOf(way: Way, name: (typeof FIGURES)[number], figures: Figures): number {
  return way === 'uniform' && name === 'pointing' ? figures.share : figures[name]
}

function round(value: number): number {
  return Math.round(value * 1e4) / 1e4
}
