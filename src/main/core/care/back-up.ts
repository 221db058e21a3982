import { realpathSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { basename, join, resolve, sep } from 'node:path'
import { breakSentence } from '../../../shared/audit.ts'
import type { BackupFile, BackupManifest, MadeBackup } from '../../../shared/backup.ts'
import { GyrusError } from '../../../shared/errors.ts'
import type { CopyFollowing, ReadStore, Store } from '../../store/types.ts'
import { type DataFolder, scanPath } from '../data-folder.ts'
import { dataFiles } from './data-files.ts'
import type { Databases } from './databases.ts'
import { asBackupError } from './errors.ts'
import { keepWhole, readHashed, sha256Of, sizeOf, syncFolder } from './keep.ts'
import { noteBackup } from './note.ts'
import { backupName, DATABASE, keptFile, keptScan, MANIFEST, PART } from './places.ts'
import { retain } from './retention.ts'

const PAGE = 500

export interface BackupParts {
  version: string
  folder: DataFolder
  store: Store
  databases: Databases
}

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
  await databases.copy(folder.database, database, following)
  const copy = databases.read(database)
  try {
    const { entries, head, broken } = await copy.verifyRecord(following)
    if (broken) throw new GyrusError('backup-record-broken', { reason: breakSentence(broken.kind) })
    const scans = await keepScans({ copy, folder, dir, readAll }, following)
    const files = await keepFiles({ folder, dir, readAll }, following)
    const content = await readFile(database)
    const manifest: BackupManifest = {
      format: 'gyrus-backup-1',
      gyrus: version,
      installation: (await copy.auditSettings()).installation,
      at,
      database: { bytes: content.length, sha256: sha256Of(content) },
      head: head && { sequence: head.sequence, hash: head.hash },
      entries,
      ...{ scans: scans.n, scanBytes: scans.bytes, lostScans: scans.lost },
      files: files.files,
    }
    await keepWhole(join(part, MANIFEST), `${JSON.stringify(manifest, null, 1)}\n`)
    await syncFolder(part)
    return { manifest, copied: scans.copied + files.copied }
  } finally {
    await copy.close()
  }
}

interface Keeping {
  folder: DataFolder
  dir: string
  readAll: boolean
}

async function keepScans({ copy, folder, dir, readAll }: Keeping & { copy: ReadStore }, following: CopyFollowing) {
  const kept = { n: 0, bytes: 0, copied: 0, lost: [] as string[] }
  for (let after = ''; ; ) {
    const scans = await copy.scansAfter(after, PAGE)
    const last = scans.at(-1)
    if (!last) return kept
    for (const { sha256 } of scans) {
      const { bytes, copied } = await keepHashed(scanPath(folder, sha256), keptScan(dir, sha256), sha256, readAll)
      if (bytes === null) kept.lost.push(sha256)
      kept.n += 1
      kept.bytes += bytes ?? 0
      kept.copied += copied ? 1 : 0
      tell(following, 'scans', kept.n)
    }
    after = last.sha256
  }
}

async function keepFiles({ folder, dir, readAll }: Keeping, following: CopyFollowing) {
  const kept = { files: [] as BackupFile[], copied: 0 }
  for (const path of await dataFiles(folder)) {
    const source = join(folder.root, path)
    // Images of data sets lie under their hashes, so that they need not be read to know them.
    const name = /^[0-9a-f]{64}$/.test(basename(path)) ? basename(path) : null
    const sha256 = name ?? (await hashOf(source))
    if (sha256 === null) continue
    const { bytes, copied } = await keepHashed(source, keptFile(dir, sha256), sha256, readAll)
    if (bytes === null) continue
    kept.files.push({ path, bytes, sha256 })
    kept.copied += copied ? 1 : 0
    tell(following, 'files', kept.files.length)
  }
  return kept
}

/** Null where it went away meanwhile: a run that ended, a model that was taken out. */
async function hashOf(path: string): Promise<string | null> {
  const content = await readFile(path).catch(() => null)
  return content && sha256Of(content)
}

/** @returns bytes null where neither source nor backup has what this hash names */
async function keepHashed(source: string, target: string, sha256: string, readAll: boolean) {
  const there = await sizeOf(target)
  const trusted = there !== null && !readAll && there === (await sizeOf(source))
  if (trusted) return { bytes: there, copied: false }
  if (there !== null && (await readHashed(target, sha256))) return { bytes: there, copied: false }
  const content = await readHashed(source, sha256)
  if (content === null) return { bytes: null, copied: false }
  await keepWhole(target, content)
  return { bytes: content.length, copied: true }
}

function tell({ signal, onProgress }: CopyFollowing, stage: string, done: number): void {
  if (signal?.aborted) throw new GyrusError('cancelled')
  onProgress?.({ stage, done, total: done })
}
