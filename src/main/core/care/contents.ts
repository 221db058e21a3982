import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { BackupFile } from '../../../shared/backup.ts'
import { GyrusError } from '../../../shared/errors.ts'
import type { CopyFollowing, ReadStore } from '../../store/types.ts'
import { type DataFolder, scanPath } from '../data-folder.ts'
import { dataFiles } from './data-files.ts'
import { keepWhole, readHashed, sha256Of, sizeOf } from './keep.ts'
import { keptFile, keptScan } from './places.ts'

const PAGE = 500

interface Keeping {
  folder: DataFolder
  dir: string
  readAll: boolean
}

/** Copies of all scans of which the record keeps one. */
export async function keepScans(
  { copy, folder, dir, readAll }: Keeping & { copy: ReadStore },
  following: CopyFollowing,
) {
  const kept = { n: 0, bytes: 0, copied: 0, lost: [] as string[] }
  const total = (await copy.countScans()).scans
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
      tell(following, 'scans', kept.n, total)
    }
    after = last.sha256
  }
}

/** Copies of what else the data folder has (data-files.ts). */
export async function keepFiles({ folder, dir, readAll }: Keeping, following: CopyFollowing) {
  const kept = { files: [] as BackupFile[], copied: 0 }
  const paths = await dataFiles(folder)
  for (const path of paths) {
    const source = join(folder.root, path)
    // Images of data sets lie under their hashes, so that they need not be read to know them.
    const name = /^[0-9a-f]{64}$/.test(basename(path)) ? basename(path) : null
    const sha256 = name ?? (await hashOf(source))
    if (sha256 === null) continue
    const { bytes, copied } = await keepHashed(source, keptFile(dir, sha256), sha256, readAll)
    if (bytes === null) continue
    kept.files.push({ path, bytes, sha256 })
    kept.copied += copied ? 1 : 0
    tell(following, 'files', kept.files.length, paths.length)
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

function tell({ signal, onProgress }: CopyFollowing, stage: string, done: number, total: number): void {
  if (signal?.aborted) throw new GyrusError('cancelled')
  onProgress?.({ stage, done, total })
}
