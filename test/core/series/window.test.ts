import { expect, it } from 'vitest'
import { stackWindow } from '../../../src/main/core/series/window.ts'
import type { Store } from '../../../src/main/store/types.ts'
import { GyrusError } from '../../../src/shared/errors.ts'

type Window = { low: number; high: number; named: boolean }
type Opens = Window | null | 'broken'

/** @param opens each slice's own window */
function windowOf(opens: Opens[], frames = false) {
  const slices = opens.map((_, place) => ({
    caseId: frames ? 'case' : `case-${place}`,
    frame: frames ? place : null,
  }))
  const looked: number[] = []
  const images = {
    window: async (caseId: string, frame?: number) => {
      const place = frame ?? Number(caseId.slice(5))
      looked.push(place)
      const one = opens[place]
      if (one === 'broken' || one === undefined) throw new GyrusError('image-truncated')
      return one
    },
  }
  const store: Pick<Store, 'seriesOf'> = { seriesOf: async () => ({ slices }) as never }
  return stackWindow({ store: store as Store, images }, 'case').then((window) => ({ window, looked }))
}

const opening = (high: number): Window => ({ low: high / 10, high, named: false })
const named = (high: number): Window => ({ ...opening(high), named: true })

it('is the window that all slices name', async () => {
  expect((await windowOf([named(500), named(500), named(500)])).window).toEqual({ low: 50, high: 500 })
})

it('is from the lowest to the highest of percentiles: no slice is burnt out more than where it is opened alone', async () => {
  expect((await windowOf([30, 61, 71, 55, 2].map(opening))).window).toEqual({ low: 0.2, high: 71 })
  // What one file does not name is not to be burnt out by what others do.
  expect((await windowOf([named(50), named(60), opening(71)])).window).toEqual({ low: 5, high: 71 })
})

it('is that of the stack where its files name them, not of one bright slice, dark ends or what cannot be read', async () => {
  const { window } = await windowOf([10, 480, 500, 4000, 520, 490, 12].map(named))
  expect(window).toEqual({ low: 49, high: 490 })
  expect((await windowOf([opening(500), 'broken', opening(500)])).window).toEqual({ low: 50, high: 500 })
})

it('looks at nine slices of many, from all over the stack', async () => {
  const { looked } = await windowOf(Array.from({ length: 200 }, () => opening(100)))
  expect(looked).toEqual([11, 33, 55, 77, 100, 122, 144, 166, 188])
})

it('is that of frames in the same way, and none of one image, of colours or where nothing can be read', async () => {
  expect((await windowOf([opening(100), opening(200), opening(300)], true)).window).toEqual({ low: 10, high: 300 })
  expect((await windowOf([opening(100)])).window).toBeNull()
  expect((await windowOf([null, null])).window).toBeNull()
  expect((await windowOf(['broken', 'broken'])).window).toBeNull()
})
