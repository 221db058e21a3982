import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { hashOf, type LoadedDataset } from '../../src/main/engine/dataset/load.ts'
import { chooseParts, type Part } from '../../src/main/engine/evaluate-set/columns.ts'
import { markSeen, trainedOn } from '../../src/main/engine/evaluate-set/training-data.ts'
import type { SplitName } from '../../src/shared/dataset.ts'
import type { ModelCard } from '../../src/shared/model.ts'

const image = (split: SplitName | null, fold: number | null = null) => ({ split, fold })
const alone = (n: number) => Array.from({ length: n }, () => new Set<number>())
const told = (parts: ReturnType<typeof chooseParts>) => parts.map(({ title, members }) => [title, members])

describe('the parts of a set', () => {
  it('are its test side, and that without near-copies of other sides', () => {
    const images = [image('training'), image('testing'), image('testing'), image('testing'), image('validation')]
    // Image 1 is a copy of a training image, 2 of a validation image, 3 of another test image only.
    const copies = [new Set([1]), new Set([0]), new Set([4]), new Set([2]), new Set([2])]
    expect(told(chooseParts(images, copies, undefined))).toEqual([
      ['Test split as it is', [1, 2, 3]],
      ['Test split without near-copies', [3]],
    ])
  })

  it('leave out a part without images', () => {
    const images = [image('training'), image('testing')]
    const parts = chooseParts(images, [new Set([1]), new Set([0])], undefined)
    expect(told(parts)).toEqual([['Test split as it is', [1]]])
  })

  it('are all images where the set has no test side, or nothing but training images', () => {
    expect(told(chooseParts([image(null), image(null)], alone(2), undefined))).toEqual([['All images', [0, 1]]])
    expect(told(chooseParts([image('training')], alone(1), undefined))).toEqual([['All images', [0]]])
  })

  it('have the fold that was asked for, and that without near-copies in other folds', () => {
    const images = [image(null, 0), image(null, 1), image(null, 1), image(null, 1), image(null)]
    // Of fold 1, image 1 is a copy in fold 0, 2 of one without a fold, which takes no part, 3 of another in the fold.
    const copies = [new Set([1]), new Set([0]), new Set([4]), new Set([2]), new Set([2])]
    const parts = chooseParts(images, copies, 1)
    expect(told(parts)).toEqual([
      ['Fold 1', [1, 2, 3]],
      ['Fold 1 without near-copies', [2, 3]],
    ])
    expect(parts.map(({ kind }) => kind)).toEqual(['fold', 'fold'])
  })

  it('stand after the test side', () => {
    const images = [image('testing', 0), image('training', 1)]
    expect(chooseParts(images, alone(2), 1).map(({ title }) => title)).toEqual([
      'Test split as it is',
      'Test split without near-copies',
      'Fold 1',
      'Fold 1 without near-copies',
    ])
  })

  it('cannot be a fold that no image is in', () => {
    expect(() => chooseParts([image(null, 0)], alone(1), 3)).toThrow(
      expect.objectContaining({ code: 'dataset-split-impossible' }),
    )
  })
})

describe('what a model was trained on', () => {
  const rows = [
    ['Training/a.png', 'training'],
    ['Testing/b.png', 'testing'],
    ['Training/c.png', 'training'],
  ] as const
  const hashes = rows.map(([file]) => createHash('sha256').update(file).digest('hex'))
  const images = rows.map(([file, split]) => ({ file, split }))
  const loaded = { images, hashes } as unknown as LoadedDataset
  const cardOf = (dataSha256: string) => ({ training: { dataSha256 } }) as ModelCard

  it('is known where the hash on its card is that of all images, or of a side', () => {
    expect(trainedOn(cardOf(hashOf(images, hashes)), loaded)).toEqual(new Set([0, 1, 2]))
    const side = [0, 2]
    const ofSide = hashOf(
      side.map((i) => images[i] as (typeof images)[number]),
      side.map((i) => hashes[i]),
    )
    expect(trainedOn(cardOf(ofSide), loaded)).toEqual(new Set([0, 2]))
    expect(trainedOn(cardOf('0'.repeat(64)), loaded)).toBeNull()
  })

  it('is told of each part: all, some or none of it, or that it is not known', () => {
    const [part] = chooseParts([image('testing'), image('testing'), image('training')], alone(3), undefined)
    const told = (learned: Set<number> | null, bytes = ['a', 'b', 'c']) => {
      const { seen, title, splitRule, relation } = markSeen(part as Part, learned, bytes)
      return [seen, title, splitRule, relation]
    }
    const [title, rule] = ['Test split as it is', 'the set’s own split']
    expect(told(new Set([2]))).toEqual(['none', title, rule, 'as-is'])
    // The training image 2 is image 1 once more.
    expect(told(new Set([2]), ['a', 'b', 'b'])).toEqual([
      ...['some', title, `${rule}; 1 of these images were in its training as well, under other names`, 'as-is'],
    ])
    expect(told(new Set([0, 1]))).toEqual([
      ...['all', `${title} (seen in training)`, 'none: this model was trained on these images', 'other'],
    ])
    expect(told(new Set([1]))).toEqual([
      ...['some', `${title} (seen in training)`, 'none: this model was trained on 1 of these images', 'other'],
    ])
    expect(told(null)).toEqual([
      ...['not-known', title, `${rule}; whether this model learned from these images is not known`, 'as-is'],
    ])
  })
})
