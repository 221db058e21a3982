import { GyrusError } from '../../../shared/errors.ts'
import type { DecodedImage } from '../types.ts'
import type { Decoder } from './decoder.ts'
import { dicom } from './dicom/index.ts'
import { raster } from './raster.ts'

/**
 * Every decoder, in the order in which they are asked. A new one is one file and one entry here. DICOM goes first: what
 * stands before its mark is anything, the beginning of a TIFF too.
 */
const DECODERS: Decoder[] = [dicom, raster]

/**
 * Decodes the bytes of one image file; what it is, is seen from the bytes, never from a name.
 *
 * @param frame which of its images, from 0 on; without it the one that stands for the file
 * @throws GyrusError `file-empty`, `image-unsupported`, `dicom-…`, `image-truncated`, `image-corrupt`, `image-too-large`,
 *   `image-too-small`, `image-multipage`, `image-sample-type`.
 */
export async function decodeImage(bytes: Uint8Array, frame?: number): Promise<DecodedImage> {
  if (bytes.length === 0) throw new GyrusError('file-empty')
  const decoder = DECODERS.find((candidate) => candidate.recognises(bytes))
  if (!decoder) throw new GyrusError('image-unsupported')
  return decoder.decode(bytes, frame)
}
