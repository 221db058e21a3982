import { GyrusError } from '../../../../shared/errors.ts'
import type { DicomHeader } from '../../types.ts'
import { readBodyPart, readFacts } from './facts.ts'
import { readFile, startOf } from './file.ts'
import { frameFor, readImagePixel } from './image-pixel.ts'

/**
 * What a DICOM image says of itself, of the frame that stands for it; no pixel is looked at.
 *
 * @throws GyrusError `file-empty`, `dicom-none`, `dicom-no-image`, `image-truncated` and the others of a damaged header
 */
export function readHeader(bytes: Uint8Array): DicomHeader {
  if (bytes.length === 0) throw new GyrusError('file-empty')
  if (startOf(bytes) === undefined) throw new GyrusError('dicom-none')
  const { set } = readFile(bytes)
  const image = readImagePixel(set)
  const frame = frameFor(image)
  return { facts: readFacts(set, image, frame), bodyPart: readBodyPart(set, frame) }
}
