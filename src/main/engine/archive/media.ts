import { posix } from 'node:path'
import { asOnMedium, isDirectoryName } from '../../../shared/medium-names.ts'
import { checkDirectorySize } from '../medium/read.ts'
import { namedFiles } from '../medium/records.ts'
import type { ListedFile, NamedFile } from '../types.ts'
import type { Archive, ArchiveFile } from './open.ts'
import { readFound } from './read.ts'

/** What the DICOMDIRs in an archive say. */
export interface Media {
  directories: Map<string, 'directory' | 'damaged-directory'>
  /** Files that they name, by their paths. */
  named: Set<string>
  /** Files that they name and that are not there. */
  told: ListedFile[]
}

/** Where several CDs were packed together there is one a CD. */
const MAX_DIRECTORIES = 20

/** Read once an archive, however many pages are asked for. */
const known = new WeakMap<Archive, Promise<Media>>()

/** One that cannot be read keeps nothing from being opened. */
export function mediaIn(archive: Archive): Promise<Media> {
  const media = known.get(archive) ?? readMedia(archive)
  known.set(archive, media)
  return media
}

async function readMedia(archive: Archive): Promise<Media> {
  const media: Media = { directories: new Map(), named: new Set(), told: [] }
  const directories = archive.files.filter(({ name, twice }) => !twice && isDirectoryName(posix.basename(name)))
  if (directories.length === 0) return media
  const names = namesIn(archive)
  for (const [i, directory] of directories.entries()) {
    const is = i < MAX_DIRECTORIES ? await follow(archive, directory, names, media) : 'damaged-directory'
    media.directories.set(directory.name, is)
  }
  return media
}

/** Each path as it is, and as on a medium; the former go before. */
function namesIn({ byName }: Archive): Map<string, string> {
  const names = [...byName.keys()]
  return new Map([...names.map((name) => [asPath(name), name] as const), ...names.map((name) => [name, name] as const)])
}

const asPath = (name: string) => name.split('/').map(asOnMedium).join('/')

async function follow(
  archive: Archive,
  directory: ArchiveFile,
  names: Map<string, string>,
  media: Media,
): Promise<'directory' | 'damaged-directory'> {
  try {
    checkDirectorySize(directory.entry.uncompressedSize)
    const files = namedFiles(await readFound(archive, directory))
    const folder = posix.dirname(directory.name)
    const told = files.flatMap((file) => find(file, folder, names, media))
    const allMissing = told.length === files.length && told.every(({ is }) => isMissing(is))
    const none = { code: 'medium-without-files', details: { files: files.length } } as const
    media.told.push(...(files.length > 0 && allMissing ? [{ name: directory.name, is: none }] : told))
    return 'directory'
  } catch {
    // It is listed as such; what is wrong with the archive itself is told of its images.
    return 'damaged-directory'
  }
}

const isMissing = (is: ListedFile['is']) => typeof is === 'object' && is.code === 'file-missing'

function find({ parts, shown }: NamedFile, folder: string, names: Map<string, string>, media: Media): ListedFile[] {
  if (!parts) return [{ name: `${shown} (DICOMDIR)`, is: { code: 'medium-path', details: {} } }]
  const path = posix.join(folder, ...parts)
  const found = names.get(path) ?? names.get(asPath(path))
  if (found === undefined) return [{ name: path, is: { code: 'file-missing', details: {} } }]
  media.named.add(found)
  return []
}
