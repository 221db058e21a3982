import { stat } from 'node:fs/promises'
import { sep } from 'node:path'
import type { DatasetSource } from '../../../shared/dataset.ts'
import { GyrusError } from '../../../shared/errors.ts'
import { asFileError } from '../../../shared/file-errors.ts'
import { readFolders } from './folders.ts'
import { isManifest, readFrozen } from './frozen.ts'
import { LabelNames } from './names.ts'
import { joinPatients, readImageTable } from './tables.ts'
import type { LabelledImage } from './types.ts'

/**
 * What a labelled set lists, without opening an image.
 *
 * @throws GyrusError errors of `readFolders`, `readImageTable`, `readFrozen` and `joinPatients`, `dataset-map-unused`,
 *   `dataset-outside`
 */
export async function readDataset({ path, patients, map, within }: DatasetSource): Promise<LabelledImage[]> {
  const labels = new LabelNames(map)
  const listed = await readList(path, labels)
  const outside = within && listed.find((image) => !image.path.startsWith(within + sep))
  if (outside) throw new GyrusError('dataset-outside', { file: outside.file })
  const images = patients === undefined ? listed : await joinPatients(listed, patients, labels)
  labels.checkAllUsed()
  return images
}

async function readList(path: string, labels: LabelNames): Promise<LabelledImage[]> {
  const found = await stat(path).catch((error) => Promise.reject(asFileError(error)))
  if (found.isFile() && isManifest(path)) return readFrozen(path)
  return found.isDirectory() ? readFolders(path, labels) : readImageTable(path, labels)
}
