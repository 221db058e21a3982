import type { TaskProgress } from '../../../shared/dataset.ts'
import { GyrusError } from '../../../shared/errors.ts'
import { type ImageFile, readImageBytes } from '../dataset/bytes.ts'
import { decodeImage } from '../decode/index.ts'
import type { Following } from '../types.ts'
import { traitsOf } from './traits.ts'

/** As in `loadDataset`. */
const DECODING = 3

/**
 * The traits of files that were read before, one row a file.
 *
 * @throws GyrusError `cancelled`; errors of `readImageBytes` and `decodeImage` where a file has changed
 */
export async function readTraits(
  files: readonly ImageFile[],
  { signal, onProgress }: Following<TaskProgress>,
): Promise<number[][]> {
  const rows = new Array<number[]>(files.length)
  let next = 0
  let done = 0
  const work = async () => {
    while (next < files.length) {
      if (signal.aborted) throw new GyrusError('cancelled')
      const index = next++
      const { bytes } = await readImageBytes(files[index] as ImageFile)
      rows[index] = traitsOf(await decodeImage(bytes), bytes.length)
      onProgress({ stage: 'reading', done: ++done, total: files.length })
    }
  }
  await Promise.all(Array.from({ length: DECODING }, work))
  return rows
}
