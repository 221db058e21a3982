import { GyrusError } from '../../../shared/errors.ts'
import type { DecodedImage } from '../types.ts'
import type { Decoder } from './decoder.ts'
import { raster } from './raster.ts'

/** Every decoder, in the order in which they are asked. A new one is one file and one entry here. */
const DECODERS: Decoder[] = [raster]

/**
 * Decodes the bytes of one image file; what it is, is seen from the bytes, never from a name.
 * @throws GyrusError `file-empty`, `image-unsupported`, `dicom-unsupported`, `image-truncated`, `image-corrupt`, `image-too-large`,
 *   `image-too-small`, `image-multipage`, `image-sample-type`.
 */
export async function decodeImage(bytes: Uint8Array): Promise<DecodedImage> {
  if (bytes.length === 0) throw new GyrusError('file-empty')
  const decoder = DECODERS.find((candidate) => candidate.recognises(bytes))
  if (!decoder) throw new GyrusError(isDicom(bytes) ? 'dicom-unsupported' : 'image-unsupported')
  return decoder.decode(bytes)
}

/** A DICOM file has 128 bytes of anything and then `DICM` (PS3.10, section 7.1). */
function isDicom(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1', 128, 132) === 'DICM'
}
