import type { Sweep } from './ranking.ts'

export type Point = [x: number, y: number]

/**
 * From (0, 0) on: 1 − specificity, sensitivity; one point a threshold (Fawcett 2006, "An introduction to ROC analysis").
 * Empty without images on both sides.
 */
export function rocPoints({ truePositives, falsePositives, positives, negatives }: Sweep): Point[] {
  if (positives === 0 || negatives === 0) return []
  const points = Array.from(
    truePositives,
    (right, run): Point => [(falsePositives[run] as number) / negatives, right / positives],
  )
  return [[0, 0], ...points]
}

/** Recall, precision; one point a threshold, recall rising. Empty without images on both sides. */
export function precisionRecallPoints({ truePositives, falsePositives, positives, negatives }: Sweep): Point[] {
  if (positives === 0 || negatives === 0) return []
  return Array.from(
    truePositives,
    (right, run): Point => [right / positives, right / (right + (falsePositives[run] as number))],
  )
}

/** For drawing: without points on the line between their neighbours, then at most `most`, the ends kept. */
export function thin(points: Point[], most = 200): Point[] {
  const bends = points.filter((point, i) => {
    const [before, after] = [points[i - 1], points[i + 1]]
    return !before || !after || turn(before, point, after) !== 0
  })
  if (bends.length <= most) return bends
  const step = (bends.length - 1) / (most - 1)
  return Array.from({ length: most }, (_, i) => bends[Math.round(i * step)] as Point)
}

const turn = ([ax, ay]: Point, [bx, by]: Point, [cx, cy]: Point): number =>
  (bx - ax) * (cy - by) - (by - ay) * (cx - bx)
