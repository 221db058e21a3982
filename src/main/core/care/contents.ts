import { basename, join } from 'node:path'
import type { BackupFile } from '../../../shared/backup.ts'
import { GyrusError } from '../../../shared/errors.ts'
import { sealedSize } from '../../sealed/format.ts'
import type { CopyFollowing, ReadStore } from '../../store/types.ts'
import { type DataFolder, scanPath } from '../data-folder.ts'
import { asStored, readScan } from '../stored-scans.ts'
import { dataFiles } from './data-files.ts'
import { readFileOf, readKept } from './hashed.ts'
import { keepWhole, sha256Of, sizeOf } from './keep.ts'
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
      const there = keptScan(dir, sha256, keyIdOf(folder))
      const source = { path: scanPath(folder, sha256), read: () => readScan(folder, sha256) }
      const { bytes, copied } = await keepHashed(folder, { source, target: there, sha256, readAll })
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
    const read = () => readFileOf(folder, path)
    const sha256 = name ?? (await hashOf(read))
    if (sha256 === null) continue
    const target = keptFile(dir, sha256, keyIdOf(folder))
    const { bytes, copied } = await keepHashed(folder, { source: { path: source, read }, target, sha256, readAll })
    if (bytes === null) continue
    kept.files.push({ path, bytes, sha256 })
    kept.copied += copied ? 1 : 0
    tell(following, 'files', kept.files.length, paths.length)
  }
  return kept
}

/** Null where it went away meanwhile: a run that ended, a model that was taken out. */
async function hashOf(read: () => Promise<Uint8Array | null>): Promise<string | null> {
  const content = await read()
  return content && sha256Of(content)
}

const keyIdOf = ({ keys }: DataFolder) => keys?.id ?? null

interface Kept {
  source: { path: string; read(): Promise<Uint8Array | null> }
  target: string
  sha256: string
  readAll: boolean
}

/** @returns bytes null where neither source nor backup has what this hash names */
async function keepHashed(folder: DataFolder, { source, target, sha256, readAll }: Kept) {
  const there = await sizeOf(target)
  const here = await sizeOf(source.path)
  // What is clear in the data folder is longer in a backup that is sealed.
  const same =
    there !== null && (there === here || (folder.keys !== null && here !== null && there === sealedSize(here)))
  if (same && !readAll) return { bytes: here, copied: false }
  const kept = there === null ? null : await readKept(folder, target, sha256)
  if (kept) return { bytes: kept.length, copied: false }
  const content = await source.read()
  if (content === null || sha256Of(content) !== sha256) return { bytes: null, copied: false }
  await keepWhole(target, asStored(folder, sha256, content))
  return { bytes: content.length, copied: true }
}

function tell({ signal, onProgress }: CopyFollowing, stage: string, done: number, total: number): void {
  if (signal?.aborted) throw new GyrusError('cancelled')
  onProgress?.({ stage, done, total })
}
