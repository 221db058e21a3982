import { join } from 'node:path'
import sharp from 'sharp'
import { expect, it } from 'vitest'
import { previewAugmentation } from '../../src/main/engine/train/augment/preview.ts'
import type { PreviewRequest } from '../../src/shared/training.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { makeSet } from './support.ts'

const SIDE = 48
const GAP = 4
const follow = { signal: new AbortController().signal }

/** The pictures of a row of the sheet, as raw bytes. */
async function row(png: Uint8Array, of: number): Promise<Buffer[]> {
  const cut = (column: number) =>
    sharp(png)
      .extract({ left: GAP + column * (SIDE + GAP), top: GAP + of * (SIDE + GAP), width: SIDE, height: SIDE })
      .raw()
      .toBuffer()
  return Promise.all(Array.from({ length: 8 }, (_, column) => cut(column)))
}

it('shows two images a class and how each would be varied; test images never', async () => {
  const set = await makeSet(join(temporaryFolder(), 'set'), 3, 3)
  const asked: PreviewRequest = {
    set: set.root,
    map: {},
    recipe: 'efficientnet-lite0',
    changes: { size: SIDE },
    seed: 2,
  }
  const { png, rows } = await previewAugmentation(asked, follow)
  expect(rows.map(({ label }) => label)).toEqual([
    'glioma',
    'glioma',
    'meningioma',
    'meningioma',
    'notumor',
    'notumor',
    'pituitary',
    'pituitary',
  ])
  expect(rows.every(({ file }) => file.startsWith('Training/'))).toBe(true)
  const pictures = await row(png, 3)
  expect(new Set(pictures.map((picture) => picture.toString('base64'))).size).toBe(8)

  const still = await previewAugmentation({ ...asked, changes: { size: SIDE, augmentation: 0 } }, follow)
  const [first, ...others] = await row(still.png, 3)
  // To a grey level: gamma 1 is computed, too.
  for (const other of others) {
    const differences = other.map((value, i) => Math.abs(value - (first?.[i] ?? 0)))
    expect(Math.max(...differences)).toBeLessThanOrEqual(1)
  }
}, 60_000)
