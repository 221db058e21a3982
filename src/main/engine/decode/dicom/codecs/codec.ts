import type { ImagePixel } from '../image-pixel.ts'

/** An uncompressed frame, and how its samples lie now. */
export interface Uncompressed {
  bytes: Uint8Array
  image: ImagePixel
  little: boolean
}

/**
 * Uncompresses one frame. Throws a GyrusError where it can say what is wrong; anything else that is thrown means that
 * the frame is damaged.
 */
export type Codec = (coded: Uint8Array, image: ImagePixel) => Promise<Uncompressed>
