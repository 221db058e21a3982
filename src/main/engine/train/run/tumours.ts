import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { basename, dirname, resolve } from 'node:path'
import { asFileError } from '../../../../shared/file-errors.ts'
import type { TrainingSplit } from '../../../../shared/training.ts'
import { readTable } from '../../dataset/csv.ts'
import { divide } from '../../dataset/divide.ts'
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
  const columns = { required: ['file', 'group'], optional: ['cx', 'cy', 'w', 'h'] } as const
  const rows = await readTable(path, columns)
  const folder = dirname(path)
  const members = [...Map.groupBy(rows.keys(), (i) => rows[i]?.cells.group ?? '').values()]
  const parts = partsOf(members, rows.length, split, seed)
  const examples = rows.map(({ cells }, i) => ({
    file: `${basename(folder)}/${cells.file}`,
    path: resolve(folder, cells.file),
    label: null,
    group: `${basename(folder)}-${cells.group}`,
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

/** As `sha256sum` of the files, sorted by name, would print them. */
async function hashOf(examples: Example[]): Promise<string> {
  const total = createHash('sha256')
  for (const { file, path } of examples.toSorted((a, b) => (a.file < b.file ? -1 : 1))) {
    const bytes = await readFile(path).catch((error) => Promise.reject(asFileError(error)))
    total.update(`${createHash('sha256').update(bytes).digest('hex')}  ${file}\n`)
  }
  return total.digest('hex')
}
