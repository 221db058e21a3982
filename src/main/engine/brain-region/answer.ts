import sharp from 'sharp'
import type { Drawing } from '../../../shared/region-drawing.ts'
import type { StoredFile } from '../../sealed/read.ts'
import { decodeFile } from '../decode/file.ts'
import type { FoundBrain } from './found.ts'
import { brainRegion, scaledTo } from './index.ts'
import { pictureOf } from './picture.ts'
import { reduced } from './reduced.ts'
import type { BrainRegion, GreyPicture, Point } from './types.ts'

/** The task `brain-region`: looks where the region that is kept with an answer is looked for, so that both say the same. Errors of the decoder. */
export async function answerRegion(file: StoredFile & { draw: Drawing | null }): Promise<FoundBrain> {
  const picture = pictureOf(await decodeFile(file))
  const { width, height } = picture
  const measured = brainRegion(reduced(picture))
  if (!measured) return { width, height, region: null, png: null }
  const share = Math.round(10_000 * (measured.area / measured.mask.length)) / 10_000
  const found = scaledTo(measured, picture)
  const { box, area, outline, skull } = found
  const png = file.draw && (await (file.draw === 'mask' ? drawMask(found) : drawOutline(picture, outline)))
  const points = outline.map(({ x, y }) => ({ x: tenth(x), y: tenth(y) }))
  return { width, height, region: { box, area, share, outline: points, skull }, png }
}

const tenth = (px: number) => Math.round(10 * px) / 10

const drawMask = ({ mask, width, height }: BrainRegion): Promise<Uint8Array> =>
  sharp(
    mask.map((inside) => 255 * inside),
    { raw: { width, height, channels: 1 } },
  )
    .toColourspace('b-w')
    .png()
    .toBuffer()

/** In the yellow of the screens; as wide as a small picture can do with. */
async function drawOutline({ width, height, data }: GreyPicture, outline: Point[]): Promise<Uint8Array> {
  const points = outline.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ')
  const stroke = Math.max(1, Math.max(width, height) / 256)
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><polygon points="${points}" fill="none" stroke="#ffd60a" stroke-width="${stroke}"/></svg>`
  const colour = await sharp(data, { raw: { width, height, channels: 1 } })
    .toColourspace('srgb')
    .png()
    .toBuffer()
  return sharp(colour)
    .composite([{ input: Buffer.from(svg) }])
    .removeAlpha()
    .png()
    .toBuffer()
}
