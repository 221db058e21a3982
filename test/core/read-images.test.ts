import { describe, expect, it } from 'vitest'
import { chosen } from '../../src/main/core/models/read-images.ts'
import { type ReadQuery, type ReadRow, toReadImage, toReadRow } from '../../src/shared/kept-evaluation.ts'
import { random } from '../../src/shared/random.ts'

/** In the order of `LABELS`: glioma, meningioma, no tumour, pituitary. */
const ROWS: ReadRow[] = [
  toReadRow('right.png', 0, [0.9, 0.05, 0.03, 0.02]),
  toReadRow('missed.png', 1, [0.1, 0.2, 0.7, 0]),
  toReadRow('missed-surely.png', 3, [0, 0, 0.95, 0.05]),
  toReadRow('false-alarm.png', 2, [0.6, 0.1, 0.2, 0.1]),
  toReadRow('right-none.png', 2, [0.01, 0.01, 0.97, 0.01]),
  toReadRow('unknown-kind.png', null, [0.2, 0.1, 0.6, 0.1]),
]
const files = (query: ReadQuery) => chosen(ROWS, query, random).map(({ file }) => file)

describe('what was said of an image', () => {
  it('keeps file, truth and probabilities, and the call as it was made', () => {
    expect(toReadImage(ROWS[1] as ReadRow)).toEqual({
      ...{ file: 'missed.png', truth: 'meningioma', called: 'notumor' },
      probabilities: { glioma: 0.1, meningioma: 0.2, notumor: 0.7, pituitary: 0 },
    })
    expect(toReadImage(ROWS[5] as ReadRow).truth).toBeNull()
    // 0.50004 is “no tumour”; rounded to 0.5 it would no longer be.
    const close = toReadImage(toReadRow('a', 2, [0.3, 0.1, 0.50004, 0.09996]))
    expect(close).toMatchObject({ called: 'notumor', probabilities: { notumor: 0.5 } })
  })
})

describe('images are found', () => {
  it('by the cell of the confusion matrix', () => {
    expect(files({ kind: 'cell', truth: 'glioma', called: 'glioma' })).toEqual(['right.png'])
    expect(files({ kind: 'cell', truth: 'notumor', called: 'glioma' })).toEqual(['false-alarm.png'])
    expect(files({ kind: 'cell', truth: 'glioma', called: 'pituitary' })).toEqual([])
  })

  it('as missed tumours, also of unknown kind, and as errors; the surest first', () => {
    const missed = ['missed-surely.png', 'missed.png', 'unknown-kind.png']
    expect(files({ kind: 'missed' })).toEqual(missed)
    // 0.95, 0.7, and at 0.6 both the false alarm and the tumour of unknown kind, by name.
    expect(files({ kind: 'errors' })).toEqual([...missed.slice(0, 2), 'false-alarm.png', 'unknown-kind.png'])
  })

  it('at random: the same for the same seed, none twice, all if there are fewer, each about as often', () => {
    const draw = (seed: number, n = 4) => files({ kind: 'random', n, seed })
    expect(draw(7)).toEqual(draw(7))
    expect(new Set(draw(1, 24))).toEqual(new Set(ROWS.map(([file]) => file)))
    const times = new Map<string, number>()
    for (let seed = 0; seed < 3000; seed++) {
      const drawn = draw(seed)
      expect(new Set(drawn).size).toBe(4)
      for (const file of drawn) times.set(file, (times.get(file) ?? 0) + 1)
    }
    // 4 of 6: 2,000 each, standard deviation 26.
    for (const n of times.values()) expect(Math.abs(n - 2000)).toBeLessThan(130)
  })
})
