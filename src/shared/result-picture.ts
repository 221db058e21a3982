/** Rows from the top, pixels from the left, 8 bits a sample. */
export interface Pixels {
  width: number
  height: number
  /** 1: grey. 3: red, green, blue of a pixel beside one another. */
  channels: 1 | 3
  data: Uint8Array
}

/** What is written into a picture of a result. */
export interface ResultCaption {
  /** Stands above the image. */
  banner: string
  title: string
  /** One a label: name, probability in words and as 0–1. */
  rows: { name: string; text: string; share: number }[]
  /** What must be said with the answer, below it; '' for nothing. */
  notes: string
  /** Where the answer is from, and what was said of it. */
  lines: string[]
  /** The heat map of the answer as a PNG, for beside the image, and what it is; null where there is none. */
  heat?: { png: Uint8Array; lines: string[]; caution: string | null } | null
}
