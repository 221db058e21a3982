import { basename, dirname, resolve } from 'node:path'
import { GyrusError } from '../../../shared/errors.ts'
import { checkBox, checkDate, checkFile, checkFold } from './cells.ts'
import { readTable } from './csv.ts'
import { LabelNames, matchLabel, matchSplit } from './names.ts'
import type { BoxedImage, LabelledImage, TumourImage } from './types.ts'

/**
 * Images that a table `file,class[,patient][,date][,fold][,split]` lists, in its order; paths are relative to the table's
 * folder.
 *
 * @param labels what its classes are called; those to be skipped are left out
 * @throws GyrusError `dataset-csv-columns`, `dataset-csv-row`, `folder-empty`, `file-missing`, `file-unreadable`
 */
export async function readImageTable(path: string, labels = new LabelNames()): Promise<LabelledImage[]> {
  const rows = await readTable(path, IMAGE_COLUMNS)
  const seen = new Set<string>()
  const images = rows.flatMap(({ line, cells }): LabelledImage[] => {
    const complain = complainOf(path, line)
    const file = checkFile(cells.file, seen, complain)
    const label = labels.of(cells.class)
    if (label === 'skip') return []
    if (!label) throw complain(`“${cells.class}” is not a class that Gyrus knows; --map can say which one it is`)
    const date = checkDate(cells.date, complain)
    const fold = checkFold(cells.fold, complain)
    const split = matchSplit(cells.split) ?? null
    if (cells.split && !split) throw complain(`“${cells.split}” is not training, validation or testing`)
    return [{ file, path: resolve(dirname(path), file), label, split, patient: cells.patient || null, date, fold }]
  })
  if (images.length === 0) throw new GyrusError('folder-empty')
  return images
}

const IMAGE_COLUMNS = { required: ['file', 'class'], optional: ['patient', 'date', 'fold', 'split'] } as const

/** What such a table calls its classes, row by row. Errors of `readTable`; `folder-empty`. */
export async function countRows(path: string, labels: LabelNames) {
  const rows = await readTable(path, IMAGE_COLUMNS)
  if (rows.length === 0) throw new GyrusError('folder-empty')
  return rows.map(({ cells }) => ({
    name: cells.class,
    split: matchSplit(cells.split) ?? null,
    label: labels.of(cells.class),
    images: 1,
  }))
}

/**
 * Images with patient, fold and date of a table `file,patient[,class][,fold][,date]`, by their file. Images that it does
 * not list stay without; rows without an image are passed over, for a table may cover more than this set.
 *
 * @throws GyrusError `dataset-csv-columns`, `dataset-csv-row` (also where its class contradicts the set's),
 *   `dataset-patients-unrelated` where no row fits an image, `file-missing`, `file-unreadable`
 */
export async function joinPatients(
  images: LabelledImage[],
  path: string,
  labels = new LabelNames(),
): Promise<LabelledImage[]> {
  const rows = await readTable(path, { required: ['file', 'patient'], optional: ['class', 'fold', 'date'] })
  const byFile = new Map(images.map((image) => [image.file, image]))
  const joined = new Map<string, LabelledImage>()
  const seen = new Set<string>()
  for (const { line, cells } of rows) {
    const complain = complainOf(path, line)
    const file = checkFile(cells.file, seen, complain)
    const image = byFile.get(file)
    if (!image) continue
    const says = cells.class
    if (says && labels.of(says) !== image.label) throw complain(`it says ${says}, the set says ${image.label}`)
    const fold = checkFold(cells.fold, complain)
    const date = checkDate(cells.date, complain) ?? image.date
    joined.set(file, { ...image, patient: cells.patient || image.patient, fold, date })
  }
  if (joined.size === 0) throw new GyrusError('dataset-patients-unrelated', { file: basename(path) })
  return images.map((image) => joined.get(image.file) ?? image)
}

/**
 * Slices with tumours of unknown type that a table `file,group[,cx,cy,w,h]` lists, in its order.
 *
 * @throws GyrusError `dataset-csv-columns`, `dataset-csv-row`, `folder-empty`, `file-missing`, `file-unreadable`
 */
export async function readTumourTable(path: string): Promise<TumourImage[]> {
  const rows = await readTable(path, { required: ['file', 'group'], optional: BOX })
  const seen = new Set<string>()
  const images = rows.map(({ line, cells }): TumourImage => {
    const complain = complainOf(path, line)
    const file = checkFile(cells.file, seen, complain)
    // An image without a group could be a copy of any other one.
    if (cells.group === '') throw complain('it names no group')
    return { file, path: resolve(dirname(path), file), group: cells.group, box: checkBox(cells, complain) }
  })
  if (images.length === 0) throw new GyrusError('folder-empty')
  return images
}

/** Slices with the tumour's box that a table `file,class,cx,cy,w,h` lists, in its order. Errors of `readTumourTable`. */
export async function readBoxTable(path: string): Promise<BoxedImage[]> {
  const rows = await readTable(path, { required: ['file', 'class', ...BOX], optional: [] })
  const seen = new Set<string>()
  const images = rows.map(({ line, cells }): BoxedImage => {
    const complain = complainOf(path, line)
    const file = checkFile(cells.file, seen, complain)
    const label = matchLabel(cells.class)
    if (!label) throw complain(`“${cells.class}” is not a class that Gyrus knows`)
    const box = checkBox(cells, complain)
    if (!box) throw complain('it has no box')
    return { file, path: resolve(dirname(path), file), label, box }
  })
  if (images.length === 0) throw new GyrusError('folder-empty')
  return images
}

const BOX = ['cx', 'cy', 'w', 'h'] as const

const complainOf = (path: string, line: number) => (reason: string) =>
  new GyrusError('dataset-csv-row', { file: basename(path), line, reason })
