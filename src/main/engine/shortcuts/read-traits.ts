import { readFile } from 'node:fs/promises'
import type { TaskProgress } from '../../../shared/dataset.ts'
import { GyrusError } from '../../../shared/errors.ts'
import { asFileError } from '../../../shared/file-errors.ts'
import { decodeImage } from '../decode/index.ts'
import type { Following } from '../types.ts'
import { traitsOf } from './traits.ts'

/** As in `loadDataset`. */
const DECODING = 3

/**
 * The traits of files that were read before, one row a file.
 *
 * @throws GyrusError `cancelled`; errors of `decodeImage`, `file-missing` or `file-unreadable` where a file has changed
 */
export async function readTraits(
  files: readonly { path: string }[],
  { signal, onProgress }: Following<TaskProgress>,
): Promise<number[][]> {
  const rows = new Array<number[]>(files.length)
  let next = 0
  let done = 0
  const work = async () => {
    while (next < files.length) {
      if (signal.aborted) throw new GyrusError('cancelled')
      const index = next++
      const path = files[index]?.path as string
      const bytes = await readFile(path).catch((error) => Promise.reject(asFileError(error)))
      rows[index] = traitsOf(await decodeImage(bytes), bytes.length)
      onProgress({ stage: 'reading', done: ++done, total: files.length })
    }
  }
  await Promise.all(Array.from({ length: DECODING }, work))
  return rows
}
