/**
 * Divides the pictures that are no brain MR: of each kind half of the groups may set thresholds, the other half measures.
 * Writes `docs/runs/input-gate/other-split.json`, which `fit.ts` and `measure.ts` read; changed never, since the measuring
 * half would be seen.
 *
 *     node scripts/model/input-gate/split.ts
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { random } from '../../../src/shared/random.ts'
import { OUT } from './files.ts'
import { type Half, listOthers, type OtherImage, SPLIT } from './others.ts'

const SEED = 8
const next = random(SEED)
const images: OtherImage[] = []
for (const [kind, ofKind] of Map.groupBy(listOthers(), (image) => image.kind)) {
  const groups = [...new Set(ofKind.map(({ group }) => group))].map((group) => ({ group, at: next() }))
  const order = groups.sort((a, b) => a.at - b.at).map(({ group }) => group)
  const halfOf = (group: string): Half => (order.indexOf(group) % 2 === 0 ? 'measuring' : 'thresholds')
  images.push(...ofKind.map((image) => ({ ...image, half: halfOf(image.group) })))
  const count = (half: Half) => images.filter((image) => image.kind === kind && image.half === half).length
  console.log(kind, order.length, 'groups', { thresholds: count('thresholds'), measuring: count('measuring') })
}
mkdirSync(OUT, { recursive: true })
writeFileSync(SPLIT, `[\n${images.map((image) => JSON.stringify(image)).join(',\n')}\n]\n`)
