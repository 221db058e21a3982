import type { Tensor4D } from '@tensorflow/tfjs-core'
import sharp from 'sharp'
import { GyrusError } from '../../../../shared/errors.ts'
import { LABELS } from '../../../../shared/labels.ts'
import type { PreviewRequest, PreviewSheet } from '../../../../shared/training.ts'
import { readImageBytes } from '../../dataset/bytes.ts'
import { readDataset } from '../../dataset/read.ts'
import type { LabelledImage } from '../../dataset/types.ts'
import { decodeImage } from '../../decode/index.ts'
import { startTensors, type Tensors } from '../../infer/tensorflow.ts'
import { preparePlanes } from '../../preprocess/index.ts'
import { Random } from '../random.ts'
import { chooseRecipe } from '../recipes/index.ts'
import { augment } from './index.ts'
import { type AugmentationRanges, NO_AUGMENTATION } from './ranges.ts'

/** Variants of an image beside itself. */
const VARIANTS = 7
/** Images of each class. */
const EACH = 2
/** Space between pictures, px. */
const GAP = 4

/**
 * A sheet of pictures: in each row an image of the set as the network gets it, and how a recipe would vary it.
 *
 * @throws GyrusError errors of `readDataset` and the decoder, `cancelled`
 */
export async function previewAugmentation(
  { set, map, recipe: name, changes, seed }: PreviewRequest,
  { signal }: { signal: AbortSignal },
): Promise<PreviewSheet> {
  const recipe = chooseRecipe(name, changes)
  const ranges = recipe.kind === 'network' ? recipe.augmentation : NO_AUGMENTATION
  const random = new Random(seed)
  const chosen = choose(await readDataset({ path: set, map }), random)
  const tf = await startTensors()
  const tiles: Buffer[] = []
  for (const image of chosen) {
    if (signal.aborted) throw new GyrusError('cancelled')
    const planes = preparePlanes(
      await decodeImage((await readImageBytes(image)).bytes),
      recipe.preprocessing(recipe.size),
    )
    for (const pixels of await vary(tf, planes, recipe.size, ranges, random)) tiles.push(Buffer.from(pixels))
  }
  const png = await sheet(tiles, recipe.size)
  return { png, rows: chosen.map(({ file, label }) => ({ file, label })) }
}

function choose(images: LabelledImage[], random: Random): LabelledImage[] {
  return LABELS.flatMap((label) => {
    const ofLabel = images.filter((image) => image.label === label && image.split !== 'testing')
    return random.shuffle(ofLabel).slice(0, EACH)
  })
}

/** The image as it is, then varied; grey, 0–255. One at a time, since blur is drawn for a whole batch. */
async function vary(
  tf: Tensors,
  planes: Float32Array[],
  size: number,
  ranges: AugmentationRanges,
  random: Random,
): Promise<Uint8ClampedArray[]> {
  const grey = (planes[0] as Float32Array).map(
    (_, i) => planes.reduce((sum, p) => sum + (p[i] as number), 0) / planes.length,
  )
  const pictures = [Uint8ClampedArray.from(grey)]
  for (let i = 0; i < VARIANTS; i++) {
    const varied = tf.tidy(() => {
      const image = tf.tensor4d(grey, [1, size, size, 1])
      return tf.mul(augment(tf, tf.div(image, 255) as Tensor4D, ranges, random), 255)
    })
    pictures.push(Uint8ClampedArray.from(await varied.data()))
    varied.dispose()
  }
  return pictures
}

function sheet(tiles: Buffer[], size: number): Promise<Uint8Array> {
  const columns = VARIANTS + 1
  const step = size + GAP
  const overlays = tiles.map((input, i) => ({
    input,
    raw: { width: size, height: size, channels: 1 as const },
    left: GAP + (i % columns) * step,
    top: GAP + Math.floor(i / columns) * step,
  }))
  const width = GAP + columns * step
  const height = GAP + (tiles.length / columns) * step
  const background = { r: 60, g: 60, b: 60 }
  return sharp({ create: { width, height, channels: 3, background } })
    .composite(overlays)
    .png()
    .toBuffer()
}
