import { randomUUID } from 'node:crypto'
import { copyFile, mkdir, readdir, rename, rm, rmdir, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type { BackupManifest } from '../../../shared/backup.ts'
import { GyrusError } from '../../../shared/errors.ts'
import { asDataFolderError } from '../../../shared/file-errors.ts'
import type { CopyFollowing, Store } from '../../store/types.ts'
import { type DataFolder, dataFolderAt, scanPath } from '../data-folder.ts'
import { refuseDepartment } from '../department/settings.ts'
import { KEY_FILE, type KeyFile } from '../encryption/key-file.ts'
import type { FolderKeys } from '../encryption/keys.ts'
import { asStored } from '../stored-scans.ts'
import { isCovered } from './covered.ts'
import type { Databases } from './databases.ts'
import { nameOf } from './hashed.ts'
import { keepWhole, syncFolder } from './keep.ts'
import { DATABASE, readManifest } from './places.ts'
import {
  checkDatabaseFile,
  checkScans,
  checkTrail,
  keyFileOf,
  type OfBackup,
  readFileKept,
  unsound,
} from './verify-backup.ts'

export interface RestoreParts {
  databases: Databases
  /** Asks, by the accounts of the backup itself, who may do this. */
  who(store: Store): Promise<string>
  /** Opens the key of a backup that is encrypted. */
  unlock(file: KeyFile): Promise<FolderKeys>
}

export interface Restored {
  dataDir: string
  at: string
  entries: number
  scans: number
  /** Scans that were lost before the backup was made. */
  lostScans: string[]
  /** Where the data folder that was there before lies now. */
  putAside: string | null
  /** Folders into which the record wrote every day, and does no more from here; null where it did not, or goes on. */
  ended: { backups: string | null; heads: string | null }
}

/**
 * Makes a data folder of a backup: built and verified beside its place, and moved there when all of it is sound. With
 * `replace`, what is there is put aside under another name; nothing is deleted. Without, it is one record more: an
 * installation of its own, so that its backups take none of the other's away, without daily backups and signed heads,
 * which would lie among those of the record that it was made of.
 *
 * @throws GyrusError `backup-invalid`, `backup-unsound`, `restore-folder-used`, `data-folder-in-use`, `disk-full`,
 * `data-folder-unusable`, `cancelled`, and what `who` throws
 */
export async function restore(
  parts: RestoreParts,
  { backup, dataDir, replace }: { backup: string; dataDir: string; replace: boolean },
  following: CopyFollowing = {},
): Promise<Restored> {
  const from = resolve(backup)
  const target = resolve(dataDir)
  refuseDepartment(dataFolderAt(target).department)
  const manifest = await readManifest(from)
  const used = await isUsed(target)
  if (used && !replace) throw new GyrusError('restore-folder-used', { path: target })
  // No Gyrus may be at work in what is put aside.
  const keys = await keysOf(parts, from, manifest)
  const lock = used ? parts.databases.lock(target) : null
  const part = `${target}.restoring-${randomUUID()}`
  try {
    const building = { backup: from, manifest, keys, folder: dataFolderAt(part, keys), replace }
    const { entries, ended } = await build(parts, building, following)
    lock?.release()
    const putAside = await moveInto(part, target, used)
    const { at, scans, lostScans } = manifest
    return { dataDir: target, at, entries, scans, lostScans, putAside, ended }
  } catch (error) {
    await rm(part, { recursive: true, force: true }).catch(() => undefined)
    throw asRestoreError(error, target)
  } finally {
    lock?.release()
  }
}

const asRestoreError = (error: unknown, path: string) =>
  error instanceof GyrusError ? error : asDataFolderError(error, path)

/** @throws GyrusError `backup-unsound`, and what `unlock` throws */
async function keysOf({ unlock }: RestoreParts, from: string, manifest: BackupManifest): Promise<FolderKeys | null> {
  const file = keyFileOf(from, manifest)
  return file && unlock(file)
}

async function isUsed(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => null)
  if (found === null) return false
  return !found.isDirectory() || (await readdir(path)).length > 0
}

interface Building extends OfBackup {
  folder: DataFolder
  replace: boolean
}

/** @returns how many entries its trail has, and what it does no more */
async function build(
  { databases, who }: RestoreParts,
  building: Building,
  following: CopyFollowing,
): Promise<Pick<Restored, 'entries' | 'ended'>> {
  const { backup, manifest, folder } = building
  await mkdir(folder.root, { recursive: true, mode: 0o700 })
  await checkDatabaseFile(building)
  if (folder.keys) await copyFile(join(backup, KEY_FILE), join(folder.root, KEY_FILE))
  await copyFile(join(backup, DATABASE), folder.database)
  const store = await databases.open(folder.database, folder.keys?.database ?? null)
  try {
    await checkTrail(store, building, following)
    const actor = await who(store)
    await restoreFiles(building, following)
    await checkScans(store, building, following, (sha256, content) =>
      keepWhole(scanPath(folder, sha256), asStored(folder, sha256, content)),
    )
    const detail = { backup, at: manifest.at, head: manifest.head?.hash ?? null, entries: manifest.entries }
    await store.logRestored(detail, building.replace ? null : randomUUID(), actor)
    const ended = building.replace ? { backups: null, heads: null } : await endDaily(store, actor)
    return { entries: (await store.auditHead())?.sequence ?? 0, ended }
  } finally {
    await store.close()
  }
}

async function endDaily(store: Store, actor: string): Promise<Restored['ended']> {
  const { folder: backups, daily, weekly } = await store.backupSettings()
  const { headsFolder: heads } = await store.auditSettings()
  if (backups !== null) await store.setBackups({ folder: null, daily, weekly }, actor)
  if (heads !== null) await store.setHeadsFolder(null, actor)
  await store.switchSourcesOff(actor)
  return { backups, heads }
}

async function restoreFiles(building: Building, { signal, onProgress }: CopyFollowing) {
  const { backup, manifest, folder } = building
  for (const [index, { path, sha256 }] of manifest.files.entries()) {
    if (signal?.aborted) throw new GyrusError('cancelled')
    const content = await readFileKept(building, { path, sha256 })
    const place = inside(folder.root, path, backup)
    await keepWhole(place, isCovered(path) ? asStored(folder, nameOf(path), content) : content)
    onProgress?.({ stage: 'files', done: index + 1, total: manifest.files.length })
  }
}

/** A manifest that leads out of the data folder was not written by Gyrus. */
function inside(root: string, path: string, backup: string): string {
  const parts = path.split('/')
  if (parts.some((part) => part === '' || part === '.' || part === '..' || /[\\:]/.test(part))) {
    throw unsound(backup, `its manifest names a file outside the data folder (${path}).`)
  }
  return join(root, ...parts)
}

/** @returns where the old folder went */
async function moveInto(part: string, target: string, used: boolean): Promise<string | null> {
  const putAside = used ? `${target}.before-restore-${new Date().toISOString().replace(/[-:.]/g, '')}` : null
  if (putAside !== null) await rename(target, putAside)
  else await rmdir(target).catch(() => undefined)
  await rename(part, target)
  await syncFolder(dirname(target))
  return putAside
}
