import { GyrusError } from '../../../../../shared/errors.ts'
import type { ImagePixel } from '../image-pixel.ts'

/** What a code stream says of its picture, before anything of it is decoded. */
export interface Shape {
  width: number
  height: number
  components: number
}

/** Start of frame: JPEG's but for those that are something else (tables, arithmetic coding), and that of JPEG-LS. */
const FRAMES = new Set([0xc0, 0xc1, 0xc2, 0xc3, 0xf7])
const [SIZ, END] = [0xff51, 0xffd9]

/** Shape of a JPEG or JPEG-LS picture; undefined where no start of frame is found. */
export function jpegShape(coded: Uint8Array): Shape | undefined {
  const view = new DataView(coded.buffer, coded.byteOffset, coded.byteLength)
  for (let at = 2; at + 10 <= coded.length; ) {
    const marker = coded[at + 1] as number
    if (coded[at] !== 0xff) return undefined
    // Filling bytes between segments.
    if (marker === 0xff) at += 1
    else if (FRAMES.has(marker)) {
      return { height: view.getUint16(at + 5), width: view.getUint16(at + 7), components: coded[at + 9] as number }
    } else at += 2 + view.getUint16(at + 2)
  }
  return undefined
}

/** Shape of a JPEG 2000 picture, with or without the boxes of a JP2 file around it. */
export function jpeg2000Shape(coded: Uint8Array): Shape | undefined {
  const start = Buffer.from(coded.buffer, coded.byteOffset, coded.byteLength).indexOf('ff4fff51', 0, 'hex')
  if (start < 0 || start + 42 > coded.length) return undefined
  const view = new DataView(coded.buffer, coded.byteOffset + start, coded.byteLength - start)
  if (view.getUint16(2) !== SIZ) return undefined
  return {
    width: view.getUint32(8) - view.getUint32(16),
    height: view.getUint32(12) - view.getUint32(20),
    components: view.getUint16(40),
  }
}

/**
 * Refuses a code stream without its end marker: the libraries would fill in what is missing.
 * @throws GyrusError `image-truncated`
 */
export function checkEnd(coded: Uint8Array): void {
  let end = coded.length
  // A frame is filled up to an even length, by some with FF and to a longer one.
  while (end > 2 && (coded[end - 1] === 0 || coded[end - 1] === 0xff)) end -= 1
  if (end < 2 || (coded[end - 2] as number) * 256 + (coded[end - 1] as number) !== END) {
    throw new GyrusError('image-truncated')
  }
}

export function mismatch(
  image: ImagePixel,
  { width, height, components, bytes }: Shape & { bytes?: number },
): GyrusError {
  const found = `${height} × ${width} pixels of ${components} samples${bytes === undefined ? '' : `, ${bytes} bytes`}`
  const { rows, columns, frames } = image
  return new GyrusError('dicom-pixels-mismatch', { rows, columns, frames, found })
}
