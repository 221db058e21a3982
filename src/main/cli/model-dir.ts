import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { chooseModel, modelPlaces } from '../compose.ts'
import { dataFolderAt } from '../core/data-folder.ts'
import { findPlace } from '../core/models/places.ts'
import { readingRecord } from './record.ts'

/**
 * Folder of the model that is named by its id or by its folder; of the one in force where none is named.
 *
 * @throws GyrusError `model-unknown`
 */
export async function modelDirOf(model: string | undefined, dataDir: string): Promise<string> {
  const folder = dataFolderAt(dataDir)
  const places = modelPlaces(folder)
  if (model === undefined) return (await readingRecord(folder, (store) => chooseModel(store, places))).dir
  return existsSync(join(model, 'model.json')) ? model : (await findPlace(places, model)).dir
}
