import { readdir, realpath, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { GyrusError } from '../../../shared/errors.ts'
import { asFileError } from '../../../shared/file-errors.ts'
import { looksLikeImage } from '../../../shared/formats.ts'

/** A file to open, or a place where there is none to be had and why. */
export interface FoundFile {
  /** As given, or as found below a given folder. */
  path: string
  failure?: GyrusError
}

/**
 * Files at the given paths: a file as it is, a folder as the images in it and in its sub-folders, in the order of their
 * names. Symbolic links are followed, each folder is visited once.
 */
export async function* findFiles(paths: Iterable<string>): AsyncGenerator<FoundFile> {
  for (const path of paths) {
    const found = await stat(path).catch(asFileError)
    if (found instanceof GyrusError || !found.isDirectory()) yield { path }
    else yield* findInGivenFolder(path)
  }
}

async function* findInGivenFolder(folder: string): AsyncGenerator<FoundFile> {
  let any = false
  for await (const file of findInFolder(folder, new Set())) {
    any = true
    yield file
  }
  if (!any) yield { path: folder, failure: new GyrusError('folder-empty') }
}

async function* findInFolder(folder: string, visited: Set<string>): AsyncGenerator<FoundFile> {
  try {
    const real = await realpath(folder)
    if (visited.has(real)) return
    visited.add(real)
    const names = (await readdir(folder)).sort()
    for (const name of names) yield* findAt(join(folder, name), name, visited)
  } catch (error) {
    yield { path: folder, failure: asFileError(error) }
  }
}

async function* findAt(path: string, name: string, visited: Set<string>): AsyncGenerator<FoundFile> {
  if (name.startsWith('.')) return
  const found = await stat(path).catch(() => null)
  if (found?.isDirectory()) yield* findInFolder(path, visited)
  else if (looksLikeImage(name)) yield { path }
}
