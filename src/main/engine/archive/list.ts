import { validateFileName } from 'yauzl'
import { GyrusError, toGyrusError } from '../../../shared/errors.ts'
import { HEAD_BYTES, judgeHead, judgeName, looksLikeImage } from '../../../shared/formats.ts'
import type { PassedOverKind } from '../../../shared/passed-over.ts'
import type { StoredFile } from '../../sealed/read.ts'
import type { ArchivePage, ListedFile } from '../types.ts'
import { PAGE } from './limits.ts'
import { type Media, mediaIn } from './media.ts'
import { type Archive, type ArchiveFile, openArchive } from './open.ts'
import { checkReadable, readHead } from './read.ts'

/**
 * Lists files of an archive from the `first` one on. Of DICOM files, and of those without an extension,
 * the first bytes are looked at.
 *
 * @throws GyrusError errors of `openArchive`
 */
export async function listArchive(file: StoredFile, first: number): Promise<ArchivePage> {
  const archive = await openArchive(file)
  const media = await mediaIn(archive)
  const page = archive.files.slice(first, first + PAGE)
  const files: ListedFile[] = []
  for (const one of page)
    files.push({ name: one.twice ? `${one.name} (again)` : one.name, is: await judge(archive, one, media) })
  const next = first + page.length
  if (next < archive.files.length) return { files, next }
  return { files: [...files, ...media.told], next: null }
}

async function judge(archive: Archive, file: ArchiveFile, media: Media): Promise<ListedFile['is']> {
  try {
    return await kindOf(archive, file, media)
  } catch (error) {
    const { code, details } = toGyrusError(error)
    return { code, details }
  }
}

async function kindOf(archive: Archive, file: ArchiveFile, media: Media): Promise<'image' | PassedOverKind> {
  const { name, entry, twice } = file
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a name that ends early elsewhere
  if (validateFileName(name) !== null || /[\x00-\x1f]/.test(name)) throw new GyrusError('archive-path')
  const parts = name.split('/')
  const base = parts.at(-1) ?? ''
  if (isHidden(parts)) return 'hidden'
  if (entry.uncompressedSize === 0 && !looksLikeImage(base)) return 'other'
  if (isArchive(base)) throw new GyrusError('archive-nested')
  const directory = media.directories.get(name)
  if (directory) return directory
  const byName = judgeName(base)
  const named = media.named.has(name)
  if (byName !== 'image' && byName !== 'by-head' && !named) return byName
  checkReadable(file)
  const is = byName === 'image' ? byName : judgeHead(base, await readHead(archive, file, HEAD_BYTES), named)
  if (is === 'image' && twice) throw new GyrusError('archive-twice')
  return is
}

/** What macOS packs beside every file are its attributes, under the same names. */
const isHidden = (parts: string[]) => parts.some((part) => part.startsWith('.') || part === '__MACOSX')

const isArchive = (name: string) => /\.(zip|7z|rar|tar|tgz|gz|bz2|xz|zst)$/i.test(name)
