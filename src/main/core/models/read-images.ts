import { type ReadImage, type ReadQuery, type ReadRow, toReadImage } from '../../../shared/kept-evaluation.ts'

/**
 * The images that are asked for, the surest first; those at random in the order in which they were drawn, each image as
 * likely as any other and none twice.
 *
 * @param random numbers in [0, 1) from a seed
 */
export function chosen(rows: ReadRow[], query: ReadQuery, random: (seed: number) => () => number): ReadImage[] {
  if (query.kind === 'random') return drawn(rows, query.n, random(query.seed)).map(toReadImage)
  return rows
    .map(toReadImage)
    .filter((image) => isAsked(image, query))
    .sort(surestFirst)
}

function isAsked({ truth, called }: ReadImage, query: Exclude<ReadQuery, { kind: 'random' }>): boolean {
  if (query.kind === 'cell') return truth === query.truth && called === query.called
  if (query.kind === 'missed') return truth !== 'notumor' && called === 'notumor'
  return truth !== called
}

const surestFirst = (a: ReadImage, b: ReadImage): number =>
  b.probabilities[b.called] - a.probabilities[a.called] || (a.file < b.file ? -1 : 1)

/** The first `n` of a shuffle (Durstenfeld 1964, Algorithm 235). */
function drawn<T>(all: readonly T[], n: number, next: () => number): T[] {
  const left = [...all]
  const most = Math.min(n, left.length)
  for (let i = 0; i < most; i++) {
    const other = i + Math.floor(next() * (left.length - i))
    ;[left[i], left[other]] = [left[other] as T, left[i] as T]
  }
  return left.slice(0, most)
}
