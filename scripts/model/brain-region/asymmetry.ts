import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { answerRegion } from '../../../src/main/engine/region/request.ts'
import type { NoAsymmetry } from '../../../src/shared/brain-region.ts'
import { LABEL_NAMES, LABELS, type Label } from '../../../src/shared/labels.ts'

/**
 * How well the asymmetry index alone tells slices with a tumour from those without, on a split of the shared images (the first
 * argument, `Testing` by default; of each class one image in so many as the second says). Writes docs/runs/brain-region/asymmetry.json.
 */
const SPLIT = process.argv[2] ?? 'Testing'
const EVERY = Number(process.argv[3] ?? 1)

const shared = process.env.GYRUS_SHARED ?? join(import.meta.dirname, '..', '..', '..', '..', 'shared')
const root = join(shared, 'datasets', 'brain-tumor-mri', SPLIT)

interface Told {
  images: number
  regions: number
  none: Partial<Record<NoAsymmetry, number>>
  indexes: number[]
}

const told = Object.fromEntries(await Promise.all(LABELS.map(async (label) => [label, await look(label)]))) as Record<
  Label,
  Told
>
const none = told.notumor.indexes
const tumours = LABELS.filter((label) => label !== 'notumor')
const rows = [
  ...LABELS.map((label) => rowOf(LABEL_NAMES[label], told[label])),
  {
    name: 'any tumour',
    images: tumours.reduce((sum, label) => sum + told[label].images, 0),
    compared: tumours.reduce((sum, label) => sum + told[label].indexes.length, 0),
    auc: areaUnder(
      tumours.flatMap((label) => told[label].indexes),
      none,
    ),
  },
]
console.table(rows)
const file = join(import.meta.dirname, '..', '..', '..', 'docs', 'runs', 'brain-region', 'asymmetry.json')
const date = new Date().toISOString().slice(0, 10)
writeFileSync(file, `${JSON.stringify({ split: SPLIT, every: EVERY, date, rows }, null, 2)}\n`)

async function look(label: Label): Promise<Told> {
  const seen: Told = { images: 0, regions: 0, none: {}, indexes: [] }
  const files = readdirSync(join(root, label)).sort()
  for (const name of files.filter((_, i) => i % EVERY === 0)) {
    const { region } = await answerRegion({ path: join(root, label, name) })
    seen.images += 1
    if (!region.found) continue
    seen.regions += 1
    if (region.asymmetry !== null) seen.indexes.push(region.asymmetry)
    else if (region.noAsymmetry) seen.none[region.noAsymmetry] = (seen.none[region.noAsymmetry] ?? 0) + 1
  }
  return seen
}

function rowOf(name: string, { images, regions, indexes, none: without }: Told) {
  const sorted = indexes.toSorted((a, b) => a - b)
  const [low, median, high] = [0.25, 0.5, 0.75].map((share) => sorted[Math.floor(share * (sorted.length - 1))])
  const auc = indexes === none ? null : areaUnder(indexes, none)
  return { name, images, regions, compared: indexes.length, ...without, low, median, high, auc }
}

/** How often one of the first is above one of the second; ties count half. */
function areaUnder(first: number[], second: number[]): number {
  let above = 0
  for (const one of first) for (const other of second) above += one > other ? 1 : one === other ? 0.5 : 0
  return Math.round((1000 * above) / (first.length * second.length)) / 1000
}
