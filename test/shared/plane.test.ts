import { expect, it } from 'vitest'
import { alongOf, normalOf, sameWay } from '../../src/shared/plane.ts'

const plane = (...orientation: number[]) => ({ position: [1, 2, 3], orientation })
const AXIAL = plane(1, 0, 0, 0, 1, 0)

it('a stack goes at right angles to its rows and columns', () => {
  expect(normalOf(AXIAL)).toEqual([0, 0, 1])
  expect(normalOf(plane(0, 2, 0, 0, 0, -2))).toEqual([-1, 0, 0])
  expect(alongOf(AXIAL, normalOf(AXIAL))).toBe(3)
  expect(alongOf({ ...AXIAL, position: null }, [0, 0, 1])).toBeNull()
})

it('two are cut the same way within 10°, whichever way they go', () => {
  const tilted = (degrees: number, sign: 1 | -1 = 1) => {
    const angle = (degrees * Math.PI) / 180
    return plane(sign, 0, 0, 0, Math.cos(angle), Math.sin(angle))
  }
  expect(sameWay(AXIAL, tilted(9))).toBe(1)
  expect(sameWay(AXIAL, tilted(9, -1))).toBe(-1)
  expect(sameWay(AXIAL, tilted(11))).toBeNull()
  expect(sameWay(AXIAL, plane(0, 1, 0, 0, 0, -1))).toBeNull()
})
