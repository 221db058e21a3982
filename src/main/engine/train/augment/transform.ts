import type { Random } from '../random.ts'
import type { AugmentationRanges } from './ranges.ts'

/**
 * Draws one projective transform as TensorFlow's `ImageProjectiveTransformV3` takes it: eight numbers that map an output
 * point (x, y), in px, to the input point `((a0·x + a1·y + a2) / k, (b0·x + b1·y + b2) / k)`, `k = c0·x + c1·y + 1`.
 * Rotation, scale and mirroring are about the centre of a square of `size` px.
 */
export function drawTransform(random: Random, ranges: AugmentationRanges, size: number): number[] {
  const quarter = random.chance(ranges.quarterTurn) ? 1 + random.integer(3) : 0
  const angle = (random.uniform(-ranges.rotation, ranges.rotation) * Math.PI) / 180 + (quarter * Math.PI) / 2
  const scale = random.logUniform(...ranges.scale)
  const mirrorX = random.chance(ranges.flipHorizontal) ? -1 : 1
  const mirrorY = random.chance(ranges.flipVertical) ? -1 : 1
  const shiftX = random.uniform(-ranges.shift, ranges.shift) * size
  const shiftY = random.uniform(-ranges.shift, ranges.shift) * size
  return aboutCentre(
    [
      (mirrorX * Math.cos(angle)) / scale,
      (-mirrorX * Math.sin(angle)) / scale,
      (mirrorY * Math.sin(angle)) / scale,
      (mirrorY * Math.cos(angle)) / scale,
    ],
    [shiftX, shiftY],
    (size - 1) / 2,
  )
}

/** `input = M · (output − centre − shift) + centre`, written out. */
function aboutCentre(
  [a, b, c, d]: [number, number, number, number],
  [shiftX, shiftY]: [number, number],
  centre: number,
): number[] {
  const x = centre + shiftX
  const y = centre + shiftY
  return [a, b, centre - a * x - b * y, c, d, centre - c * x - d * y, 0, 0]
}
