import type { HeadOptions } from './head.ts'
import { applyHead, trainHead } from './head.ts'
import type { Matrix } from './standardise.ts'

/**
 * Logits of each row by a head that was trained without that row's fold.
 * @param folds fold of each row; patients must not be divided between folds
 */
export async function outOfFoldLogits(
  features: Matrix,
  labels: number[],
  folds: number[],
  options: HeadOptions,
): Promise<number[][]> {
  const logits = new Array<number[]>(labels.length)
  for (const fold of new Set(folds)) {
    const rows = folds.keys().toArray()
    const held = rows.filter((row) => folds[row] === fold)
    const kept = rows.filter((row) => folds[row] !== fold)
    const head = await trainHead(
      select(features, kept),
      kept.map((row) => labels[row] as number),
      options,
    )
    const answers = applyHead(head, select(features, held))
    held.forEach((row, i) => {
      logits[row] = answers[i] as number[]
    })
  }
  return logits
}

/** Some rows of a matrix, in the order given. */
export function select({ columns, data }: Matrix, rows: number[]): Matrix {
  const selected = new Float32Array(rows.length * columns)
  rows.forEach((row, i) => {
    selected.set(data.subarray(row * columns, (row + 1) * columns), i * columns)
  })
  return { rows: rows.length, columns, data: selected }
}
