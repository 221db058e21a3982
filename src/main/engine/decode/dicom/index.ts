import { GyrusError } from '../../../../shared/errors.ts'
import type { DecodedImage } from '../../types.ts'
import type { Decoder } from '../decoder.ts'
import { MAX_PIXELS } from '../limits.ts'
import { Room } from '../room.ts'
import { uncompress } from './codecs/index.ts'
import { colourImage } from './colour.ts'
import { readFacts } from './facts.ts'
import { type DicomFile, readFile, startOf } from './file.ts'
import { readPixelSize } from './geometry.ts'
import { greyImage } from './grey.ts'
import { frameFor, type ImagePixel, readImagePixel } from './image-pixel.ts'
import { readSamples, type Samples } from './samples.ts'

/** As for raster images: much at a time where they are small. */
const room = new Room(MAX_PIXELS)

/** DICOM, PS3: see docs/dicom.md for what is read. */
export const dicom: Decoder = {
  recognises: (bytes) => startOf(bytes) !== undefined,
  decode: decodeFrame,
}

/**
 * One frame of a DICOM file.
 *
 * @param wanted 0-based; the middle one where none is named
 * @throws GyrusError `dicom-…`, `image-truncated`, `image-corrupt`, `image-too-large`, `image-too-small`
 */
export async function decodeFrame(bytes: Uint8Array, wanted?: number): Promise<DecodedImage> {
  const file = readFile(bytes)
  const stored = readImagePixel(file.set)
  const frame = wanted ?? frameFor(stored)
  if (frame >= stored.frames) {
    throw new GyrusError('dicom-frame-missing', { frame: frame + 1, frames: stored.frames, found: stored.frames })
  }
  return room.hold(stored.rows * stored.columns, async () => {
    const { samples, image } = await readStored(file, stored, frame)
    const isGrey = image.photometric === 'MONOCHROME1' || image.photometric === 'MONOCHROME2'
    const picture = isGrey ? greyImage(file.set, image, samples, frame) : colourImage(file.set, image, samples)
    const pixel = readPixelSize(file.set, frame)
    return {
      ...{ width: image.columns, height: image.rows, channels: 1, format: 'dicom' },
      ...picture,
      ...(pixel && { pixel }),
      dicom: readFacts(file.set, image, frame),
    }
  })
}

/** The values of a frame (0-based) as they are stored, and how they lie. Errors as for `decodeFrame`. */
export async function readStored(
  file: DicomFile,
  stored: ImagePixel,
  frame: number,
): Promise<{ samples: Samples; image: ImagePixel }> {
  const { bytes, image, little } = await uncompress(file, stored, frame)
  return { samples: readSamples(bytes, image, little), image }
}
