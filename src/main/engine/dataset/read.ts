import { stat } from 'node:fs/promises'
import type { DatasetSource } from '../../../shared/dataset.ts'
import { asFileError } from '../../../shared/file-errors.ts'
import { readFolders } from './folders.ts'
import { isManifest, readFrozen } from './frozen.ts'
import { LabelNames } from './names.ts'
import { joinPatients, readImageTable } from './tables.ts'
import type { LabelledImage } from './types.ts'

/**
 * What a labelled set lists, without opening an image.
 *
 * @throws GyrusError errors of `readFolders`, `readImageTable`, `readFrozen` and `joinPatients`, `dataset-map-unused`
 */
export async function readDataset({ path, patients, map }: DatasetSource): Promise<LabelledImage[]> {
  const labels = new LabelNames(map)
  const listed = await readList(path, labels)
  const images = patients === undefined ? listed : await joinPatients(listed, patients, labels)
  labels.checkAllUsed()
  return images
}

async function readList(path: string, labels: LabelNames): Promise<LabelledImage[]> {
  const found = await stat(path).catch((error) => Promise.reject(asFileError(error)))
  if (found.isFile() && isManifest(path)) return readFrozen(path)
  return found.isDirectory() ? readFolders(path, labels) : readImageTable(path, labels)
}
