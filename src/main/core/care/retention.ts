import { readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { BackupManifest } from '../../../shared/backup.ts'
import type { DataFolder } from '../data-folder.ts'
import type { BackupParts } from './databases.ts'
import { DATABASE, isBackupName, keptIn, PART, readManifest } from './places.ts'

const DAY_MS = 86_400_000
const PAGE = 5_000

interface Found {
  name: string
  manifest: BackupManifest
}

/**
 * Takes away the backups of this installation that the rule does not keep, then scans and files that none of those that
 * are left has. Others, and what cannot be read, are left alone.
 *
 * @returns paths of the backups that went
 */
export async function retain({ store, databases, folder }: BackupParts, dir: string, by: string): Promise<string[]> {
  const { daily, weekly } = await store.backupSettings()
  const { installation } = await store.auditSettings()
  const { found, unreadable } = await findBackups(dir)
  const own = found.filter(({ manifest }) => manifest.installation === installation)
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
  if (needless && unreadable === 0) await sweep(dir, left, { databases, keys: folder.keys })
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

type Sweeping = Pick<BackupParts, 'databases'> & Pick<DataFolder, 'keys'>

/** In clear, and under the key of this record. What another key covers cannot be looked into, and is left alone. */
async function sweep(dir: string, left: Found[], { databases, keys }: Sweeping): Promise<void> {
  for (const key of keys === null ? [null] : [null, keys]) {
    const covered = left.filter(({ manifest }) => manifest.keyId === key?.id)
    await sweepCovered(dir, covered, { databases, keys: key })
  }
}

async function sweepCovered(dir: string, left: Found[], { databases, keys }: Sweeping): Promise<void> {
  const needed = { scans: new Set<string>(), files: new Set<string>() }
  for (const { name, manifest } of left) {
    for (const { sha256 } of manifest.files) needed.files.add(sha256)
    const copy = databases.read(join(dir, name, DATABASE), keys?.database ?? null)
    try {
      for (let after: string | undefined = ''; after !== undefined; ) {
        const scans = await copy.scansAfter(after, PAGE)
        for (const { sha256 } of scans) needed.scans.add(sha256)
        after = scans.at(-1)?.sha256
      }
    } catch {
      // Written by another Gyrus: what it needs is not known, so nothing is needless.
      return
    } finally {
      await copy.close()
    }
  }
  for (const kind of ['scans', 'files'] as const)
    await sweepStore(join(dir, keptIn(kind, keys?.id ?? null)), needed[kind])
}

async function sweepStore(dir: string, needed: Set<string>): Promise<void> {
  const entries = await readdir(dir, { withFileTypes: true, recursive: true }).catch(() => [])
  for (const entry of entries) {
    const stray = entry.isFile() && /^[0-9a-f]{64}/.test(entry.name) && !needed.has(entry.name)
    if (stray) await rm(join(entry.parentPath, entry.name), { force: true })
  }
}
