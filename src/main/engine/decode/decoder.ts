import type { DecodedImage } from '../types.ts'

/** Reads one family of image formats. */
export interface Decoder {
  /** True where the bytes begin as this decoder's formats do. Must not throw, whatever the bytes. */
  recognises(bytes: Uint8Array): boolean
  /** Decodes the whole image, or throws a GyrusError; never returns a part of it. */
  decode(bytes: Uint8Array): Promise<DecodedImage>
}
