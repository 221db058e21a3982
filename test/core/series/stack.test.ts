import { describe, expect, it } from 'vitest'
import { stack } from '../../../src/main/core/series/stack.ts'
import type { DicomFacts } from '../../../src/shared/dicom.ts'
import { planeOf } from '../../../src/shared/named-plane.ts'
import { sliceFacts } from '../../support/series.ts'

const at = (mm: number, change: Partial<DicomFacts> = {}) => ({ facts: sliceFacts(mm, change) })
const numbers = (members: ReturnType<typeof at>[]) =>
  stack(members).placed.map(({ one, mm }) => [one.facts.instanceNumber, mm])

const SAGITTAL = [0, 1, 0, 0, 0, -1]
const turned = (degrees: number) => {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)]
  return [1, 0, 0, 0, cos, sin]
}

describe('a stack', () => {
  it('goes by where its slices lie, not by how they are numbered or named', () => {
    const members = [at(20, { instanceNumber: 1 }), at(0, { instanceNumber: 3 }), at(10, { instanceNumber: 2 })]
    expect(numbers(members)).toEqual([
      [3, 0],
      [2, 10],
      [1, 20],
    ])
  })

  it('measures along its own normal, also where that is oblique', () => {
    const orientation = turned(30)
    const placed = stack([at(0, { orientation }), at(10, { orientation })]).placed
    expect(placed[1]?.mm).toBeCloseTo(10 * Math.cos(Math.PI / 6))
  })

  it('has what lies across it, or says nothing of its place, behind it', () => {
    const scout = at(5, { orientation: SAGITTAL })
    const lost = at(1, { position: null, instanceNumber: 9 })
    const { placed, plane } = stack([scout, lost, at(10), at(0)])
    expect(plane).toBe('axial')
    expect(placed.map(({ one, mm, across }) => [one.facts.instanceNumber, mm, across])).toEqual([
      [0, 0, false],
      [10, 10, false],
      [5, null, true],
      [9, null, false],
    ])
  })

  it('tells which are at the place of another, by number the first one', () => {
    const { placed } = stack([at(0, { instanceNumber: 7 }), at(0, { instanceNumber: 2 }), at(5)])
    expect(placed.map(({ one, again }) => [one.facts.instanceNumber, again])).toEqual([
      [2, false],
      [7, true],
      [5, false],
    ])
  })

  it('without any geometry goes by number', () => {
    const bare = { orientation: null, position: null }
    expect(numbers([at(2, bare), at(1, bare)])).toEqual([
      [1, null],
      [2, null],
    ])
  })
})

it.each([
  [[1, 0, 0, 0, 1, 0], 'axial'],
  [[1, 0, 0, 0, 0, -1], 'coronal'],
  [SAGITTAL, 'sagittal'],
  [turned(29), 'axial'],
  [turned(31), 'oblique'],
  [turned(61), 'coronal'],
  [[0, 0, 0, 0, 0, 0], null],
  [null, null],
])('the plane of a slice: %j is %s', (orientation, plane) => {
  expect(planeOf({ orientation })).toBe(plane)
})
