/**
 * Measures the brain region on the half that did not choose its settings, and writes `docs/runs/brain-region/measured.json` and
 * the tables of `docs/brain-region.md` (to the terminal).
 *
 *     node scripts/model/brain-region/fetch.ts     # once
 *     node scripts/model/brain-region/measure.ts
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brainBox } from '../../../src/main/engine/brain-region/crop.ts'
import { brainRegion } from '../../../src/main/engine/brain-region/index.ts'
import { loadDataset } from '../../../src/main/engine/dataset/load.ts'
import { findHead } from '../../../src/main/engine/preprocess/head-region.ts'
import { SETS } from '../heat/files.ts'
import { type Boxed, REFERENCES, type Reference, readBoxed, readPicture, readReferences } from './data.ts'
import { areaInside, boxInside, diceOf, mean, recallAndPrecision } from './figures.ts'

const OUT = join(import.meta.dirname, '../../../docs/runs/brain-region')
/** Of the way from the middle of the brain to its end. */
const PARTS = [
  { name: 'the middle third', from: 0, to: 1 / 3 },
  { name: 'the third around it', from: 1 / 3, to: 2 / 3 },
  { name: 'the outer third', from: 2 / 3, to: 1.01 },
]
const MARGINS = [0, 0.05, 0.1]
const RUNS = 50
const date = new Date().toISOString().slice(0, 10)

const references = (await readReferences()).filter(({ half }) => half === 'measuring')
const dice = PARTS.flatMap(({ name, from, to }) =>
  (['mni152', 'series-t1'] as const).flatMap((source) =>
    (['axial', 'coronal', 'sagittal'] as const).flatMap((plane) => {
      const some = references.filter(
        (one) => one.source === source && one.plane === plane && one.off >= from && one.off < to,
      )
      return some.length === 0 ? [] : [{ source, plane, part: name, n: some.length, ...figuresOf(some) }]
    }),
  ),
)
const boxed = (await readBoxed()).filter(({ half }) => half === 'measuring')
const tumours = ['tumor-boxes', 'other-sequences'].map((set) => ({
  set,
  ...tumoursOf(boxed.filter((one) => one.set === set)),
}))
const testing = await shareFound()
const speed = await speedOf()
const { deepbrainOnMni152 } = JSON.parse(readFileSync(join(REFERENCES, 'references.json'), 'utf8'))
mkdirSync(OUT, { recursive: true })
writeFileSync(
  join(OUT, 'measured.json'),
  `${JSON.stringify({ date, dice, deepbrainOnMni152, tumours, testing, speed }, null, 2)}\n`,
)
console.log(`| slices | n | Dice | head alone | brain inside | of it brain |\n|---|---|---|---|---|---|`)
for (const { source, plane, part, n, ...row } of dice) {
  console.log(
    `| ${source}, ${plane}, ${part} | ${n} | ${row.dice} | ${row.headDice} | ${percent(row.recall)} | ${percent(row.precision)} |`,
  )
}
console.log(
  `\n| tumours’ boxes | n | inside the region | wholly (95 %) | ${MARGINS.map((m) => `inside the crop, margin ${m}`).join(' | ')} | crop, of the picture |`,
)
console.log(`|---|---|---|---|${MARGINS.map(() => '---|').join('')}---|`)
for (const { set, n, inside, wholly, crops, area } of tumours) {
  console.log(
    `| ${set} | ${n} | ${percent(inside)} | ${wholly} | ${crops.map(({ inside: share, cut }) => `${percent(share)} (${cut} cut)`).join(' | ')} | ${percent(area)} |`,
  )
}
console.log(JSON.stringify({ deepbrainOnMni152, testing, speed }))

function figuresOf(some: Reference[]) {
  const found = some.map((one) => ({ one, region: brainRegion(one.picture) }))
  const shares = found.map(({ one, region }) => recallAndPrecision(region, one.mask))
  const heads = some.map(({ picture, mask }) => diceOf({ mask: headOf(picture) }, mask))
  return {
    dice: rounded(mean(found.map(({ one, region }) => diceOf(region, one.mask)))),
    headDice: rounded(mean(heads)),
    recall: rounded(mean(shares.map(([recall]) => recall))),
    precision: rounded(mean(shares.map(([, precision]) => precision))),
  }
}

/** The head as a whole, at the size of the picture: what there is without looking for a skull. */
function headOf(picture: Reference['picture']): Uint8Array {
  const { width, height } = picture
  const { mask } = findHead(picture, 128)
  return Uint8Array.from({ length: width * height }, (_, i) => {
    const [x, y] = [i % width, Math.floor(i / width)]
    return mask.inside[
      Math.floor((y * mask.height) / height) * mask.width + Math.floor((x * mask.width) / width)
    ] as number
  })
}

function tumoursOf(some: Boxed[]) {
  const found = some.map((one) => ({ one, region: brainRegion(one.picture) }))
  const inside = found.map(({ one, region }) => boxInside(region, one.box))
  return {
    n: some.length,
    none: found.filter(({ region }) => region === null).length,
    inside: rounded(mean(inside)),
    wholly: inside.filter((share) => share >= 0.95).length,
    crops: MARGINS.map((margin) => {
      const shares = found.map(({ one, region }) => (region ? areaInside(one.box, brainBox(region, margin)) : 1))
      return {
        margin,
        inside: rounded(mean(shares)),
        cut: shares.filter((share) => share < 0.95).length,
        least: rounded(Math.min(...shares)),
      }
    }),
    area: rounded(mean(found.map(({ region }) => (region ? areaOf(brainBox(region, 0.1)) / region.mask.length : 1)))),
  }
}

async function shareFound() {
  const { images } = await loadDataset(
    { path: SETS.main },
    { signal: new AbortController().signal, onProgress: () => undefined },
  )
  const test = images.filter(({ split }) => split === 'testing')
  let [found, skull] = [0, 0]
  for (const { path } of test) {
    const region = brainRegion(await readPicture(path))
    if (region) found += 1
    if (region && region.skull >= 0.3) skull += 1
  }
  return { n: test.length, found, skull }
}

/** Milliseconds of a processor for one slice in several sizes; unlike those of the clock they hold while others work, too. */
async function speedOf() {
  const slice = (references.find(({ plane, off }) => plane === 'axial' && off < 0.2) as Reference).picture
  const { default: sharp } = await import('sharp')
  const rows: { side: number; ms: number }[] = []
  for (const side of [128, 256, 512, 1024]) {
    const raw = { width: slice.width, height: slice.height, channels: 1 } as const
    const data = await sharp(slice.data, { raw }).resize(side, side, { fit: 'fill' }).greyscale().raw().toBuffer()
    const picture = { width: side, height: side, data: new Uint8Array(data) }
    for (let i = 0; i < 20; i++) brainRegion(picture)
    const before = process.cpuUsage()
    for (let i = 0; i < RUNS; i++) brainRegion(picture)
    const { user, system } = process.cpuUsage(before)
    rows.push({ side, ms: rounded((user + system) / 1000 / RUNS) })
  }
  return rows
}

function areaOf({ width, height }: { width: number; height: number }): number {
  return width * height
}
function rounded(value: number): number {
  return Math.round(value * 1000) / 1000
}
function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`
}
