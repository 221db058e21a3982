import { readdir, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { GyrusError } from '../../../shared/errors.ts'
import { objectByHead } from '../../../shared/formats.ts'
import { asOnMedium, isDirectoryName } from '../../../shared/medium-names.ts'
import type { NamedFile } from '../../engine/types.ts'
import type { Archives } from './archives.ts'
import { readHead } from './head.ts'

/** What the directory of a medium names. */
export interface Medium {
  /** Files that are there, each once, as their system calls them. */
  found: Set<string>
  /** What is to be told: files that are not there, in the order of the records. Opening them says so. */
  told: Missing[]
}

interface Missing {
  path: string
  /** Folders and name, from the folder of the directory on. */
  parts: number
  /** Of one that is not to be looked for. */
  failure?: GyrusError
}

/** Whether a file that was chosen is the directory of a medium, by its name or by its class. */
export async function isMediumDirectory(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => null)
  if (!found?.isFile()) return false
  if (isDirectoryName(basename(path))) return true
  return readHead(path).then(
    (head) => objectByHead(head) === 'directory',
    () => false,
  )
}

/**
 * Reads a DICOMDIR and looks for the files that it names, beside it and below. Upper and lower case, and versions at the end of a
 * name, do not count where there is none of exactly that name.
 *
 * @throws GyrusError why it cannot be read; `medium-empty`, `medium-without-files`; errors of the engine
 */
export async function readMedium(directory: string, archives: Archives): Promise<Medium> {
  const files = await archives.named({ path: directory })
  if (files.length === 0) throw new GyrusError('medium-empty')
  const folder = new MediumFolder(dirname(directory))
  const medium: Medium = { found: new Set(), told: [] }
  for (const file of files) {
    const path = file.parts && (await folder.find(file.parts))
    if (path) medium.found.add(path)
    else medium.told.push(asMissing(folder.path, file))
  }
  const hostile = medium.told.some(({ failure }) => failure)
  if (medium.found.size === 0 && !hostile) throw new GyrusError('medium-without-files', { files: files.length })
  return medium
}

function asMissing(folder: string, { parts, shown }: NamedFile): Missing {
  if (parts) return { path: join(folder, ...parts), parts: parts.length }
  return { path: `${join(folder, 'DICOMDIR')}: ${shown}`, parts: 1, failure: new GyrusError('medium-path') }
}

/** Finds files by names that may be written otherwise; each folder is read once. */
class MediumFolder {
  readonly path: string
  readonly #names = new Map<string, Promise<Map<string, string>>>()

  constructor(path: string) {
    this.path = path
  }

  /** The path as it is; null where there is none. */
  async find(parts: string[]): Promise<string | null> {
    let path = this.path
    for (const part of parts) {
      const names = await this.#namesIn(path)
      const name = names.get(part) ?? names.get(asOnMedium(part))
      if (name === undefined) return null
      path = join(path, name)
    }
    return path
  }

  #namesIn(folder: string): Promise<Map<string, string>> {
    const known = this.#names.get(folder)
    if (known) return known
    const names = readdir(folder).then(
      // As they are last: they go before what only looks like them.
      (all) =>
        new Map([...all.map((name) => [asOnMedium(name), name] as const), ...all.map((name) => [name, name] as const)]),
      () => new Map<string, string>(),
    )
    this.#names.set(folder, names)
    return names
  }
}
