import { basename, dirname, resolve } from 'node:path'
import { GyrusError } from '../../../shared/errors.ts'
import { readTable } from './csv.ts'
import { matchLabel, matchSplit } from './names.ts'
import type { LabelledImage } from './types.ts'

/**
 * Images that a table `file,class[,patient][,date][,fold][,split]` lists, in its order; paths are relative to the table's
 * folder.
 *
 * @throws GyrusError `dataset-csv-columns`, `dataset-csv-row`, `folder-empty`, `file-missing`, `file-unreadable`
 */
export async function readImageTable(path: string): Promise<LabelledImage[]> {
  const rows = await readTable(path, { required: ['file', 'class'], optional: ['patient', 'date', 'fold', 'split'] })
  const seen = new Set<string>()
  const images = rows.map(({ line, cells }): LabelledImage => {
    const complain = (reason: string) => new GyrusError('dataset-csv-row', { file: basename(path), line, reason })
    const file = checkFile(cells.file, seen, complain)
    const label = matchLabel(cells.class)
    if (!label) throw complain(`“${cells.class}” is not a class that Gyrus knows`)
    const date = checkDate(cells.date, complain)
    const fold = checkFold(cells.fold, complain)
    const split = matchSplit(cells.split) ?? null
    if (cells.split && !split) throw complain(`“${cells.split}” is not training, validation or testing`)
    return { file, path: resolve(dirname(path), file), label, split, patient: cells.patient || null, date, fold }
  })
  if (images.length === 0) throw new GyrusError('folder-empty')
  return images
}

/**
 * Images with patient, fold and date of a table `file,patient[,class][,fold][,date]`, by their file. Images that it does
 * not list stay without; rows without an image are passed over, for a table may cover more than this set.
 *
 * @throws GyrusError `dataset-csv-columns`, `dataset-csv-row` (also where its class contradicts the set's),
 *   `dataset-patients-unrelated` where no row fits an image, `file-missing`, `file-unreadable`
 */
export async function joinPatients(images: LabelledImage[], path: string): Promise<LabelledImage[]> {
  const rows = await readTable(path, { required: ['file', 'patient'], optional: ['class', 'fold', 'date'] })
  const byFile = new Map(images.map((image) => [image.file, image]))
  const joined = new Map<string, LabelledImage>()
  const seen = new Set<string>()
  for (const { line, cells } of rows) {
    const complain = (reason: string) => new GyrusError('dataset-csv-row', { file: basename(path), line, reason })
    const file = checkFile(cells.file, seen, complain)
    const image = byFile.get(file)
    if (!image) continue
    const says = cells.class
    if (says && matchLabel(says) !== image.label) throw complain(`it says ${says}, the set says ${image.label}`)
    const fold = checkFold(cells.fold, complain)
    const date = checkDate(cells.date, complain) ?? image.date
    joined.set(file, { ...image, patient: cells.patient || image.patient, fold, date })
  }
  if (joined.size === 0) throw new GyrusError('dataset-patients-unrelated', { file: basename(path) })
  return images.map((image) => joined.get(image.file) ?? image)
}

type Complain = (reason: string) => GyrusError

function checkFile(cell: string, seen: Set<string>, complain: Complain): string {
  const file = cell.replaceAll('\\', '/').replace(/^\.\//, '')
  if (file === '') throw complain('it names no file')
  if (seen.has(file)) throw complain(`${file} stands there twice`)
  seen.add(file)
  return file
}

function checkDate(cell: string, complain: Complain): string | null {
  if (cell === '') return null
  const date = /^\d{4}-\d\d-\d\d$/.test(cell) ? new Date(`${cell}T00:00:00Z`) : undefined
  // A day that is not in its month would roll over to the next one.
  if (!date || Number.isNaN(date.getTime()) || !date.toISOString().startsWith(cell)) {
    throw complain(`“${cell}” is not a date like 2026-11-24`)
  }
  return cell
}

function checkFold(cell: string, complain: Complain): number | null {
  if (cell === '') return null
  if (!/^\d{1,3}$/.test(cell)) throw complain(`“${cell}” is not a fold like 0, 1, 2 …`)
  return Number(cell)
}
