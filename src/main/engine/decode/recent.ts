import { stat } from 'node:fs/promises'
import type { DecodedImage } from '../types.ts'

/** A larger image is not kept, bytes. */
const MOST_BYTES = 16 * 2 ** 20

/** An image as it was decoded, and which bytes of which file it is of. */
interface Kept {
  name: string
  state: string
  image: DecodedImage
}

let kept: Kept | null = null

/**
 * The image that was decoded last is kept for what is asked of it next: its label, its picture, its heat map and its brain
 * region are asked for one after the other. It is decoded again when the file's size, time or place on the disk is another.
 * Nobody may change an image that was decoded.
 *
 * @param path the file whose state tells whether it is still the same
 * @param name of the image: file, entry, frame, and the key that opens it
 */
export async function decodedOnce(
  path: string,
  name: string,
  decode: () => Promise<DecodedImage>,
): Promise<DecodedImage> {
  // Before the file is read: what changes meanwhile is told by the next state.
  const state = await stateOf(path)
  if (state !== null && kept?.name === name && kept.state === state) return kept.image
  const image = await decode()
  if (state !== null && image.data.byteLength <= MOST_BYTES) kept = { name, state, image }
  return image
}

/** Null where it cannot be told: the decoder says why. */
async function stateOf(path: string): Promise<string | null> {
  try {
    const { dev, ino, size, mtimeNs, ctimeNs } = await stat(path, { bigint: true })
    return `${dev} ${ino} ${size} ${mtimeNs} ${ctimeNs}`
  } catch {
    return null
  }
}
