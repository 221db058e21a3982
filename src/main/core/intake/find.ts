import { readdir, realpath, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { GyrusError } from '../../../shared/errors.ts'
import { asFileError } from '../../../shared/file-errors.ts'
import { looksLikeImage } from '../../../shared/formats.ts'
import { fitsName } from '../../../shared/name-filter.ts'

/** A file to open, or a place where there is none to be had and why. */
export interface FoundFile {
  /** As given, or as found below a given folder. */
  path: string
  failure?: GyrusError
}

/** Told of each file in a folder that is passed over: hidden, or not an image by its name. */
export type OnSkipped = (path: string) => void

/** 2 comes before 10, as in the names of slices. */
const { compare } = new Intl.Collator('en', { numeric: true })

/**
 * Files at the given paths: a file as it is, a folder as the images in it and in its sub-folders, in the order of their
 * names. Symbolic links are followed, each folder is visited once.
 */
export async function* findFiles(paths: Iterable<string>, wanted: Partial<Wanted> = {}): AsyncGenerator<FoundFile> {
  const { subFolders = true, filter = '', onSkipped } = wanted
  for (const path of paths) yield* findAtPath(path, { subFolders, filter, onSkipped })
}

/** What is wanted of a folder. */
export interface Wanted {
  subFolders: boolean
  /** Name filter (shared/name-filter.ts); empty for none. A file that is given itself needs not fit. */
  filter: string
  onSkipped: OnSkipped | undefined
}

/** The same for one path, as far as wanted. */
export async function* findAtPath(path: string, wanted: Wanted): AsyncGenerator<FoundFile> {
  const found = await stat(path).catch(asFileError)
  if (found instanceof GyrusError || !found.isDirectory()) yield { path }
  else yield* findInGivenFolder(path, wanted)
}

interface Walk extends Wanted {
  /** Folders as they really are, so that links in a circle come to an end. */
  visited: Set<string>
}

async function* findInGivenFolder(folder: string, wanted: Wanted): AsyncGenerator<FoundFile> {
  let any = false
  for await (const file of findInFolder(folder, { ...wanted, visited: new Set() })) {
    any = true
    yield file
  }
  if (!any) yield { path: folder, failure: new GyrusError('folder-empty') }
}

async function* findInFolder(folder: string, walk: Walk): AsyncGenerator<FoundFile> {
  try {
    const real = await realpath(folder)
    if (walk.visited.has(real)) return
    walk.visited.add(real)
    const names = (await readdir(folder)).sort(compare)
    for (const name of names) yield* findAt(join(folder, name), name, walk)
  } catch (error) {
    yield { path: folder, failure: asFileError(error) }
  }
}

async function* findAt(path: string, name: string, walk: Walk): AsyncGenerator<FoundFile> {
  const found = await stat(path).catch(() => null)
  const folder = found?.isDirectory() === true
  if (folder && walk.subFolders && !name.startsWith('.')) yield* findInFolder(path, walk)
  else if (!folder && looksLikeImage(name) && fitsName(name, walk.filter)) yield { path }
  else walk.onSkipped?.(path)
}
