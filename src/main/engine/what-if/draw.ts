import sharp from 'sharp'
import { greys } from '../preprocess/greys.ts'
import type { Base } from './apply.ts'
import type { Picture } from './types.ts'

/** Longer side of what a page is given, px. */
const SHOWN_SIDE = 1024

/** For a page: 8 bits in the window of the file, reduced where it is large. PNG; hardly packed, since it goes no further than this machine. */
export async function shownPicture({ picture, window }: Base): Promise<Uint8Array> {
  const { width, height, channels } = picture
  const scale = Math.min(1, SHOWN_SIDE / Math.max(width, height))
  const raw = sharp(greys({ ...picture, format: 'png' }, window), { raw: { width, height, channels } })
  const small =
    scale === 1 ? raw : raw.resize(Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale)))
  return small
    .toColourspace(channels === 1 ? 'b-w' : 'srgb')
    .png({ compressionLevel: 1 })
    .toBuffer()
}

/** All of it, with the values that it has: PNG of 8 or 16 bits a sample. The same picture gives the same bytes. */
export async function wholePicture({ width, height, channels, data }: Picture): Promise<Uint8Array> {
  const wide = data instanceof Uint16Array
  const colours = wide ? (['grey16', 'rgb16'] as const) : (['b-w', 'srgb'] as const)
  return sharp(data, { raw: { width, height, channels } })
    .toColourspace(colours[channels === 1 ? 0 : 1])
    .png({ compressionLevel: 9 })
    .toBuffer()
}
