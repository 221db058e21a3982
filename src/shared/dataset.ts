import type { Failure } from './errors.ts'
import type { Label } from './labels.ts'

/** The sides that a labelled folder tree can have, named after what they are for. */
export const SPLIT_NAMES = ['training', 'validation', 'testing'] as const
export type SplitName = (typeof SPLIT_NAMES)[number]

/** What a set's own names for its classes mean; `skip` leaves a folder, or the rows of a table, out. */
export type LabelMap = Record<string, Label | 'skip'>

/** Where a labelled set is. */
export interface DatasetSource {
  /**
   * A folder tree with one folder a class, a CSV table `file,class[,patient][,date][,fold][,split]`, or the
   * `dataset.json` of a frozen set.
   */
  path: string
  /** A CSV table `file,patient[,class][,fold][,date]` that says whose images they are. */
  patients?: string
  /** By a folder's name, its path in the set, or what stands in a table's class column. */
  map?: LabelMap
  /** Folder that no table may lead out of: whoever named the images may not name paths. */
  within?: string
}

/** How far a long piece of work is. */
export interface TaskProgress {
  stage: 'reading' | 'comparing' | 'copying' | 'predicting'
  /** Images done, of `total`; while comparing, the share of the pairs done as a number of images. */
  done: number
  total: number
}

/** Groups of images that are copies of one another; images without a copy are in no group. */
export interface CopyCounts {
  groups: number
  /** Images in those groups. */
  images: number
  /** Groups with images on more than one side. */
  acrossSplits: number
  /** Groups whose images have different labels: at least one of them is wrong. */
  acrossClasses: number
  /** Images in the largest group. */
  largest: number
}

/** Some of the images of a side; `share` is n / of, null where there are none. */
export interface Share {
  n: number
  of: number
  share: number | null
}

/** A test image and its closest copy on another side. */
export interface CopyPair {
  file: string
  copy: string
  /** Of the two cropped thumbnails, in (0.98, 1]; 1 for exact copies. */
  correlation: number
  /** How `copy` was turned to fit `file`. */
  turn: string
}

/** What a leakage audit found. Paths are relative to the set, with slashes. */
export interface DatasetAudit {
  /** SHA-256 over the lines `<sha256 of the file>  <path>`, sorted by path, of all files that could be opened. */
  sha256: string
  /** Images that were read. */
  images: number
  unreadable: { n: number; files: { file: string; failure: Failure }[] }
  perClass: Record<Label, { images: number } & Record<SplitName, number>>
  /** Same decoded pixels. */
  exact: CopyCounts
  /** The same slice, also resized, brightened, cropped of its black border, mirrored or turned. Includes `exact`. */
  near: CopyCounts
  testWithNearCopy: Share & { perClass: Record<Label, Share> }
  /** Without cropping, mirroring or turning. */
  testWithNearCopyAsIs: Share
  /** Patients with images for testing and on another side, and the test images that are theirs. */
  patientsOnBothSides: { n: number; patients: string[]; testImages: number }
  patientsInTwoClasses: { n: number; patients: string[] }
  /** Each test image with a near-copy and the closest one, by path. */
  pairs: CopyPair[]
  /** The members of each near-duplicate group, largest group first. */
  groups: string[][]
  /** What stands in the way of training with this set; an audit is possible all the same. */
  problems: Failure[]
}

/** What must not be on two sides of a split: a patient, a near-duplicate group, a time, or nothing. */
export const SPLIT_RULES = ['patient', 'group', 'date', 'random'] as const
export type SplitRule = (typeof SPLIT_RULES)[number]

export interface SplitOptions {
  rule: SplitRule
  /** Shares of the images, each in [0, 1), together below 1; the rest is for training. */
  validation: number
  testing: number
  /** A whole number; the same seed gives the same split. */
  seed: number
}

export interface DatasetSplit extends SplitOptions {
  /** SHA-256 of the set that was split, as in the audit. */
  sha256: string
  /** True for a random split: copies of a test image, or its patient, are probably in training. */
  leaks: boolean
  /** Every image that could be read, by path. Images with the same `group` are near-duplicates. */
  images: { file: string; label: Label; patient: string | null; group: number; split: SplitName }[]
}
