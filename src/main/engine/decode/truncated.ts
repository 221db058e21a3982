import type { RasterFormat } from './signature.ts'
import { reachesEndOfTiff } from './tiff.ts'

/**
 * Whether a file that could not be decoded ends too early, so that the reader is told to copy it again rather than that
 * it is damaged. Asked only after a failure, and of the file itself: libvips collects its messages for the whole
 * process, so that with several files at a time one's may be gone with another's.
 */
export function isTruncated(bytes: Uint8Array, format: RasterFormat): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  switch (format) {
    case 'jpeg':
      return !reachesEndOfJpeg(view)
    case 'png':
      return !reachesEnd(view)
    case 'webp':
      // RIFF states the size of all that follows it.
      return bytes.length < 12 || bytes.length < view.getUint32(4, true) + 8
    case 'tiff':
      return !reachesEndOfTiff(view)
  }
}

/**
 * Walks a JPEG's segments (marker, length, data) to its end-of-image marker. Not merely a search for that marker: a
 * preview in the header has one of its own. In the coded data after a start of scan, `FF` is followed by 00 or by a
 * restart marker, which both have no length.
 */
function reachesEndOfJpeg(view: DataView): boolean {
  const [RESTART_0, RESTART_7, END] = [0xd0, 0xd7, 0xd9]
  for (let offset = 2; offset + 2 <= view.byteLength; ) {
    const marker = view.getUint8(offset + 1)
    const marks = view.getUint8(offset) === 0xff && marker !== 0x00 && marker !== 0xff
    if (!marks || (marker >= RESTART_0 && marker <= RESTART_7)) {
      // Between segments there may be nothing else than filling `FF`; a damaged file is walked on byte by byte.
      offset += 1
    } else if (marker === END) {
      return true
    } else if (offset + 4 > view.byteLength) {
      return false
    } else {
      offset += 2 + view.getUint16(offset + 2)
    }
  }
  return false
}

/** Walks a PNG's chunks (length, type, data, CRC) to its `IEND`. */
function reachesEnd(view: DataView): boolean {
  const IEND = 0x49454e44
  for (let offset = 8; offset + 12 <= view.byteLength; offset += 12 + view.getUint32(offset)) {
    if (view.getUint32(offset + 4) === IEND) return true
  }
  return false
}
