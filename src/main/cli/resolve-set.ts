import { existsSync } from 'node:fs'
import { GyrusError } from '../../shared/errors.ts'
import { parseSetName } from '../../shared/frozen-dataset.ts'
import { chooseDataDir, openFolder, readRecord } from '../compose.ts'
import { dataFolderAt, hasRecord } from '../core/data-folder.ts'
import { Catalogue } from '../core/datasets/catalogue.ts'

/**
 * Path of a labelled set as a user names it: a folder or a table by its path, or an imported set as `NAME` (the newest
 * version) or `NAME@VERSION`, whose manifest is checked to be the one on record. For whatever command takes a set.
 *
 * @throws GyrusError `dataset-unknown`, `dataset-ambiguous` where a name is a path as well, `dataset-altered`
 */
export async function resolveSet(text: string, dataDir?: string): Promise<string> {
  if (parseSetName(text) === null) return text
  const isPath = existsSync(text)
  const recorded = existsSync(databaseIn(dataDir)) ? await withCatalogue(dataDir, (all) => findIn(all, text)) : null
  if (recorded !== null && isPath) throw new GyrusError('dataset-ambiguous', { name: text })
  if (recorded === null && !isPath) throw new GyrusError('dataset-unknown', { name: text })
  return recorded ?? text
}

/** Path of a set's manifest; null where there is no such set. */
async function findIn(catalogue: Catalogue, text: string): Promise<string | null> {
  const entry = await catalogue.named(text).catch((error: GyrusError) => {
    if (error.code === 'dataset-unknown') return null
    throw error
  })
  if (entry === null) return null
  return catalogue.ready(entry)
}

/** Looks at the imported sets beside a running Gyrus: the record is opened for reading only. @throws `record-missing` */
export async function withCatalogue<T>(
  dataDir: string | undefined,
  work: (catalogue: Catalogue) => Promise<T>,
): Promise<T> {
  const folder = await openFolder(chooseDataDir(dataDir))
  if (!hasRecord(folder)) throw new GyrusError('record-missing', { path: folder.database })
  const store = await readRecord(folder)
  try {
    return await work(new Catalogue({ folder, store }))
  } finally {
    await store.close()
  }
}

const databaseIn = (dataDir?: string) => dataFolderAt(chooseDataDir(dataDir)).database
