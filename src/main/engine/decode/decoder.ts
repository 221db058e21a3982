import type { DecodedImage } from '../types.ts'

/** Reads one family of image formats. */
export interface Decoder {
  /** True where the bytes begin as this decoder's formats do. Must not throw, whatever the bytes. */
  recognises(bytes: Uint8Array): boolean
  /**
   * Decodes the whole image, or throws a GyrusError; never returns a part of it.
   * @param frame which of the file's images, from 0 on; without it the one that stands for the file
   */
  decode(bytes: Uint8Array, frame?: number): Promise<DecodedImage>
}
