import type { Box } from '../../../src/main/engine/dataset/types.ts'

/** A map in the frame of its image, none below 0. */
export interface Map {
  width: number
  height: number
  values: Float32Array
  peak: { x: number; y: number }
}

/** What a map is worth against a box. */
export interface Figures {
  /** 1 where the peak lies in the box (pointing game; Zhang et al. 2018). */
  pointing: number
  /** Share of the map's sum that lies in the box. */
  share: number
  iou: number
  dice: number
}

/** `threshold`: from which share of the highest value on a place is marked, held against the box. */
export function figuresOf({ width, height, values, peak }: Map, { cx, cy, w, h }: Box, threshold: number): Figures {
  const inside = (x: number, y: number) => Math.abs(x - cx) <= w / 2 && Math.abs(y - cy) <= h / 2
  const level = threshold * values.reduce((most, value) => Math.max(most, value), 0)
  let [all, within, marked, boxed, both] = [0, 0, 0, 0, 0]
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number
    const inBox = inside(((i % width) + 0.5) / width, (Math.floor(i / width) + 0.5) / height)
    const isMarked = value > 0 && value >= level
    all += value
    if (inBox) [within, boxed] = [within + value, boxed + 1]
    if (isMarked) marked += 1
    if (inBox && isMarked) both += 1
  }
  const union = marked + boxed - both
  return {
    pointing: inside(peak.x, peak.y) ? 1 : 0,
    share: all > 0 ? within / all : 0,
    iou: union > 0 ? both / union : 0,
    dice: marked + boxed > 0 ? (2 * both) / (marked + boxed) : 0,
  }
}

export const THRESHOLDS = Array.from({ length: 19 }, (_, i) => (i + 1) / 20)

/** The threshold with the largest mean Dice. */
export function chooseThreshold(maps: { map: Map; box: Box }[]): number {
  const dices = THRESHOLDS.map((threshold) =>
    maps.reduce((sum, { map, box }) => sum + figuresOf(map, box, threshold).dice, 0),
  )
  return THRESHOLDS[dices.indexOf(Math.max(...dices))] as number
}
