import type { Random } from '../random.ts'
import type { AugmentationRanges } from './ranges.ts'

/**
 * Draws one projective transform as TensorFlow's `ImageProjectiveTransformV3` takes it: eight numbers that map an output
 * point (x, y), in px, to the input point `((a0·x + a1·y + a2) / k, (b0·x + b1·y + b2) / k)`, `k = c0·x + c1·y + 1`.
 * Rotation, scale and mirroring are about the centre of a square of `size` px, which becomes one of `outputSize` px.
 */
export function drawTransform(random: Random, ranges: AugmentationRanges, size: number, outputSize = size): number[] {
  const quarter = random.chance(ranges.quarterTurn) ? 1 + random.integer(3) : 0
  const angle = (random.uniform(-ranges.rotation, ranges.rotation) * Math.PI) / 180 + (quarter * Math.PI) / 2
  const scale = (random.logUniform(...ranges.scale) * outputSize) / size
  const stretch = Math.sqrt(random.logUniform(1 / ranges.aspect, ranges.aspect))
  const [scaleX, scaleY] = [scale * stretch, scale / stretch]
  const mirrorX = random.chance(ranges.flipHorizontal) ? -1 : 1
  const mirrorY = random.chance(ranges.flipVertical) ? -1 : 1
  const shiftX = random.uniform(-ranges.shift, ranges.shift) * outputSize
  const shiftY = random.uniform(-ranges.shift, ranges.shift) * outputSize
  return aboutCentre(
    [
      (mirrorX * Math.cos(angle)) / scaleX,
      (-mirrorX * Math.sin(angle)) / scaleX,
      (mirrorY * Math.sin(angle)) / scaleY,
      (mirrorY * Math.cos(angle)) / scaleY,
    ],
    [(outputSize - 1) / 2 + shiftX, (outputSize - 1) / 2 + shiftY],
    (size - 1) / 2,
  )
}

/** `input = M · (output − from) + centre`, written out. */
function aboutCentre(
  [a, b, c, d]: [number, number, number, number],
  [x, y]: [number, number],
  centre: number,
): number[] {
  return [a, b, centre - a * x - b * y, c, d, centre - c * x - d * y, 0, 0]
}
