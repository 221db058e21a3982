import { GyrusError } from '../../../../../shared/errors.ts'
import type { DicomFile } from '../file.ts'
import { isEncapsulated, SYNTAX } from '../file.ts'
import { codedFrame, nativeFrame } from '../frames.ts'
import type { ImagePixel } from '../image-pixel.ts'
import type { Codec, Uncompressed } from './codec.ts'
import { jpeg } from './jpeg.ts'
import { htj2k, jpeg2000 } from './jpeg-2000.ts'
import { jpegLs } from './jpeg-ls.ts'
import { rle } from './rle.ts'

/** Compressed transfer syntaxes (PS3.6, table A-1). A new one is one file and one entry here. */
const CODECS: Record<string, Codec> = {
  '1.2.840.10008.1.2.4.50': jpeg,
  '1.2.840.10008.1.2.4.51': jpeg,
  '1.2.840.10008.1.2.4.57': jpeg,
  '1.2.840.10008.1.2.4.70': jpeg,
  '1.2.840.10008.1.2.4.80': jpegLs,
  '1.2.840.10008.1.2.4.81': jpegLs,
  '1.2.840.10008.1.2.4.90': jpeg2000,
  '1.2.840.10008.1.2.4.91': jpeg2000,
  '1.2.840.10008.1.2.4.201': htj2k,
  '1.2.840.10008.1.2.4.202': htj2k,
  '1.2.840.10008.1.2.4.203': htj2k,
  '1.2.840.10008.1.2.5': rle,
}

const NATIVE = new Set<string>(Object.values(SYNTAX))

/** All transfer syntaxes that are read, by UID. */
export const READ_SYNTAXES: ReadonlySet<string> = new Set([...NATIVE, ...Object.keys(CODECS)])

/**
 * One frame (0-based), uncompressed.
 * @throws GyrusError `dicom-unsupported`, `dicom-pixels-mismatch`, `dicom-frame-missing`, `dicom-attribute`, `image-corrupt`
 */
export async function uncompress({ syntax, set }: DicomFile, image: ImagePixel, frame: number): Promise<Uncompressed> {
  if (!isEncapsulated(set)) {
    if (!NATIVE.has(syntax)) throw new GyrusError('dicom-unsupported', { syntax })
    return { bytes: nativeFrame(set, image, frame), image, little: set.little }
  }
  const codec = CODECS[syntax]
  if (!codec) throw new GyrusError('dicom-unsupported', { syntax })
  const coded = codedFrame(set, image, frame)
  try {
    return await codec(coded, image)
  } catch (error) {
    throw error instanceof GyrusError ? error : new GyrusError('image-corrupt', {}, { cause: error })
  }
}
