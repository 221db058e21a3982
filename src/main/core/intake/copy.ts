import { createHash, randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { GyrusError } from '../../../shared/errors.ts'
import { asFileError } from '../../../shared/file-errors.ts'
import { type DataFolder, scanPath } from '../data-folder.ts'
import { writeThrough } from '../write-through.ts'

const MEGABYTE = 2 ** 20
/** Larger files are refused before they are read; a slice of a scan has a few megabytes at most. */
const MAX_MEGABYTES = 512

/**
 * Hashes a file and keeps a copy of it under its hash; one that is there already is mended where it is not the same.
 * A kill in between leaves nothing but a piece in `incoming`.
 *
 * @throws GyrusError `file-missing`, `file-unreadable`, `file-empty`, `file-too-large`, `disk-full`
 */
export async function copyScan(folder: DataFolder, path: string): Promise<{ sha256: string; bytes: number }> {
  try {
    const { size } = await stat(path)
    if (size === 0) throw new GyrusError('file-empty')
    if (size > MAX_MEGABYTES * MEGABYTE) {
      const megabytes = Math.round(size / MEGABYTE)
      throw new GyrusError('file-too-large', { megabytes, limitMegabytes: MAX_MEGABYTES })
    }
    const content = await readFile(path)
    const sha256 = createHash('sha256').update(content).digest('hex')
    await keep(folder, sha256, content)
    return { sha256, bytes: content.length }
  } catch (error) {
    throw asFileError(error)
  }
}

async function keep(folder: DataFolder, sha256: string, content: Uint8Array): Promise<void> {
  const target = scanPath(folder, sha256)
  if (await holds(target, content)) return
  const part = join(folder.incoming, randomUUID())
  try {
    await writeThrough(part, content)
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

/** Size alone would not do: an altered copy would be read in place of the file that is opened now. */
async function holds(path: string, content: Uint8Array): Promise<boolean> {
  const found = await stat(path).catch(() => null)
  if (found?.size !== content.length) return false
  const stored = await readFile(path).catch(() => null)
  return stored?.equals(content) === true
}

/** Makes sure that a stored copy still is what was received. @throws GyrusError `scan-altered` */
export async function verifyCopy(folder: DataFolder, sha256: string): Promise<void> {
  const content = await readFile(scanPath(folder, sha256)).catch(() => null)
  const found = content && createHash('sha256').update(content).digest('hex')
  if (found !== sha256) throw new GyrusError('scan-altered')
}
