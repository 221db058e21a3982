import { decodeImage } from './decode/index.ts'
import { thumbnail } from './preprocess/display.ts'

/**
 * An image file as a small picture that a page can hold: a `data:` address of a WebP, its longer side `side` px.
 *
 * @throws GyrusError errors of `decodeImage`
 */
export async function pictureAddress(bytes: Uint8Array, side: number): Promise<string> {
  const webp = await thumbnail(await decodeImage(bytes), side)
  return `data:image/webp;base64,${Buffer.from(webp).toString('base64')}`
}
