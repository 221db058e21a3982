import { stat } from 'node:fs/promises'
import type { DatasetSource } from '../../../shared/dataset.ts'
import { asFileError } from '../../../shared/file-errors.ts'
import { readFolders } from './folders.ts'
import { joinPatients, readImageTable } from './tables.ts'
import type { LabelledImage } from './types.ts'

/** What a labelled set lists, without opening an image. Errors of `readFolders`, `readImageTable` and `joinPatients`. */
export async function readDataset({ path, patients }: DatasetSource): Promise<LabelledImage[]> {
  const found = await stat(path).catch((error) => Promise.reject(asFileError(error)))
  const images = found.isDirectory() ? await readFolders(path) : await readImageTable(path)
  return patients === undefined ? images : joinPatients(images, patients)
}
