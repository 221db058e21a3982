import type { RasterFormat } from './signature.ts'

/**
 * Whether a file that could not be decoded ends too early, so that the reader is told to copy it again rather than that
 * it is damaged. Asked only after a failure: `message` is what the library said.
 */
export function isTruncated(bytes: Uint8Array, format: RasterFormat, message: string): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  switch (format) {
    case 'jpeg':
      return message.includes('premature end')
    case 'png':
      return !reachesEnd(view)
    case 'webp':
      // RIFF states the size of all that follows it.
      return bytes.length < 12 || bytes.length < view.getUint32(4, true) + 8
    case 'tiff':
      return directoryOffset(view) >= bytes.length || /read error|not enough data|short read/i.test(message)
  }
}

/** Walks a PNG's chunks (length, type, data, CRC) to its `IEND`. */
function reachesEnd(view: DataView): boolean {
  const IEND = 0x49454e44
  for (let offset = 8; offset + 12 <= view.byteLength; offset += 12 + view.getUint32(offset)) {
    if (view.getUint32(offset + 4) === IEND) return true
  }
  return false
}

/** Where a TIFF says that its first directory is, in bytes; TIFF writers often put it last. */
function directoryOffset(view: DataView): number {
  if (view.byteLength < 16) return Number.POSITIVE_INFINITY
  const little = view.getUint8(0) === 0x49
  const big = view.getUint16(2, little) === 43
  return big ? Number(view.getBigUint64(8, little)) : view.getUint32(4, little)
}
