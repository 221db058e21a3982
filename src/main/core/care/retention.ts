import { readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { BackupManifest } from '../../../shared/backup.ts'
import type { ReadStore } from '../../store/types.ts'
import type { FolderKeys } from '../encryption/keys.ts'
import { isOwn, placeOf } from './copy-id.ts'
import type { BackupParts } from './databases.ts'
import { withCopy } from './migrated.ts'
import { DATABASE, isBackupName, keptIn, PART, readManifest } from './places.ts'

const DAY_MS = 86_400_000
const PAGE = 5_000

interface Found {
  name: string
  manifest: BackupManifest
}

/**
 * Takes away the backups of this data folder that the rule does not keep, then scans and files that none of those that
 * are left has. Those of other installations and of copies, and what cannot be read, are left alone.
 *
 * @returns paths of the backups that went
 */
export async function retain(parts: BackupParts, dir: string, by: string): Promise<string[]> {
  const { store } = parts
  const { daily, weekly } = await store.backupSettings()
  const { installation } = await store.auditSettings()
  const { found, unreadable } = await findBackups(dir)
  const place = placeOf(parts.folder)
  const own = found.filter(({ manifest }) => isOwn(manifest, { installation, place }))
  const kept = keptBackups(
    own.map(({ name, manifest }) => ({ name, at: manifest.at })),
    { daily, weekly },
  )
  const removed: string[] = []
  for (const { name } of own.filter((one) => !kept.has(one.name))) {
    await takeAway(dir, name)
    removed.push(join(dir, name))
    await store.log({ actor: by, act: 'backup.removed', subject: 'backup', detail: { path: join(dir, name) } })
  }
  const left = found.filter(({ name }) => !removed.includes(join(dir, name)))
  const needless = removed.length > 0 || (await store.erasedScans()).length > 0
  if (needless && unreadable === 0) await sweep(dir, left, parts)
  return removed
}

async function findBackups(dir: string): Promise<{ found: Found[]; unreadable: number }> {
  const names = (await readdir(dir)).filter(isBackupName).sort()
  const read = await Promise.all(
    names.map(async (name) => ({ name, manifest: await readManifest(join(dir, name)).catch(() => null) })),
  )
  const found = read.flatMap(({ name, manifest }) => (manifest ? [{ name, manifest }] : []))
  return { found, unreadable: read.length - found.length }
}

/** The newest backup of each of the newest `daily` days that have one, and of the newest `weekly` weeks. */
export function keptBackups(
  backups: { name: string; at: string }[],
  { daily, weekly }: { daily: number; weekly: number },
): Set<string> {
  const newestFirst = backups.toSorted((a, b) => (a.at < b.at ? 1 : -1))
  const newestOf = (period: (at: string) => string, n: number) => {
    const seen = new Map<string, string>()
    for (const { name, at } of newestFirst) if (!seen.has(period(at))) seen.set(period(at), name)
    return [...seen.values()].slice(0, n)
  }
  return new Set([...newestOf((at) => at.slice(0, 10), daily), ...newestOf(mondayOf, weekly)])
}

/** The day on which an instant's week begins, UTC. */
function mondayOf(at: string): string {
  const day = new Date(`${at.slice(0, 10)}T00:00:00Z`)
  return new Date(day.getTime() - ((day.getUTCDay() + 6) % 7) * DAY_MS).toISOString().slice(0, 10)
}

/** Under another name first: half a backup must not pass for one. */
async function takeAway(dir: string, name: string): Promise<void> {
  const part = join(dir, `${PART}${name}`)
  await rename(join(dir, name), part)
  await rm(part, { recursive: true, force: true })
}

/** In clear, and under the key of this record. What another key covers cannot be looked into, and is left alone. */
async function sweep(dir: string, left: Found[], parts: BackupParts): Promise<void> {
  const { keys } = parts.folder
  for (const key of keys === null ? [null] : [null, keys]) {
    const covered = left.filter(({ manifest }) => manifest.keyId === key?.id)
    await sweepCovered(dir, covered, parts, key)
  }
}

async function sweepCovered(dir: string, left: Found[], parts: BackupParts, keys: FolderKeys | null): Promise<void> {
  const needed = { scans: new Set<string>(), files: new Set<string>() }
  for (const { name, manifest } of left) {
    for (const { sha256 } of manifest.files) needed.files.add(sha256)
    const found = await scansOf(parts, join(dir, name, DATABASE), keys).catch(() => null)
    // Written by a newer Gyrus: what it needs is not known, so nothing is needless.
    if (found === null) return
    for (const sha256 of found) needed.scans.add(sha256)
  }
  for (const kind of ['scans', 'files'] as const)
    await sweepStore(join(dir, keptIn(kind, keys?.id ?? null)), needed[kind])
}

/** Read as it is; one that an older Gyrus wrote, from a copy that was brought up to date. */
async function scansOf(parts: BackupParts, database: string, keys: FolderKeys | null): Promise<string[]> {
  const copy = parts.databases.read(database, keys?.database ?? null)
  try {
    return await listScans(copy)
  } catch {
    return await withCopy(parts, { database, keys }, listScans)
  } finally {
    await copy.close()
  }
}

async function listScans(store: ReadStore): Promise<string[]> {
  const all: string[] = []
  for (let after: string | undefined = ''; after !== undefined; ) {
    const scans = await store.scansAfter(after, PAGE)
    all.push(...scans.map(({ sha256 }) => sha256))
    after = scans.at(-1)?.sha256
  }
  return all
}

async function sweepStore(dir: string, needed: Set<string>): Promise<void> {
  const entries = await readdir(dir, { withFileTypes: true, recursive: true }).catch(() => [])
  for (const entry of entries) {
    const stray = entry.isFile() && /^[0-9a-f]{64}/.test(entry.name) && !needed.has(entry.name)
    if (stray) await rm(join(entry.parentPath, entry.name), { force: true })
  }
}
