import { createHash, randomUUID } from 'node:crypto'
import { mkdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { asDataFolderError } from '../../../shared/file-errors.ts'
import type { DatasetManifest } from '../../../shared/frozen-dataset.ts'
import type { RecordedDataset, Store } from '../../store/types.ts'
import { type DataFolder, manifestPath, versionKey } from '../data-folder.ts'
import { writeThrough } from '../write-through.ts'
import { storedManifest } from './manifest-file.ts'

/**
 * Makes a manifest a version: written whole beside its place, moved there in one step, then put on record. Only the row
 * makes it one, so a kill before it leaves a folder that nothing names; the next import takes its number and its place.
 *
 * @throws GyrusError `disk-full`, `data-folder-unusable`, errors of `SharedFiles`, what `addDataset` throws; nothing is left
 *   here then
 */
export async function writeVersion(
  folder: DataFolder,
  store: Store,
  manifest: DatasetManifest,
): Promise<RecordedDataset> {
  const text = JSON.stringify(manifest)
  const target = dirname(manifestPath(folder, manifest.name, manifest.version))
  await place(join(folder.incoming, randomUUID()), target, storedManifest(folder, manifest, text)).catch((error) => {
    throw asDataFolderError(error, folder.datasets)
  })
  const { name, version, sha256, contentSha256, importedAt, importedBy, origin, perClass } = manifest
  const entry: RecordedDataset = {
    ...{ name, version, sha256, contentSha256, importedAt, importedBy, origin, perClass },
    manifestSha256: createHash('sha256').update(text).digest('hex'),
    images: manifest.images.length,
    unreadable: manifest.unreadable.length,
  }
  try {
    await folder.files.push(versionKey(entry))
    await store.addDataset(entry)
    return entry
  } catch (error) {
    await rm(target, { recursive: true, force: true })
    // The next import takes its place there, too.
    await folder.files.drop(versionKey(entry)).catch(() => undefined)
    throw error
  }
}

async function place(part: string, target: string, content: Uint8Array): Promise<void> {
  try {
    await mkdir(part, { mode: 0o700 })
    await writeThrough(join(part, 'dataset.json'), content)
    await mkdir(dirname(target), { recursive: true, mode: 0o700 })
    await rm(target, { recursive: true, force: true })
    await rename(part, target)
  } catch (error) {
    await rm(part, { recursive: true, force: true })
    throw error
  }
}
