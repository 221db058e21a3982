import { InvalidArgumentError, Option } from 'commander'
import type { DatasetSource, LabelMap } from '../../shared/dataset.ts'
import { LABELS, type Label } from '../../shared/labels.ts'
import { resolveSet } from './resolve-set.ts'

export const ANY_SET =
  'a folder with one folder a class, below Training and Testing or at its top; a CSV table file,class; or NAME or NAME@VERSION of an imported set'
const PATIENTS = 'a CSV table file,patient: whose images they are'
const MAP = `what a folder or a table’s class is: ${LABELS.join(', ')}, or skip to leave it out (can be repeated)`
const DATA_DIR = 'where imported sets are kept (default: GYRUS_DATA, else the platform’s place)'

/** What goes with a set, whatever is done to it. */
export interface SetOptions {
  patients?: string
  map: LabelMap
  dataDir?: string
}

export const patientsOption = () => new Option('--patients <csv>', PATIENTS)
export const mapOption = () => new Option('--map <folder=class>', MAP).argParser(addToMap).default({}, 'none')
export const dataDirOption = () => new Option('--data-dir <folder>', DATA_DIR)

/** Errors of `resolveSet`. */
export async function sourceOf(set: string, { patients, map, dataDir }: SetOptions): Promise<DatasetSource> {
  return { path: await resolveSet(set, dataDir), map, ...(patients !== undefined && { patients }) }
}

/** A folder's name may hold an equals sign, a class does not. */
function addToMap(text: string, map: LabelMap): LabelMap {
  const at = text.lastIndexOf('=')
  const [name, label] = [text.slice(0, at), text.slice(at + 1)]
  if (at < 1 || !isTarget(label)) {
    throw new InvalidArgumentError(`It is FOLDER=CLASS, with ${LABELS.join(', ')} or skip for the class.`)
  }
  return { ...map, [name]: label }
}

const isTarget = (text: string): text is Label | 'skip' =>
  text === 'skip' || (LABELS as readonly string[]).includes(text)
