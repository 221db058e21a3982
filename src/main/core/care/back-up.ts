import { realpathSync } from 'node:fs'
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { join, resolve, sep } from 'node:path'
import { breakSentence } from '../../../shared/audit.ts'
import type { BackupManifest, MadeBackup } from '../../../shared/backup.ts'
import { GyrusError } from '../../../shared/errors.ts'
import type { CopyFollowing } from '../../store/types.ts'
import type { DataFolder } from '../data-folder.ts'
import { refuseDepartment } from '../department/settings.ts'
import { KEY_FILE, type KeyFile, readKeyFile, writeKeyFile } from '../encryption/key-file.ts'
import { keepFiles, keepScans } from './contents.ts'
import { placeOf } from './copy-id.ts'
import type { BackupParts, Databases } from './databases.ts'
import { asBackupError } from './errors.ts'
import { keepWhole, sha256OfFile, syncFolder } from './keep.ts'
import { noteBackup } from './note.ts'
import { backupName, DATABASE, MANIFEST, PART } from './places.ts'
import { retain } from './retention.ts'

export interface BackupOptions {
  by: string
  /** Made by the schedule. */
  daily: boolean
  /** Read what earlier backups left there again, and mend it where it is no longer what it was. */
  readAll: boolean
}

/**
 * Makes a backup of one moment of a Gyrus that may be at work. It is written beside its place, verified and moved there
 * in one step; what a kill or an error leaves is taken away by the next one. Then old ones go, as the settings say.
 *
 * @throws GyrusError `backup-folder-missing`, `backup-folder-unwritable`, `backup-folder-full`, `backup-folder-inside`,
 * `backup-busy`, `backup-record-broken`, `cancelled`, and what a record that cannot be read gives
 */
export async function backUp(
  parts: BackupParts,
  to: string,
  options: BackupOptions,
  following: CopyFollowing = {},
): Promise<MadeBackup> {
  refuseDepartment(parts.folder.department)
  const dir = resolve(to)
  await checkFolder(parts.folder, dir)
  const lock = takeFolder(parts.databases, dir)
  try {
    await removeParts(dir)
    const at = new Date().toISOString()
    const part = join(dir, `${PART}${backupName(at)}`)
    const path = join(dir, backupName(at))
    const made = await writeInto(parts, { dir, part, at }, options, following).catch(async (error) => {
      await rm(part, { recursive: true, force: true }).catch(() => undefined)
      throw asBackupError(error, dir)
    })
    await rename(part, path).catch((error) => Promise.reject(asBackupError(error, dir)))
    await syncFolder(dir)
    const { manifest, copied } = made
    const { entries, scans, lostScans, head } = manifest
    const detail = { entries, scans, files: manifest.files.length, lost: lostScans.length, head: head?.hash ?? null }
    await parts.store.logBackup({ path, at, detail, daily: options.daily }, options.by)
    await noteBackup(parts.folder, { path, at })
    const removed = await retain(parts, dir, options.by)
    return { path, at, entries, scans, copied, lostScans, removed }
  } finally {
    lock.release()
  }
}

async function checkFolder({ root }: DataFolder, dir: string): Promise<void> {
  const found = await stat(dir).catch(() => null)
  if (!found?.isDirectory()) throw new GyrusError('backup-folder-missing', { path: dir })
  const inside = `${realpathSync(dir)}${sep}`.startsWith(`${realpathSync(root)}${sep}`)
  if (inside) throw new GyrusError('backup-folder-inside', { path: dir })
}

function takeFolder(databases: Databases, dir: string): { release(): void } {
  try {
    return databases.lock(dir)
  } catch (error) {
    if (error instanceof GyrusError && error.code === 'data-folder-in-use') throw new GyrusError('backup-busy')
    throw asBackupError(error, dir)
  }
}

/** Only while the folder is held: nobody else is at work there. */
async function removeParts(dir: string): Promise<void> {
  try {
    for (const name of await readdir(dir)) {
      if (name.startsWith(PART)) await rm(join(dir, name), { recursive: true, force: true })
    }
  } catch (error) {
    throw asBackupError(error, dir)
  }
}

interface Places {
  dir: string
  part: string
  at: string
}

async function writeInto(
  { version, folder, databases }: BackupParts,
  { dir, part, at }: Places,
  { readAll }: BackupOptions,
  following: CopyFollowing,
): Promise<{ manifest: BackupManifest; copied: number }> {
  await mkdir(part, { mode: 0o700 })
  const database = join(part, DATABASE)
  const { keys } = folder
  await databases.copy(folder.database, database, following, keys?.database ?? null)
  const copy = databases.read(database, keys?.database ?? null)
  try {
    const { entries, head, broken } = await copy.verifyRecord(following)
    if (broken) throw new GyrusError('backup-record-broken', { reason: breakSentence(broken.kind) })
    const scans = await keepScans({ copy, folder, dir, readAll }, following)
    const files = await keepFiles({ folder, dir, readAll }, following)
    const manifest: BackupManifest = {
      format: 'gyrus-backup-1',
      gyrus: version,
      installation: (await copy.auditSettings()).installation,
      place: placeOf(folder),
      at,
      ...(keys && { keyId: keys.id }),
      database: { bytes: (await stat(database)).size, sha256: await sha256OfFile(database) },
      head: head && { sequence: head.sequence, hash: head.hash },
      entries,
      ...{ scans: scans.n, scanBytes: scans.bytes, lostScans: scans.lost },
      files: files.files,
    }
    if (keys) await writeKeyFile(part, keysOfBackup(folder))
    await keepWhole(join(part, MANIFEST), `${JSON.stringify(manifest, null, 1)}\n`)
    await syncFolder(part)
    return { manifest, copied: scans.copied + files.copied }
  } finally {
    await copy.close()
  }
}

/** The wrapped key goes along. What this machine's key store sealed opens nowhere else, and is left out. */
function keysOfBackup({ root }: DataFolder): KeyFile {
  const file = readKeyFile(root)
  if (file === null) throw new GyrusError('keys-missing', { path: join(root, KEY_FILE) })
  return { ...file, stage: 'on', wraps: file.wraps.filter(({ kind }) => kind !== 'key-store') }
}
