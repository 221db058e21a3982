/**
 * Divides the slices with boxes for the localisation head: half of the patients of `tumor-boxes` may train it (a quarter of
 * these chooses epoch and threshold), the other half measures; the groups of `other-sequences` likewise, three quarters
 * and one. Patients are known through copies in `brain-tumor-mri`; slices that are linked by a patient, a copy or a group
 * stay together. Writes `docs/runs/heat/split.json`, which training and measuring read.
 *
 *     node scripts/model/heat/split.ts
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { nearDuplicateGroups } from '../../../src/main/engine/dataset/copies.ts'
import { fingerprint } from '../../../src/main/engine/dataset/fingerprint.ts'
import { Groups, linkEqual } from '../../../src/main/engine/dataset/groups.ts'
import { loadDataset } from '../../../src/main/engine/dataset/load.ts'
import { readBoxTable, readTumourTable } from '../../../src/main/engine/dataset/tables.ts'
import { decodeFile } from '../../../src/main/engine/decode/file.ts'
import { random } from '../../../src/shared/random.ts'
import { type Part, RUN, SETS, type SplitImage } from './files.ts'

/** Draws the parts; changed never, since the measuring part would be seen. */
const SEED = 8
/** Shares of the groups that train, choose, and measure. */
const SHARES = { boxes: [0.375, 0.125, 0.5], others: [0.6, 0.15, 0.25] }
const following = { signal: new AbortController().signal, onProgress: () => undefined }

const main = await loadDataset({ path: SETS.main, patients: SETS.patients }, following)
const boxed = await readBoxTable(SETS.boxes)
const others = (await readTumourTable(SETS.others)).filter(({ box }) => box)
const own = [...boxed, ...others]
const prints = await Promise.all(own.map(async ({ path }) => fingerprint(await decodeFile({ path }))))
const groups = new Groups(main.images.length + own.length)
const copies = await nearDuplicateGroups([...main.fingerprints, ...prints], following)
linkEqual(groups, copies)
linkEqual(groups, [...main.images.map(({ patient }) => patient), ...own.map(() => null)])
linkEqual(groups, [
  ...main.images.map(() => null),
  ...own.map((image) => ('group' in image ? `group ${image.group}` : null)),
])

/** The images of the main set that are linked to a slice say whether the network learned from its patient. */
const learnedFrom = new Set(main.images.flatMap(({ split }, i) => (split === 'training' ? [groups.of(i)] : [])))
const images = own.map((image, i): SplitImage => {
  const group = groups.of(main.images.length + i)
  const { file, box } = image
  const set = 'group' in image ? 'other-sequences' : 'tumor-boxes'
  const label = 'label' in image ? image.label : null
  return {
    set,
    file,
    label,
    box: box as NonNullable<typeof box>,
    group,
    seen: 'group' in image || learnedFrom.has(group),
    part: 'measuring',
  }
})
const dealtTo = new Map<number, Part>()
deal(
  images.filter(({ set }) => set === 'tumor-boxes'),
  SHARES.boxes,
)
deal(
  images.filter(({ set }) => set === 'other-sequences'),
  SHARES.others,
)
mkdirSync(RUN, { recursive: true })
writeFileSync(join(RUN, 'split.json'), `[\n${images.map((image) => JSON.stringify(image)).join(',\n')}\n]\n`)
for (const set of ['tumor-boxes', 'other-sequences'])
  for (const part of ['training', 'validation', 'measuring'] as const) {
    const of = images.filter((image) => image.set === set && image.part === part)
    const count = (label: string | null) => of.filter((image) => image.label === label).length
    const classes = ['glioma', 'meningioma', 'pituitary'].map(count)
    const unseen = of.filter(({ seen }) => !seen).length
    console.log(set, part, of.length, 'in', new Set(of.map(({ group }) => group)).size, 'groups', classes, { unseen })
  }

/** Whole groups, in an order of their own, each to the part that lacks most of its share; class by class. */
function deal(dealt: SplitImage[], shares: number[]): void {
  const next = random(SEED)
  const parts: Part[] = ['training', 'validation', 'measuring']
  const members = Map.groupBy(dealt, ({ group }) => group)
  for (const label of [...new Set(dealt.map((image) => image.label))].sort()) {
    const ofLabel = [...members.values()].filter((all) => all[0]?.label === label)
    const ordered = ofLabel.map((all) => ({ all, at: next() })).sort((a, b) => a.at - b.at)
    const total = ofLabel.reduce((sum, all) => sum + all.length, 0)
    const filled = [0, 0, 0]
    for (const { all } of ordered) {
      const lacks = shares.map((share, i) => share * total - (filled[i] as number))
      const group = all[0]?.group as number
      // A group that was dealt for one set keeps its part in the other.
      const part = dealtTo.get(group) ?? (parts[lacks.indexOf(Math.max(...lacks))] as Part)
      dealtTo.set(group, part)
      filled[parts.indexOf(part)] = (filled[parts.indexOf(part)] as number) + all.length
      for (const image of all) image.part = part
    }
  }
}
