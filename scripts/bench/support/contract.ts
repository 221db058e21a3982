/** Areas of the page of figures, in its order. */
export const AREAS = {
  reading: 'Reading',
  batch: 'Batches',
  record: 'The record',
  dicom: 'DICOM',
  aids: 'Reading aids',
  training: 'Training',
  shell: 'Starting and screens',
} as const
export type Area = keyof typeof AREAS

/** What a figure counts; the empty one is a number of things. */
export const UNITS = ['s', 'ms', 'MB', 'kB', 'images/s', 'entries/s', 'cases/s', 'frames/s', '×', '%', ''] as const
export type Unit = (typeof UNITS)[number]

/** The figure is to be at most, or at least, so much, in its own unit. */
export type Aim = { most: number } | { least: number }

export interface Figure {
  /** What this one is of several in a row, e.g. `p95`; empty where it is the only one. */
  of: string
  /** Null: it could not be measured; the row's remark says why. */
  value: number | null
  unit: Unit
  aim?: Aim | undefined
}

/** A line of a table. Lines after each other whose figures have the same names and units share one. */
export interface Row {
  what: string
  figures: Figure[]
  remark?: string | undefined
}

export interface Findings {
  rows: Row[]
  /** Of what Gyrus was held against, e.g. `{ keras: '3.15.1' }`. */
  versions?: Record<string, string>
  /** What is to be known of all rows; whole sentences. */
  remarks?: string[]
}

/** A number that decides how long a bench takes. */
export interface Size {
  what: string
  /** What the page of figures is measured with. */
  usual: number
  /** Enough to see that it works. */
  small: number
}

export type Sizes = Record<string, Size>
export type Chosen<S extends Sizes> = { readonly [name in keyof S]: number }

/** One thing that is measured, in a process of its own; a file of `scripts/bench` called as it is. */
export interface Bench<S extends Sizes = Sizes> {
  name: string
  area: Area
  title: string
  /** What it answers. */
  question: string
  sizes: S
  /** What it takes at its usual sizes on two cores, minutes; it is ended after five times as long, ten at least. */
  minutes: number
  /** Why it cannot be run here; null where it can. */
  missing?: () => string | null | Promise<string | null>
  run: (sizes: Chosen<S>) => Promise<Findings>
}

export const defineBench = <S extends Sizes>(bench: Bench<S>): Bench<S> => bench

/** @returns null without an aim, or without a value */
export function reached({ value, aim }: Figure): boolean | null {
  if (value === null || aim === undefined) return null
  return 'most' in aim ? value <= aim.most : value >= aim.least
}

/** A row of a single figure. */
export function single(what: string, value: number | null, unit: Unit, more: { aim?: Aim; remark?: string } = {}): Row {
  return { what, figures: [{ of: '', value, unit, aim: more.aim }], remark: more.remark }
}
