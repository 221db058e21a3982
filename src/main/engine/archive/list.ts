import { validateFileName } from 'yauzl'
import { GyrusError, toGyrusError } from '../../../shared/errors.ts'
import { HEAD_BYTES, isDicomImage, isUnnamed, looksLikeImage } from '../../../shared/formats.ts'
import type { StoredFile } from '../../sealed/read.ts'
import type { ArchivePage, ListedFile } from '../types.ts'
import { PAGE } from './limits.ts'
import { type Archive, type ArchiveFile, openArchive } from './open.ts'
import { checkReadable, readHead } from './read.ts'

/**
 * Lists files of an archive from the `first` one on. Of those without an extension the first bytes are looked at.
 *
 * @throws GyrusError errors of `openArchive`
 */
export async function listArchive(file: StoredFile, first: number): Promise<ArchivePage> {
  const archive = await openArchive(file)
  const page = archive.files.slice(first, first + PAGE)
  const files: ListedFile[] = []
  for (const one of page)
    files.push({ name: one.twice ? `${one.name} (again)` : one.name, is: await judge(archive, one) })
  const next = first + page.length
  return { files, next: next < archive.files.length ? next : null }
}

async function judge(archive: Archive, file: ArchiveFile): Promise<ListedFile['is']> {
  try {
    return (await isWanted(archive, file)) ? 'image' : 'other'
  } catch (error) {
    const { code, details } = toGyrusError(error)
    return { code, details }
  }
}

async function isWanted(archive: Archive, file: ArchiveFile): Promise<boolean> {
  const { name, entry, twice } = file
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a name that ends early elsewhere
  if (validateFileName(name) !== null || /[\x00-\x1f]/.test(name)) throw new GyrusError('archive-path')
  const parts = name.split('/')
  const base = parts.at(-1) ?? ''
  if (isHidden(parts) || (entry.uncompressedSize === 0 && !looksLikeImage(base))) return false
  if (isArchive(base)) throw new GyrusError('archive-nested')
  if (!looksLikeImage(base) && !isUnnamed(base)) return false
  if (base.toUpperCase() === 'DICOMDIR') return false
  checkReadable(file)
  if (!looksLikeImage(base) && !isDicomImage(await readHead(archive, file, HEAD_BYTES))) return false
  if (twice) throw new GyrusError('archive-twice')
  return true
}

/** What macOS packs beside every file are its attributes, under the same names. */
const isHidden = (parts: string[]) => parts.some((part) => part.startsWith('.') || part === '__MACOSX')

const isArchive = (name: string) => /\.(zip|7z|rar|tar|tgz|gz|bz2|xz|zst)$/i.test(name)
