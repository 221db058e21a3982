import type { BackupRow } from '../../../shared/backup.ts'
import type { ReadStore } from '../../store/types.ts'
import { restoreCommand } from '../command-lines.ts'
import type { DataFolder } from '../data-folder.ts'
import { readManifest } from './places.ts'

/** The backups that the record knows of, newest first, with what can be told of them without reading them. */
export async function knownBackups({ store, folder }: { store: ReadStore; folder: DataFolder }): Promise<BackupRow[]> {
  const logged = await store.loggedBackups()
  return Promise.all(
    logged.map(async ({ entries: _, ...one }) => {
      const bytes = await bytesOf(one.path)
      return { ...one, bytes, reachable: bytes !== null, restore: restoreCommand(one.path, folder.root) }
    }),
  )
}

/** Null where it cannot be read now. */
async function bytesOf(path: string): Promise<number | null> {
  const manifest = await readManifest(path).catch(() => null)
  if (manifest === null) return null
  return manifest.files.reduce((sum, { bytes }) => sum + bytes, manifest.database.bytes + manifest.scanBytes)
}
