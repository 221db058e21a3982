import { stat } from 'node:fs/promises'
import { type Entry, fromRandomAccessReaderPromise, getFileNameLowLevel, type ZipFile } from 'yauzl'
import { GyrusError } from '../../../shared/errors.ts'
import { asFileError } from '../../../shared/file-errors.ts'
import { readStored, type StoredFile } from '../../sealed/read.ts'
import { MAX_ENTRIES, MAX_RATIO, MAX_SEALED_BYTES, MAX_TOTAL_BYTES, RATIO_COUNTS_FROM } from './limits.ts'
import { FileReader, MemoryReader } from './reader.ts'

/** An archive whose directory was read. */
export interface Archive {
  zip: ZipFile
  reader: FileReader | MemoryReader
  /** Files in it, in the order of their names; `/` separates. */
  files: ArchiveFile[]
  byName: ReadonlyMap<string, ArchiveFile>
}

export interface ArchiveFile {
  name: string
  entry: Entry
  /** Another one has this name and comes before it. */
  twice: boolean
}

/** The last archive: what is in it is asked for file by file. Its directory alone is kept, and for `KEPT_MS`. */
let last: { path: string; stamp: string; archive: Promise<Archive>; timer: NodeJS.Timeout } | null = null
const KEPT_MS = 10_000

/** 2 comes before 10, as in the names of slices. */
const { compare } = new Intl.Collator('en', { numeric: true })

/**
 * Reads an archive's central directory, once while it is asked for again and again.
 *
 * @throws GyrusError `archive-damaged`, `archive-too-many`, `archive-too-large`, `archive-ratio`, `file-too-large`; errors
 *   of `readStored`
 */
export async function openArchive(file: StoredFile): Promise<Archive> {
  const { size, mtimeMs, ino } = await stat(file.path).catch((error) => Promise.reject(asFileError(error)))
  const stamp = `${size} ${mtimeMs} ${ino}`
  if (last?.path !== file.path || last.stamp !== stamp) {
    if (last) clearTimeout(last.timer)
    const archive = readArchive(file, size)
    archive.catch(forget)
    last = { path: file.path, stamp, archive, timer: setTimeout(forget, KEPT_MS).unref() }
  }
  last.timer.refresh()
  return last.archive
}

function forget(): void {
  if (last) clearTimeout(last.timer)
  last = null
}

async function readArchive(file: StoredFile, size: number): Promise<Archive> {
  const { reader, length } = await readerOf(file, size)
  return reader.hold(async () => {
    try {
      // Names may be anything, and are looked at one by one.
      const options = { autoClose: false, lazyEntries: true, decodeStrings: false, validateEntrySizes: true }
      const zip = await fromRandomAccessReaderPromise(reader, length, options)
      if (zip.entryCount > MAX_ENTRIES) {
        throw new GyrusError('archive-too-many', { entries: zip.entryCount, limit: MAX_ENTRIES })
      }
      const files = await filesOf(zip)
      checkTotal(files, length)
      const byName = new Map(files.filter(({ twice }) => !twice).map((one) => [one.name, one]))
      return { zip, reader, files, byName }
    } catch (error) {
      throw asArchiveError(error)
    }
  })
}

async function readerOf(file: StoredFile, size: number) {
  if (!file.key) return { reader: new FileReader(file.path), length: size }
  if (size > MAX_SEALED_BYTES) {
    const megabytes = (bytes: number) => Math.round(bytes / 2 ** 20)
    throw new GyrusError('file-too-large', {
      megabytes: megabytes(size),
      limitMegabytes: megabytes(MAX_SEALED_BYTES),
    })
  }
  const bytes = await readStored(file)
  return { reader: new MemoryReader(bytes), length: bytes.length }
}

async function filesOf(zip: ZipFile): Promise<ArchiveFile[]> {
  const names = new Set<string>()
  const files: ArchiveFile[] = []
  for await (const entry of zip.eachEntry()) {
    const { generalPurposeBitFlag, fileNameRaw, extraFields } = entry
    const name = getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, false)
    if (name.endsWith('/')) continue
    files.push({ name, entry, twice: names.has(name) })
    names.add(name)
  }
  return files.sort((a, b) => compare(a.name, b.name))
}

/** What is stated is enough: no entry gives more than it states (`read.ts`), also where entries share their data. */
function checkTotal(files: ArchiveFile[], length: number): void {
  const total = files.reduce((sum, { entry }) => sum + entry.uncompressedSize, 0)
  if (total > MAX_TOTAL_BYTES) {
    const megabytes = Math.round(total / 2 ** 20)
    throw new GyrusError('archive-too-large', { megabytes, limitMegabytes: MAX_TOTAL_BYTES / 2 ** 20 })
  }
  checkRatio(total, length)
}

/** @throws GyrusError `archive-ratio` */
export function checkRatio(unpacked: number, packed: number): void {
  if (unpacked > RATIO_COUNTS_FROM && unpacked > MAX_RATIO * packed) {
    throw new GyrusError('archive-ratio', { times: Math.round(unpacked / Math.max(1, packed)) })
  }
}

/** Errors of the system have a code and are told as of any file; all others are about what the archive holds. */
export function asArchiveError(error: unknown): GyrusError {
  const { code, message } = error as { code?: unknown; message?: unknown }
  const ofSystem = typeof code === 'string' && /^E[A-Z]+$/.test(code)
  if (error instanceof GyrusError || ofSystem) return asFileError(error)
  // The library's sentences may hold names of files.
  const reason = String(message).split(':')[0] ?? ''
  return new GyrusError('archive-damaged', { reason: reason.toLowerCase() }, { cause: error })
}
