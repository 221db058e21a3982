import type { Failure } from './errors.ts'

/** What was done to an attribute, wherever it stood in the file. Never what stood in it. */
export interface DeidentifiedAttribute {
  /** `(0010,0010)` */
  tag: string
  /** DICOM's keyword; '' for private attributes and those that the dictionary does not know. */
  keyword: string
  act: DeidentifyAct
  /** How often, sequences included. */
  count: number
}
export type DeidentifyAct = 'removed' | 'emptied' | 'replaced' | 'new-uid'

export const DEIDENTIFY_ACT_NAMES: Record<DeidentifyAct, string> = {
  removed: 'Removed',
  emptied: 'Emptied',
  replaced: 'Replaced',
  'new-uid': 'New UID',
}

/** What the pixels may still tell, which no change of attributes takes out. */
export const PIXEL_WARNINGS = {
  'text-stated': 'The file says that text is burnt into its pixels. Look at it before you give it away.',
  'text-likely': 'A file of this kind often has text burnt into its pixels. Look at it before you give it away.',
  'text-not-stated': 'The file does not say whether text is burnt into its pixels. Look at one of its kind.',
  face: 'A face can be made of a series of slices of a head. Take the face out before you give away whole series.',
} as const
export type PixelWarning = keyof typeof PIXEL_WARNINGS

export interface DeidentifyNote {
  /** By tag. */
  attributes: DeidentifiedAttribute[]
  warnings: PixelWarning[]
}

export interface DeidentifyInput {
  files: string[]
  /** The folder that the copies go to; made where it is missing. */
  out: string
  /** Of Gyrus. */
  version: string
}

/** What an export came to. */
export interface DeidentifyExport {
  /** `copy`: name in the folder. */
  copied: { file: string; copy: string; warnings: PixelWarning[] }[]
  refused: { file: string; failure: Failure }[]
  /** Of all copies together, by tag. */
  attributes: DeidentifiedAttribute[]
}
