import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Box } from '../../../src/main/engine/dataset/types.ts'
import type { Label } from '../../../src/shared/labels.ts'

const at = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url))
const shared = join(process.env.GYRUS_SHARED ?? at('../shared'), 'datasets')

export const MODEL = at('resources/models/efl0-2')
export const RUN = at('docs/runs/heat')
export const SETS = {
  main: join(shared, 'brain-tumor-mri'),
  patients: join(shared, 'brain-tumor-mri/patients.csv'),
  boxes: join(shared, 'tumor-boxes/boxes.csv'),
  others: join(shared, 'other-sequences/tumours.csv'),
}

/** Trains the head; chooses epoch and threshold; measures, and took part in nothing. */
export type Part = 'training' | 'validation' | 'measuring'

/** A slice with the box of its tumour. */
export interface SplitImage {
  set: 'tumor-boxes' | 'other-sequences'
  file: string
  /** Null where the type is not known. */
  label: Label | null
  box: Box
  /** Slices of a patient, copies and groups: never divided. */
  group: number
  /** The shipped network learned from an image of this group (its class, never its box). */
  seen: boolean
  part: Part
}

export const readSplit = (): SplitImage[] => JSON.parse(readFileSync(join(RUN, 'split.json'), 'utf8'))

export const pathOf = ({ set, file }: SplitImage): string => join(shared, set, file)
