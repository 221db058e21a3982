import { basename, dirname } from 'node:path'
import { readImageBytes } from '../../dataset/bytes.ts'
import { divide } from '../../dataset/divide.ts'
import { workOnEach } from '../../dataset/each.ts'
import { hashOf } from '../../dataset/load.ts'
import { readTumourTable } from '../../dataset/tables.ts'
import type { TumourImage } from '../../dataset/types.ts'
import { decodeImage } from '../../decode/index.ts'
import type { DecidedSplit } from './decide-split.ts'
import type { Example, Part } from './types.ts'

/** Folds that a table's groups are divided into where the split is by fold. */
const FOLDS = 5

/** Images decoded at a time. */
const DECODING = 3

/** What a table gives to a run. */
export interface TableOfTumours {
  examples: Example[]
  /** Of the table's images, also of those that cannot be read as such. */
  sha256: string
  /** Named as in the examples. */
  unreadable: string[]
}

/**
 * Tumours of unknown type, groups kept together: held out are those of the split's fold (groups are divided into five,
 * always the same way), and validation has its share of the others. By rule nothing is held out. Images that cannot be
 * read are listed instead.
 *
 * @throws GyrusError errors of `readTumourTable`; `cancelled`
 */
export async function readTumours(
  path: string,
  split: DecidedSplit,
  seed: number,
  signal: AbortSignal,
): Promise<TableOfTumours> {
  const name = nameOf(path)
  const all = await readTumourTable(path)
  const whole = new Array<boolean>(all.length)
  await workOnEach(all, DECODING, signal, async (image, i) => {
    whole[i] = await decodes(image)
  })
  const images = all.filter((_, i) => whole[i])
  const unreadable = all.filter((_, i) => !whole[i]).map(({ file }) => `${name}/${file}`)
  const members = [...Map.groupBy(images.keys(), (i) => images[i]?.group ?? '').values()]
  const parts = partsOf(members, images.length, split, seed)
  const examples = images.map((image, i) => ({
    file: `${name}/${image.file}`,
    path: image.path,
    label: null,
    group: `${name}-${image.group}`,
    part: parts[i] as Part,
  }))
  return { examples, sha256: await hashOfTable(path), unreadable }
}

/** As `sha256sum` of a table's images would print them; those that are not there are left out. Errors of `readTumourTable`. */
export async function hashOfTable(path: string): Promise<string> {
  const images = (await readTumourTable(path)).map((image) => ({ ...image, file: `${nameOf(path)}/${image.file}` }))
  const read = await Promise.allSettled(images.map((image) => readImageBytes(image)))
  return hashOf(
    images,
    read.map((one) => (one.status === 'fulfilled' ? one.value.sha256 : undefined)),
  )
}

const nameOf = (path: string) => basename(dirname(path))

async function decodes(image: TumourImage): Promise<boolean> {
  try {
    await decodeImage((await readImageBytes(image)).bytes)
    return true
  } catch {
    return false
  }
}

function partsOf(members: number[][], count: number, split: DecidedSplit, seed: number): Part[] {
  const parts = new Array<Part>(count).fill('training')
  const put = (groups: number[][], part: Part) => {
    for (const i of groups.flat()) parts[i] = part
  }
  const into = (groups: number[][], shares: number[], draw: number) => {
    const labels = new Array<'glioma'>(count).fill('glioma')
    const chosen = divide(
      groups.map((group) => ({ members: group })),
      labels,
      shares,
      draw,
    )
    return groups.map((group, i) => ({ group, part: chosen[i] as number }))
  }
  let rest = members
  if (split.by === 'fold') {
    const folds = into(members, new Array<number>(FOLDS).fill(1 / FOLDS), 1)
    const held = (part: number) => part === split.fold % FOLDS
    put(
      folds.filter(({ part }) => held(part)).map(({ group }) => group),
      'held-out',
    )
    rest = folds.filter(({ part }) => !held(part)).map(({ group }) => group)
  }
  if (split.validation > 0) {
    const drawn = into(rest, [1 - split.validation, split.validation], seed)
    put(
      drawn.filter(({ part }) => part === 1).map(({ group }) => group),
      'validation',
    )
  }
  return parts
}
