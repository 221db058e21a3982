import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { SplitName } from '../../../shared/dataset.ts'
import { GyrusError } from '../../../shared/errors.ts'
import { asFileError } from '../../../shared/file-errors.ts'
import { looksLikeImage } from '../../../shared/formats.ts'
import { matchLabel, matchSplit } from './names.ts'
import type { LabelledImage } from './types.ts'

/** Names that an error lists before it says how many more there are. */
const LISTED = 8

interface Level {
  folders: string[]
  images: string[]
}

/**
 * Images of a tree with one folder a class (sub-folders of it count too), either below `Training/` and `Testing/` or at
 * the top; sorted by path. Files that are no image by their name are passed over.
 *
 * @throws GyrusError `dataset-folders-unknown`, `dataset-unlabelled`, `folder-empty`, `file-missing`, `file-unreadable`
 */
export async function readFolders(root: string): Promise<LabelledImage[]> {
  const top = await readLevel(root)
  const divided = top.folders.some(matchSplit)
  const places: { folder: string; split: SplitName | null; level: Level }[] = []
  if (!divided) places.push({ folder: '', split: null, level: top })
  for (const folder of divided ? top.folders : []) {
    const split = matchSplit(folder)
    if (split) places.push({ folder: `${folder}/`, split, level: await readLevel(join(root, folder)) })
  }
  const unknown = divided ? top.folders.filter((folder) => !matchSplit(folder)) : []
  for (const { folder, level } of places) {
    unknown.push(...level.folders.filter((name) => !matchLabel(name)).map((name) => folder + name))
  }
  if (unknown.length > 0) throw new GyrusError('dataset-folders-unknown', { folders: list(unknown) })
  const loose = places.flatMap(({ folder, level }) => level.images.map((name) => folder + name))
  if (divided) loose.push(...top.images)
  if (loose.length > 0) throw new GyrusError('dataset-unlabelled', { files: list(loose) })
  const found = places.flatMap(({ folder, split, level }) =>
    level.folders.map((name) => readClass(root, `${folder}${name}`, name, split)),
  )
  const images = (await Promise.all(found)).flat()
  if (images.length === 0) throw new GyrusError('folder-empty')
  return images.toSorted((a, b) => (a.file < b.file ? -1 : 1))
}

async function readClass(
  root: string,
  folder: string,
  name: string,
  split: SplitName | null,
): Promise<LabelledImage[]> {
  const label = matchLabel(name)
  if (!label) return []
  const entries = await readdir(join(root, folder), { recursive: true }).catch((error) => {
    throw asFileError(error)
  })
  const files = entries.map((entry) => entry.replaceAll('\\', '/')).filter((entry) => looksLikeImage(baseName(entry)))
  return files.map((entry) => {
    const file = `${folder}/${entry}`
    return { file, path: join(root, file), label, split, patient: null, date: null, fold: null }
  })
}

async function readLevel(folder: string): Promise<Level> {
  try {
    const names = (await readdir(folder)).filter((name) => !name.startsWith('.')).sort()
    const kinds = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).isDirectory()))
    return {
      folders: names.filter((_, i) => kinds[i]),
      images: names.filter((name, i) => !kinds[i] && looksLikeImage(name)),
    }
  } catch (error) {
    throw asFileError(error)
  }
}

const baseName = (path: string) => path.slice(path.lastIndexOf('/') + 1)

function list(names: string[]): string {
  const more = names.length - LISTED
  return names.slice(0, LISTED).join(', ') + (more > 0 ? ` and ${more} more` : '')
}
