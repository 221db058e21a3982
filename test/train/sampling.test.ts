import { describe, expect, it } from 'vitest'
import { Random } from '../../src/main/engine/train/random.ts'
import { drawEpoch, drawWeighted } from '../../src/main/engine/train/run/sampling.ts'
import type { Example } from '../../src/main/engine/train/run/types.ts'

const example = (label: Example['label'], group: string): Example => ({
  file: '',
  path: '',
  label,
  group,
  part: 'training',
})

const count = (places: number[], of: (place: number) => boolean) => places.filter(of).length

describe('drawing by weight', () => {
  it('takes each place as often as expected, rounded up or down', () => {
    // Expected uses of 8 draws with weights 1, 1, 2, 4: 1, 1, 2, 4.
    const drawn = drawWeighted([10, 11, 12, 13], [1, 1, 2, 4], 8, new Random(5))
    expect(drawn.toSorted()).toEqual([10, 11, 12, 12, 13, 13, 13, 13])
  })

  it('gives the number that was asked for whatever the weights', () => {
    const random = new Random(2)
    for (let n = 1; n < 40; n++) {
      const weights = Array.from({ length: 17 }, () => random.uniform(0.1, 3))
      expect(drawWeighted([...weights.keys()], weights, n, random)).toHaveLength(n)
    }
  })
})

describe('an epoch', () => {
  it('by image has each image once', () => {
    const examples = Array.from({ length: 9 }, () => example('glioma', 'a'))
    const places = drawEpoch(examples, { by: 'image' }, new Random(1))
    expect(places.toSorted()).toEqual([...examples.keys()])
  })

  it('by group is even over the classes, and long series do not dominate', () => {
    // 16 images of one patient against 4 of four patients: weights 16 · 1/√16 = 4 against 4 · 1.
    const series = Array.from({ length: 16 }, () => example('glioma', 'long'))
    const single = ['a', 'b', 'c', 'd'].map((group) => example('glioma', group))
    const others = Array.from({ length: 60 }, (_, i) => example('notumor', `n${i}`))
    const examples = [...series, ...single, ...others]
    const places = drawEpoch(examples, { by: 'group', tumours: 0 }, new Random(3))
    expect(count(places, (place) => examples[place]?.label === 'notumor')).toBe(40)
    expect(count(places, (place) => examples[place]?.group === 'long')).toBe(20)
  })

  it('has its share of tumours of unknown type, evenly over their groups', () => {
    const unknown = [...Array.from({ length: 9 }, () => example(null, 'big')), example(null, 'small')]
    const examples = [example('glioma', 'a'), example('notumor', 'b'), ...unknown]
    const places = drawEpoch(examples, { by: 'group', tumours: 100 }, new Random(4))
    expect(count(places, (place) => examples[place]?.group === 'small')).toBe(50)
    expect(count(places, (place) => examples[place]?.group === 'big')).toBe(50)
  })
})
