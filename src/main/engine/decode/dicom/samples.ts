import type { ImagePixel } from './image-pixel.ts'

export type Samples = Uint8Array | Int8Array | Uint16Array | Int16Array | Float32Array | Float64Array

/**
 * Stored values from the bytes of an uncompressed frame: shifted down from the high bit, with their sign where they have
 * one. What lies beside the stored bits (an overlay of old files) is dropped.
 */
export function readSamples(bytes: Uint8Array, image: ImagePixel, little: boolean): Samples {
  const buffer = inOrder(bytes, image.bitsAllocated / 8, little)
  if (image.float) return image.bitsAllocated === 32 ? new Float32Array(buffer) : new Float64Array(buffer)
  const wide = image.bitsAllocated === 16
  const values = wide
    ? new (image.signed ? Int16Array : Uint16Array)(buffer)
    : new (image.signed ? Int8Array : Uint8Array)(buffer)
  const { bitsAllocated, bitsStored, highBit, signed } = image
  if (bitsStored === bitsAllocated) return values
  // Up to the top bit of 32, then down again: that drops what is above, fills with the sign, and drops what is below.
  const up = 31 - highBit
  const down = 32 - bitsStored
  for (let i = 0; i < values.length; i++) {
    const raised = (values[i] as number) << up
    values[i] = signed ? raised >> down : raised >>> down
  }
  return values
}

/** A copy in the byte order of this machine, which is little-endian wherever Gyrus runs. */
function inOrder(bytes: Uint8Array, size: number, little: boolean): ArrayBuffer {
  const copy = new Uint8Array(bytes.length - (bytes.length % size))
  copy.set(bytes.subarray(0, copy.length))
  const swapped = Buffer.from(copy.buffer)
  if (!little && size === 2) swapped.swap16()
  else if (!little && size === 4) swapped.swap32()
  else if (!little && size === 8) swapped.swap64()
  return copy.buffer
}
