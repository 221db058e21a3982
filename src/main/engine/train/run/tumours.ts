import { basename, dirname } from 'node:path'
import type { TrainingSplit } from '../../../../shared/training.ts'
import { readImageBytes } from '../../dataset/bytes.ts'
import { divide } from '../../dataset/divide.ts'
import { hashFiles } from '../../dataset/hashes.ts'
import { readTumourTable } from '../../dataset/tables.ts'
import type { Example, Part } from './types.ts'

/** Folds that a table's groups are divided into where the split is by fold. */
const FOLDS = 5

/**
 * Tumours of unknown type, groups kept together: held out are those of the split's fold (groups are divided into five,
 * always the same way), and validation has its share of the others. By rule nothing is held out.
 */
export async function readTumours(
  path: string,
  split: TrainingSplit,
  seed: number,
): Promise<{ examples: Example[]; sha256: string }> {
  const images = await readTumourTable(path)
  const name = basename(dirname(path))
  const members = [...Map.groupBy(images.keys(), (i) => images[i]?.group ?? '').values()]
  const parts = partsOf(members, images.length, split, seed)
  const examples = images.map((image, i) => ({
    file: `${name}/${image.file}`,
    path: image.path,
    label: null,
    group: `${name}-${image.group}`,
    part: parts[i] as Part,
  }))
  return { examples, sha256: await hashOf(examples) }
}

function partsOf(members: number[][], count: number, split: TrainingSplit, seed: number): Part[] {
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

/** As `sha256sum` of the files would print them. */
async function hashOf(examples: Example[]): Promise<string> {
  const hashes = examples.map(async (example) => ({
    file: example.file,
    sha256: (await readImageBytes(example)).sha256,
  }))
  return hashFiles(await Promise.all(hashes))
}
