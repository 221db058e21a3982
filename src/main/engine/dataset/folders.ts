import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { SplitName } from '../../../shared/dataset.ts'
import { GyrusError } from '../../../shared/errors.ts'
import { asFileError } from '../../../shared/file-errors.ts'
import { looksLikeImage } from '../../../shared/formats.ts'
import type { Label } from '../../../shared/labels.ts'
import { LabelNames, matchSplit } from './names.ts'
import type { LabelledImage } from './types.ts'

/** Names that an error lists before it says how many more there are. */
const LISTED = 8

interface Level {
  folders: string[]
  images: string[]
}

/** A place with class folders: the top of the tree, or one of its sides. */
interface Place {
  /** With a slash at its end, or empty for the top. */
  folder: string
  split: SplitName | null
  level: Level
  /** What a folder in it is called. */
  labelOf(name: string): Label | 'skip' | undefined
}

/** A folder whose images have one label; `label` is undefined where its name tells none. */
interface NamedFolder {
  name: string
  folder: string
  split: SplitName | null
  label: Label | 'skip' | undefined
}

/**
 * Images of a tree with one folder a class (sub-folders of it count too), either below `Training/` and `Testing/` or at
 * the top; sorted by path. Files that are no image by their name are passed over.
 *
 * @param labels what its folders are called; those to be skipped are left out with all that is in them
 * @throws GyrusError `dataset-folders-unknown`, `dataset-unlabelled`, `folder-empty`, `file-missing`, `file-unreadable`
 */
export async function readFolders(root: string, labels = new LabelNames()): Promise<LabelledImage[]> {
  const { folders, loose } = await findClasses(root, labels)
  const unknown = folders.filter(({ label }) => label === undefined).map(({ folder }) => folder)
  if (unknown.length > 0) throw new GyrusError('dataset-folders-unknown', { folders: list(unknown) })
  refuseLoose(loose)
  const images = (await Promise.all(folders.map((one) => readClass(root, one)))).flat()
  if (images.length === 0) throw new GyrusError('folder-empty')
  return images.toSorted((a, b) => (a.file < b.file ? -1 : 1))
}

/** A folder of a class, and the files in it that are images by their names. */
export interface CountedFolder extends NamedFolder {
  images: number
}

/**
 * What the class folders of a tree are called, known or not.
 *
 * @throws GyrusError `dataset-unlabelled`, `folder-empty`, `file-missing`, `file-unreadable`
 */
export async function countFolders(root: string, labels: LabelNames): Promise<CountedFolder[]> {
  const { folders, loose } = await findClasses(root, labels)
  refuseLoose(loose)
  const counted = folders.map(async (one) => ({ ...one, images: (await imagesIn(root, one.folder)).length }))
  const found = (await Promise.all(counted)).filter(({ images }) => images > 0)
  if (found.length === 0) throw new GyrusError('folder-empty')
  return found
}

async function findClasses(root: string, labels: LabelNames): Promise<{ folders: NamedFolder[]; loose: string[] }> {
  const places = await readPlaces(root, labels)
  const folders = places.flatMap(({ folder, split, level, labelOf }) =>
    level.folders.map((name) => ({ name, folder: folder + name, split, label: labelOf(name) })),
  )
  return { folders, loose: places.flatMap(({ folder, level }) => level.images.map((name) => folder + name)) }
}

function refuseLoose(loose: string[]): void {
  if (loose.length > 0) throw new GyrusError('dataset-unlabelled', { files: list(loose) })
}

async function readPlaces(root: string, labels: LabelNames): Promise<Place[]> {
  const level = await readLevel(root)
  const isSide = (name: string) => matchSplit(name) !== undefined && labels.byHand(name) === undefined
  const sides = level.folders.filter(isSide)
  const top = { folder: '', split: null, level }
  if (sides.length === 0) return [{ ...top, labelOf: (name) => labels.of(name) }]
  const beside = { ...level, folders: level.folders.filter((name) => !isSide(name)) }
  const below = sides.map(async (name): Promise<Place> => {
    const labelOf = (inside: string) => labels.of(inside, `${name}/${inside}`)
    return { folder: `${name}/`, split: matchSplit(name) ?? null, level: await readLevel(join(root, name)), labelOf }
  })
  // A class folder beside the sides is probably there by mistake, so only the map can make it one.
  return [{ ...top, level: beside, labelOf: (name) => labels.byHand(name) }, ...(await Promise.all(below))]
}

async function readClass(root: string, { folder, split, label }: NamedFolder): Promise<LabelledImage[]> {
  if (label === undefined || label === 'skip') return []
  return (await imagesIn(root, folder)).map((entry) => {
    const file = `${folder}/${entry}`
    return { file, path: join(root, file), label, split, patient: null, date: null, fold: null }
  })
}

async function imagesIn(root: string, folder: string): Promise<string[]> {
  const entries = await readdir(join(root, folder), { recursive: true }).catch((error) => {
    throw asFileError(error)
  })
  return entries.map((entry) => entry.replaceAll('\\', '/')).filter((entry) => looksLikeImage(baseName(entry)))
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
