import { createHash, randomUUID } from 'node:crypto'
import { mkdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { GyrusError } from '../../../shared/errors.ts'
import { asFileError } from '../../../shared/file-errors.ts'
import { readStored, type StoredFile } from '../../sealed/read.ts'
import { type DataFolder, scanKey, scanPath } from '../data-folder.ts'
import { asStored, readCopy, readScan } from '../stored-scans.ts'
import { writeThrough } from '../write-through.ts'

const MEGABYTE = 2 ** 20
/** Larger files are refused before they are read; a slice of a scan has a few megabytes at most. */
export const MAX_MEGABYTES = 512

/**
 * Hashes a file and keeps a copy of it under its hash; one that is there already is mended where it is not the same.
 * A kill in between leaves nothing but a piece in `incoming`. Others have it when this returns.
 *
 * @param later where a store that is away may get it later (`SharedFiles.keepLater`)
 * @throws GyrusError `file-missing`, `file-unreadable`, `file-empty`, `file-too-large`, `disk-full`; errors of `SharedFiles`
 */
export async function copyScan(
  folder: DataFolder,
  file: StoredFile,
  later = false,
): Promise<{ sha256: string; bytes: number }> {
  try {
    await refuseSize(file)
    const content = await readStored(file)
    return await keepScan(folder, content, later)
  } catch (error) {
    throw asFileError(error)
  }
}

/** @throws GyrusError `file-missing`, `file-unreadable`, `file-empty`, `file-too-large` */
export async function refuseSize({ path }: StoredFile): Promise<void> {
  const { size } = await stat(path).catch((error) => Promise.reject(asFileError(error)))
  if (size === 0) throw new GyrusError('file-empty')
  if (size <= MAX_MEGABYTES * MEGABYTE) return
  const megabytes = Math.round(size / MEGABYTE)
  throw new GyrusError('file-too-large', { megabytes, limitMegabytes: MAX_MEGABYTES })
}

/** The same for what was read already. @throws GyrusError `file-empty`, `disk-full` and others of the disk and of `SharedFiles` */
export async function keepScan(
  folder: DataFolder,
  content: Uint8Array,
  later = false,
): Promise<{ sha256: string; bytes: number }> {
  if (content.length === 0) throw new GyrusError('file-empty')
  const sha256 = createHash('sha256').update(content).digest('hex')
  await keep(folder, sha256, content).catch(async (error) => {
    await folder.files.check()
    throw asFileError(error)
  })
  await (later ? folder.files.keepLater(scanKey(sha256)) : folder.files.keep(scanKey(sha256)))
  return { sha256, bytes: content.length }
}

async function keep(folder: DataFolder, sha256: string, content: Uint8Array): Promise<void> {
  // Size alone would not do: an altered copy would be read in place of the file that is opened now.
  if (await readCopy(folder, sha256)) return
  const target = scanPath(folder, sha256)
  const part = join(folder.incoming, randomUUID())
  try {
    await writeThrough(part, asStored(folder, sha256, content))
    await moveTo(target, part)
  } catch (error) {
    await rm(part, { force: true })
    throw error
  }
}

/** There are 256 folders at most, so that the first attempt nearly always finds its own. */
async function moveTo(target: string, part: string): Promise<void> {
  await rename(part, target).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
    await mkdir(dirname(target), { recursive: true, mode: 0o700 })
    await rename(part, target)
  })
}

/** Makes sure that a stored copy still is what was received. @throws GyrusError `scan-altered` */
export async function verifyCopy(folder: DataFolder, sha256: string): Promise<void> {
  if ((await readScan(folder, sha256)) === null) throw new GyrusError('scan-altered')
}
