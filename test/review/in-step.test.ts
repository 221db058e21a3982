import { describe, expect, it } from 'vitest'
import { type Track, tie } from '../../src/renderer/review/in-step.ts'
import { linked } from '../../src/renderer/review/linked-window.ts'

const AXIAL = [1, 0, 0, 0, 1, 0]
/** Rows run the other way, so that its normal points to the feet. */
const AXIAL_FROM_BELOW = [-1, 0, 0, 0, 1, 0]
const SAGITTAL = [0, 1, 0, 0, 0, -1]
const TILTED = [1, 0, 0, 0, Math.cos(0.1), Math.sin(0.1)]

/** Slices `apart` mm from each other, upwards from `from` (z), or downwards where `apart` is below 0. */
function track(length: number, { apart = 1, from = 0, orientation = AXIAL, system = '1.2' } = {}): Track {
  const planes = Array.from({ length }, (_, at) => ({ position: [0, 0, from + at * apart], orientation }))
  return {
    length,
    mm: planes.map((_, at) => at * Math.abs(apart)),
    planeAt: (at) => planes[at] ?? null,
    frameOfReference: system,
  }
}

const TOP = { one: 0, other: 0 }

describe('two stacks', () => {
  it('of one scanner’s system go together by where their slices lie, whatever was beside what', () => {
    const { by, follow } = tie(track(40), track(10, { apart: 4, from: 4 }), { one: 30, other: 0 })
    expect(by).toBe('scanner')
    expect([0, 4, 5, 8, 39].map(follow)).toEqual([0, 0, 0, 1, 9])
  })

  it('also where one goes up and the other down', () => {
    const down = track(40, { apart: -1, from: 39, orientation: AXIAL_FROM_BELOW })
    const { by, follow } = tie(track(40), down, TOP)
    expect(by).toBe('scanner')
    expect([0, 10, 39].map(follow)).toEqual([39, 29, 0])
  })

  it('of two systems go together by mm from what was beside each other', () => {
    const { by, follow } = tie(track(40), track(20, { apart: 2, from: 77, system: '9' }), { one: 10, other: 3 })
    expect(by).toBe('mm')
    expect([10, 12, 8, 0, 39].map(follow)).toEqual([3, 4, 2, 0, 17])
  })

  it('that name no system are not taken for one', () => {
    expect(tie(track(9, { system: '' }), track(9, { system: '' }), TOP).by).toBe('mm')
  })

  it('that are a little tilted to each other still go by mm', () => {
    expect(tie(track(9), track(9, { orientation: TILTED, system: '9' }), TOP).by).toBe('mm')
  })

  it('that are cut differently, or do not say where they lie, go by their share', () => {
    const sagittal = tie(track(21), track(11, { orientation: SAGITTAL }), TOP)
    expect(sagittal.by).toBe('share')
    expect([0, 10, 20].map(sagittal.follow)).toEqual([0, 5, 10])
    const silent = { ...track(11), mm: Array(11).fill(null), planeAt: () => null }
    expect(tie(track(21), silent, TOP).by).toBe('share')
    expect(tie(track(1), silent, TOP).follow(0)).toBe(5)
  })
})

describe('one window for both', () => {
  it('changes the other as much from its own as the first from its', () => {
    const [opening, own] = [
      { lower: 0, upper: 100 },
      { lower: 200, upper: 1200 },
    ]
    expect(linked({ width: 100, level: 50 }, opening, own)).toEqual(own)
    expect(linked({ width: 50, level: 75 }, opening, own)).toEqual({ lower: 700, upper: 1200 })
  })
})
