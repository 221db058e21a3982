import { expect, it } from 'vitest'
import { countOfSlices, withoutCount } from '../../src/shared/series.ts'

it('tells the count at the end of a series’ description apart, so that screens say it in their own language', () => {
  for (const coming of [false, true]) {
    const slices = { n: 32, coming }
    expect(withoutCount(`Head · T1 3D · ${countOfSlices(32, coming)}`)).toEqual({ text: 'Head · T1 3D', slices })
    expect(withoutCount(countOfSlices(32, coming))).toEqual({ text: '', slices })
  }
})

it('leaves what only looks like one', () => {
  for (const text of ['Head', 'Head 32 slices', 'Head · 32 slices, thick', ''])
    expect(withoutCount(text)).toEqual({ text, slices: null })
})
