/**
 * How well a midline tells slices that were cut across it from those that were cut along it, without a header: on the training
 * images whose plane was told by eye (`planes.json`; two a patient, and 60 without a tumour). Of each patient all are on one side:
 * by `choosing` the limits of engine/asymmetry were chosen, `measuring` says what they are worth. Writes
 * docs/runs/brain-region/planes.json.
 *
 *     node scripts/model/brain-region/planes.ts
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { answerRegion } from '../../../src/main/engine/region/request.ts'
import type { Plane } from '../../../src/shared/series.ts'
import { type Half, SHARED } from './data.ts'

interface Named {
  file: string
  half: Half
  plane: Plane
}

const planes = JSON.parse(readFileSync(join(import.meta.dirname, 'planes.json'), 'utf8')) as Named[]
const told = await Promise.all(
  planes.map(async (one) => {
    const { region } = await answerRegion({ path: join(SHARED, 'datasets', 'brain-tumor-mri', one.file) })
    return { ...one, compared: region.found && region.asymmetry !== null }
  }),
)
const rows = [...Map.groupBy(told, ({ half, plane }) => `${half} ${plane}`)].sort().map(([name, all]) => {
  const [half, plane] = name.split(' ')
  return { half, plane, images: all.length, compared: all.filter(({ compared }) => compared).length }
})
console.table(rows)
const file = join(import.meta.dirname, '..', '..', '..', 'docs', 'runs', 'brain-region', 'planes.json')
writeFileSync(file, `${JSON.stringify({ date: new Date().toISOString().slice(0, 10), rows }, null, 2)}\n`)
