import { rgbOf } from '../../../../src/main/engine/decode/dicom/colour.ts'
import { readFile } from '../../../../src/main/engine/decode/dicom/file.ts'
import { readImagePixel } from '../../../../src/main/engine/decode/dicom/image-pixel.ts'
import { readStored } from '../../../../src/main/engine/decode/dicom/index.ts'

/** The stored values of a frame, colours but for palettes as RGB, before anything is done for looking at them. */
export async function storedValues(bytes: Uint8Array, frame: number) {
  const file = readFile(bytes)
  const { samples, image } = await readStored(file, readImagePixel(file.set), frame)
  const shape = [image.rows, image.columns]
  if (image.samples === 1) return { values: samples, shape }
  return { values: rgbOf(file.set, image, samples), shape: [...shape, 3] }
}
