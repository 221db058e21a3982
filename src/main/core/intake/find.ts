import { readdir, realpath, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { GyrusError, toGyrusError } from '../../../shared/errors.ts'
import { asFileError } from '../../../shared/file-errors.ts'
import { isZip, judgeHead, judgeName } from '../../../shared/formats.ts'
import { isDirectoryName } from '../../../shared/medium-names.ts'
import { fitsName } from '../../../shared/name-filter.ts'
import type { PassedOverKind } from '../../../shared/passed-over.ts'
import type { ListedFile } from '../../engine/types.ts'
import { type Archives, pathOf } from './archives.ts'
import { readHead } from './head.ts'
import { isMediumDirectory, type Medium, readMedium } from './medium.ts'

/** A file to open, or a place where there is none to be had and why. */
export interface FoundFile {
  /** As given, or as found below a given folder; of a file in a ZIP file see `archiveOf`. */
  path: string
  failure?: GyrusError
}

/** Told of each file in a folder, on a medium or in a ZIP file that is passed over, and what it is. */
export type OnSkipped = (path: string, kind: PassedOverKind) => void

/** 2 comes before 10, as in the names of slices. */
const { compare } = new Intl.Collator('en', { numeric: true })

/**
 * Files at the given paths: a file as it is, a folder or a ZIP file as the images in it and in its sub-folders, in the
 * order of their names, a DICOMDIR as the images that it names. Symbolic links are followed, each folder is visited once.
 */
export async function* findFiles(paths: Iterable<string>, wanted: Partial<Wanted> = {}): AsyncGenerator<FoundFile> {
  const { subFolders = true, filter = '', onSkipped, archives } = wanted
  for (const path of paths) yield* findAtPath(path, { subFolders, filter, onSkipped, archives })
}

/** What is wanted of a folder, a medium or a ZIP file. */
export interface Wanted {
  /** A DICOMDIR leads into sub-folders all the same. */
  subFolders: boolean
  /** Name filter (shared/name-filter.ts); empty for none. A file that is given itself needs not fit. */
  filter: string
  onSkipped: OnSkipped | undefined
  /** Looks into ZIP files and DICOMDIRs; without it they are files like any other. */
  archives: Archives | undefined
}

/** The same for one path, as far as wanted. */
export async function* findAtPath(path: string, wanted: Wanted): AsyncGenerator<FoundFile> {
  const { archives } = wanted
  const found = await stat(path).catch(asFileError)
  const file = found instanceof GyrusError || !found.isDirectory()
  if (!file)
    yield* orEmpty(findInFolder(path, { ...wanted, visited: new Set(), named: new Set() }), path, 'folder-empty')
  else if (archives && isZip(basename(path)))
    yield* orEmpty(findInArchive(path, wanted, archives), path, 'archive-empty')
  else if (archives && (await isMediumDirectory(path)))
    yield* orEmpty(findOnMedium(path, wanted, archives), path, 'medium-empty')
  else yield { path }
}

interface Walk extends Wanted {
  /** Folders as they really are, so that links in a circle come to an end. */
  visited: Set<string>
  /** Files that a DICOMDIR on the way names. */
  named: Set<string>
}

async function* orEmpty(
  files: AsyncIterable<FoundFile>,
  path: string,
  code: 'folder-empty' | 'archive-empty' | 'medium-empty',
) {
  let any = false
  for await (const file of files) {
    any = true
    yield file
  }
  if (!any) yield { path, failure: new GyrusError(code) }
}

async function* findInFolder(folder: string, walk: Walk): AsyncGenerator<FoundFile> {
  try {
    const real = await realpath(folder)
    if (walk.visited.has(real)) return
    walk.visited.add(real)
    const names = (await readdir(folder)).sort(compare)
    const directory = walk.archives && (await directoryAmong(names, folder))
    const told = directory && walk.archives ? await followDirectory(directory, walk, walk.archives) : []
    for (const path of names.map((name) => join(folder, name))) if (path !== directory) yield* findAt(path, walk)
    yield* told
  } catch (error) {
    if (isCancelled(error)) throw error
    yield { path: folder, failure: asFileError(error) }
  }
}

/** The path of the DICOMDIR in a folder of these names; undefined where there is none. */
async function directoryAmong(names: string[], folder: string): Promise<string | undefined> {
  const name = names.find(isDirectoryName)
  if (name === undefined) return undefined
  const path = join(folder, name)
  const found = await stat(path).catch(() => null)
  return found?.isFile() ? path : undefined
}

/**
 * All images of a folder are found by themselves, once; its DICOMDIR adds files that no name tells for images, and tells what is
 * missing. One that cannot be read keeps nothing from being opened.
 */
async function followDirectory(path: string, walk: Walk, archives: Archives): Promise<FoundFile[]> {
  try {
    const { found, told } = await readMedium(path, archives)
    walk.onSkipped?.(path, 'directory')
    for (const one of found) walk.named.add(one)
    return missing(told, walk)
  } catch (error) {
    const failure = toGyrusError(error)
    if (isCancelled(failure)) throw failure
    if (failure.code === 'medium-without-files') return [{ path, failure }]
    walk.onSkipped?.(path, failure.code === 'medium-empty' ? 'directory' : 'damaged-directory')
    return []
  }
}

const missing = (told: Medium['told'], { subFolders, filter }: Wanted): FoundFile[] =>
  told
    .filter(({ path, parts, failure }) => failure || ((subFolders || parts === 1) && fitsName(basename(path), filter)))
    .map(({ path, failure }) => ({ path, ...(failure && { failure }) }))

async function* findAt(path: string, walk: Walk): AsyncGenerator<FoundFile> {
  const name = basename(path)
  const found = await stat(path).catch(() => null)
  const folder = found?.isDirectory() === true
  if (folder && walk.subFolders && !name.startsWith('.')) yield* findInFolder(path, walk)
  else if (!folder && walk.archives && isZip(name)) yield* findInArchive(path, walk, walk.archives)
  else {
    const is = folder ? folderIs(name) : await judge(path, found?.isFile() === true, walk)
    if (is === 'image') yield { path }
    else walk.onSkipped?.(path, is)
  }
}

const folderIs = (name: string): PassedOverKind => (name.startsWith('.') ? 'hidden' : 'unwanted')

/** By its name; where that does not say enough, by what it begins with. */
async function judge(
  path: string,
  file: boolean,
  { filter, named }: Pick<Walk, 'filter' | 'named'>,
): Promise<'image' | PassedOverKind> {
  const name = basename(path)
  const byName = judgeName(name)
  const isNamed = named.has(path)
  const is = byName === 'by-head' || (byName === 'other' && isNamed) ? await judgeFile(path, file, isNamed) : byName
  return is === 'image' && !fitsName(name, filter) ? 'unwanted' : is
}

/** Only a file is looked at: a pipe would keep one waiting. What cannot be read may be an image; opening it says why it cannot. */
async function judgeFile(path: string, file: boolean, named: boolean): Promise<'image' | PassedOverKind> {
  if (!file) return judgeHead(basename(path), new Uint8Array(), named)
  return readHead(path).then(
    (head) => judgeHead(basename(path), head, named),
    () => 'image',
  )
}

/** The images that a DICOMDIR names, wherever they lie on its medium. */
async function* findOnMedium(path: string, wanted: Wanted, archives: Archives): AsyncGenerator<FoundFile> {
  try {
    const { found, told } = await readMedium(path, archives)
    for (const one of found) {
      const file = (await stat(one).catch(() => null))?.isFile() === true
      const is = fitsName(basename(one), wanted.filter) ? await judgeFile(one, file, true) : 'unwanted'
      if (is === 'image') yield { path: one }
      else wanted.onSkipped?.(one, is)
    }
    yield* missing(told, { ...wanted, subFolders: true })
  } catch (error) {
    if (isCancelled(error)) throw error
    yield { path, failure: toGyrusError(error) }
  }
}

async function* findInArchive(path: string, wanted: Wanted, archives: Archives): AsyncGenerator<FoundFile> {
  try {
    for await (const { name, is } of archives.list({ path })) {
      const one = pathOf({ path, entry: name })
      const skipped = passedOverInArchive(name, is, wanted)
      if (skipped) wanted.onSkipped?.(one, skipped)
      else if (typeof is === 'string') yield { path: one }
      else yield { path: one, failure: new GyrusError(is.code, is.details) }
    }
  } catch (error) {
    // Gyrus is closing: that is no fault of the archive.
    if (isCancelled(error)) throw error
    yield { path, failure: toGyrusError(error) }
  }
}

/** What a file in an archive is that is passed over; null for one to open, or to tell of. */
export function passedOverInArchive(
  name: string,
  is: ListedFile['is'],
  { subFolders, filter }: Pick<Wanted, 'subFolders' | 'filter'>,
): PassedOverKind | null {
  if (typeof is === 'string' && is !== 'image') return is
  const parts = name.split('/')
  const wanted = (subFolders || parts.length === 1) && fitsName(parts.at(-1) ?? '', filter)
  return wanted ? null : 'unwanted'
}

const isCancelled = (error: unknown) => error instanceof GyrusError && error.code === 'cancelled'
