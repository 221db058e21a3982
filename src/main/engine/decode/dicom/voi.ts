import type { DataSet } from './data-set.ts'
import { groupOf } from './functional-groups.ts'
import { type Lut, lookUpIn, readLut } from './luts.ts'

/** How values become grey (VOI LUT module, PS3.3, C.11.2), in units of the modality. */
export type Voi =
  /** Values up to `low` are black, from `high` on white, and straight in between. */
  | { low: number; high: number }
  /** Anything else: the grey of a value, 0–1. */
  | { greyOf: (value: number) => number }

/** Narrowest window: one of no width is a step. */
const STEP = 1e-3

/**
 * What a file says of a frame's window: the first of its windows, else its first table; null where it says nothing. A
 * window goes first because a reader can move it on.
 * @throws GyrusError `dicom-attribute`
 */
export function readVoi(set: DataSet, frame: number, signed: boolean): Voi | null {
  const group = groupOf(set, frame, 'FrameVOILUTSequence')
  const [centre, width] = [group.number('WindowCenter'), group.number('WindowWidth')]
  if (centre !== undefined && width !== undefined && width > 0) {
    return windowOf(centre, width, group.text('VOILUTFunction').trim())
  }
  const item = set.items('VOILUTSequence')[0]
  return item ? tableOf(readLut(item, 'LUTDescriptor', 'LUTData', signed)) : null
}

function windowOf(centre: number, width: number, shape: string): Voi {
  // C.11.2.1.3.1: 1 / (1 + exp(−4 (x − c) / w)).
  if (shape === 'SIGMOID') return { greyOf: (value) => 1 / (1 + Math.exp((-4 * (value - centre)) / width)) }
  if (shape === 'LINEAR_EXACT') return { low: centre - width / 2, high: centre + width / 2 }
  // C.11.2.1.2.1: of whole values, the first one that is not black to the first one that is white.
  const half = Math.max((width - 1) / 2, STEP)
  return { low: centre - 0.5 - half, high: centre - 0.5 + half }
}

function tableOf(lut: Lut): Voi {
  const top = 2 ** lut.bits - 1
  return { greyOf: (value) => Math.min(lookUpIn(lut, value) / top, 1) }
}
