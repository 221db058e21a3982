import { readdir, realpath, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { GyrusError, toGyrusError } from '../../../shared/errors.ts'
import { asFileError } from '../../../shared/file-errors.ts'
import { isUnnamed, isZip, looksLikeImage } from '../../../shared/formats.ts'
import { fitsName } from '../../../shared/name-filter.ts'
import { type Archives, pathOf } from './archives.ts'
import { isDicom } from './is-dicom.ts'

/** A file to open, or a place where there is none to be had and why. */
export interface FoundFile {
  /** As given, or as found below a given folder; of a file in a ZIP file see `archiveOf`. */
  path: string
  failure?: GyrusError
}

/** Told of each file in a folder or ZIP file that is passed over: hidden, or not an image. */
export type OnSkipped = (path: string) => void

/** 2 comes before 10, as in the names of slices. */
const { compare } = new Intl.Collator('en', { numeric: true })

/**
 * Files at the given paths: a file as it is, a folder or a ZIP file as the images in it and in its sub-folders, in the
 * order of their names. Symbolic links are followed, each folder is visited once.
 */
export async function* findFiles(paths: Iterable<string>, wanted: Partial<Wanted> = {}): AsyncGenerator<FoundFile> {
  const { subFolders = true, filter = '', onSkipped, archives } = wanted
  for (const path of paths) yield* findAtPath(path, { subFolders, filter, onSkipped, archives })
}

/** What is wanted of a folder or a ZIP file. */
export interface Wanted {
  subFolders: boolean
  /** Name filter (shared/name-filter.ts); empty for none. A file that is given itself needs not fit. */
  filter: string
  onSkipped: OnSkipped | undefined
  /** Looks into ZIP files; without it they are files like any other. */
  archives: Archives | undefined
}

/** The same for one path, as far as wanted. */
export async function* findAtPath(path: string, wanted: Wanted): AsyncGenerator<FoundFile> {
  const found = await stat(path).catch(asFileError)
  const file = found instanceof GyrusError || !found.isDirectory()
  if (!file) yield* orEmpty(findInFolder(path, { ...wanted, visited: new Set() }), path, 'folder-empty')
  else if (wanted.archives && isZip(basename(path)))
    yield* orEmpty(findInArchive(path, wanted, wanted.archives), path, 'archive-empty')
  else yield { path }
}

interface Walk extends Wanted {
  /** Folders as they really are, so that links in a circle come to an end. */
  visited: Set<string>
}

async function* orEmpty(files: AsyncIterable<FoundFile>, path: string, code: 'folder-empty' | 'archive-empty') {
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
    for (const name of names) yield* findAt(join(folder, name), name, walk)
  } catch (error) {
    if (isCancelled(error)) throw error
    yield { path: folder, failure: asFileError(error) }
  }
}

async function* findAt(path: string, name: string, walk: Walk): AsyncGenerator<FoundFile> {
  const found = await stat(path).catch(() => null)
  const folder = found?.isDirectory() === true
  if (folder && walk.subFolders && !name.startsWith('.')) yield* findInFolder(path, walk)
  else if (!folder && walk.archives && isZip(name)) yield* findInArchive(path, walk, walk.archives)
  else if (!folder && fitsName(name, walk.filter) && (await isImage(path, name, found?.isFile() === true)))
    yield { path }
  else walk.onSkipped?.(path)
}

/** By its name; where that says nothing, by what it begins with. Only of a file: a pipe would keep one waiting. */
async function isImage(path: string, name: string, file: boolean): Promise<boolean> {
  if (looksLikeImage(name)) return true
  // What cannot be read may be one; opening it says why it cannot.
  return file && isUnnamed(name) && name.toUpperCase() !== 'DICOMDIR' && (await isDicom(path).catch(() => true))
}

async function* findInArchive(path: string, wanted: Wanted, archives: Archives): AsyncGenerator<FoundFile> {
  try {
    for await (const { name, is } of archives.list({ path })) {
      const one = pathOf({ path, entry: name })
      if (is === 'other' || !fitsInArchive(name, wanted)) wanted.onSkipped?.(one)
      else if (is === 'image') yield { path: one }
      else yield { path: one, failure: new GyrusError(is.code, is.details) }
    }
  } catch (error) {
    // Gyrus is closing: that is no fault of the archive.
    if (isCancelled(error)) throw error
    yield { path, failure: toGyrusError(error) }
  }
}

/** Whether a file in an archive is among what is wanted of it. */
export function fitsInArchive(name: string, { subFolders, filter }: Pick<Wanted, 'subFolders' | 'filter'>): boolean {
  const parts = name.split('/')
  return (subFolders || parts.length === 1) && fitsName(parts.at(-1) ?? '', filter)
}

const isCancelled = (error: unknown) => error instanceof GyrusError && error.code === 'cancelled'
