import { expect, it } from 'vitest'
import { sidesOf } from '../../src/shared/sides.ts'

const PLAIN = { flippedH: false, flippedV: false, rotation: 0 } as const
const AXIAL = [1, 0, 0, 0, 1, 0]
const shown = (orientation: number[] | null, view = {}) => {
  const sides = sidesOf(orientation, { ...PLAIN, ...view })
  return sides && [sides.left, sides.right, sides.top, sides.bottom].join(' ')
}

it.each([
  ['axial', AXIAL, 'R L A P'],
  ['coronal', [1, 0, 0, 0, 0, -1], 'R L H F'],
  ['sagittal', [0, 1, 0, 0, 0, -1], 'A P H F'],
  ['oblique', [0.8, 0.6, 0, 0, 0, -1], 'RA LP H F'],
  ['nearly axial, as most are', [0.999, -0.021, 0.038, 0.026, 0.991, -0.128], 'R L A P'],
])('%s', (_, orientation, sides) => {
  expect(shown(orientation)).toBe(sides)
})

it.each([
  [{ flippedH: true }, 'L R A P'],
  [{ flippedV: true }, 'R L P A'],
  [{ rotation: 90 }, 'P A R L'],
  [{ rotation: 180 }, 'L R P A'],
  [{ rotation: 270 }, 'A P L R'],
  // First flipped, then turned.
  [{ flippedH: true, rotation: 90 }, 'P A L R'],
])('axial, %o', (view, sides) => {
  expect(shown(AXIAL, view)).toBe(sides)
})

it('a file without an orientation, or with none that tells, has no letters', () => {
  expect(shown(null)).toBeNull()
  expect(shown([1, 0, 0])).toBeNull()
  expect(shown([0, 0, 0, 0, 1, 0])).toBeNull()
})
