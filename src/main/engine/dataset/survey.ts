import { readdir, stat } from 'node:fs/promises'
import { type DatasetSource, SPLIT_NAMES, type SplitName } from '../../../shared/dataset.ts'
import { toFailure } from '../../../shared/errors.ts'
import { asFileError } from '../../../shared/file-errors.ts'
import type { Label } from '../../../shared/labels.ts'
import type { Survey } from '../../../shared/survey.ts'
import { countFolders } from './folders.ts'
import { isManifest, readFrozen } from './frozen.ts'
import { LabelNames } from './names.ts'
import { countRows } from './tables.ts'

/** So many images of one name, on one side. */
export interface Named {
  name: string
  split: SplitName | null
  label: Label | 'skip' | undefined
  images: number
}

/**
 * What a set calls its classes, without opening an image, so that somebody can say what the unknown names mean.
 *
 * @throws GyrusError `file-missing`, `file-unreadable` where there is nothing to look at
 */
export async function surveyDataset({ path, map }: DatasetSource): Promise<Survey> {
  const found = await stat(path).catch((error) => Promise.reject(asFileError(error)))
  const tables = found.isDirectory() ? await tablesIn(path) : []
  try {
    const classes = sumUp(await namesIn(path, found.isDirectory(), new LabelNames(map)))
    return { tables, problem: null, classes }
  } catch (error) {
    return { tables, problem: toFailure(error), classes: [] }
  }
}

async function namesIn(path: string, isFolder: boolean, labels: LabelNames): Promise<Named[]> {
  if (isFolder) return countFolders(path, labels)
  if (!isManifest(path)) return countRows(path, labels)
  return (await readFrozen(path)).map(({ label, split }) => ({ name: label, split, label, images: 1 }))
}

async function tablesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error) => Promise.reject(asFileError(error)))
  const tables = entries.filter((entry) => entry.isFile() && /^[^.].*\.csv$/i.test(entry.name))
  return tables.map(({ name }) => name).sort()
}

function sumUp(found: Named[]): Survey['classes'] {
  const byName = Map.groupBy(found, ({ name }) => name)
  return [...byName].map(([name, ofName]) => {
    const sum = (wanted: Named[]) => wanted.reduce((all, { images }) => all + images, 0)
    const [training, validation, testing] = SPLIT_NAMES.map((side) => sum(ofName.filter(({ split }) => split === side)))
    const sides = { training: training ?? 0, validation: validation ?? 0, testing: testing ?? 0 }
    // One folder of the name that nobody knows is enough to ask.
    const unknown = ofName.some(({ label }) => label === undefined)
    return { name, images: sum(ofName), ...sides, label: unknown ? null : (ofName[0]?.label ?? null) }
  })
}
