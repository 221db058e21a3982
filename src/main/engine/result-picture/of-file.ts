import sharp from 'sharp'
import type { Pixels, ResultCaption } from '../../../shared/result-picture.ts'
import { decodeFile } from '../decode/file.ts'
import { drawView } from '../preprocess/display.ts'
import type { ImageFile } from '../types.ts'
import { drawResult } from './index.ts'

/** The image of a file as the viewer opens it, with what the model says of it. Errors of `decodeFile`. */
export async function resultPicture(file: ImageFile, caption: ResultCaption, fontsDir: string): Promise<Pixels> {
  const { png, channels } = await drawView(await decodeFile(file), null)
  const { data, info } = await sharp(png)
    .toColourspace(channels === 1 ? 'b-w' : 'srgb')
    .raw()
    .toBuffer({ resolveWithObject: true })
  return drawResult({ width: info.width, height: info.height, channels, data }, caption, fontsDir)
}
