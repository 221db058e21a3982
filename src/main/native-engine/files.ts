import { createHash } from 'node:crypto'
import { type Dirent, existsSync } from 'node:fs'
import { open, readdir, stat } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { GyrusError } from '../../shared/errors.ts'

const CHUNK = 1 << 20

/** @throws GyrusError `native-engine-cancelled` */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new GyrusError('native-engine-cancelled')
}

export interface HashOptions {
  signal?: AbortSignal | undefined
  onBytes?: (bytes: number) => void
}

/** SHA-256 of a file, hexadecimal. */
export async function sha256File(path: string, { signal, onBytes }: HashOptions = {}): Promise<string> {
  const hash = createHash('sha256')
  const chunk = Buffer.allocUnsafe(CHUNK)
  await using file = await open(path)
  for (;;) {
    throwIfCancelled(signal)
    const { bytesRead } = await file.read(chunk, 0, CHUNK)
    if (bytesRead === 0) return hash.digest('hex')
    hash.update(chunk.subarray(0, bytesRead))
    onBytes?.(bytesRead)
  }
}

/** Has what was written to a file so far put on the disk. */
export async function flushFile(path: string): Promise<void> {
  await using file = await open(path, 'r+')
  await file.sync()
}

/** Files below a folder by their path from there, with slashes; none where the folder is not there. */
export async function listFiles(folder: string): Promise<string[]> {
  if (!existsSync(folder)) return []
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const path = (entry: Dirent) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/')
  return entries.filter((entry) => entry.isFile()).map(path)
}

/** Bytes of all files below a folder. Files that vanish meanwhile count as nothing. */
export async function folderBytes(folder: string): Promise<number> {
  let bytes = 0
  for (const path of await listFiles(folder).catch(() => [])) {
    bytes += await stat(join(folder, path)).then(
      ({ size }) => size,
      () => 0,
    )
  }
  return bytes
}
