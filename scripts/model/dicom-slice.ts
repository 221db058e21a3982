/** One grey slice as stored: row-major 16-bit values and the size of a pixel in mm. */
export interface Slice {
  width: number
  height: number
  data: Uint16Array
  spacing: { row: number; column: number }
}

/** Offset of the first group after the 128-byte preamble and `DICM`. */
const START = 132

/**
 * Reads an uncompressed, implicit little-endian DICOM file without sequences, which is what shared/dicom/series-t1
 * holds. Only the sample maker uses it; the product reads DICOM by a proper library.
 */
export function readSlice(file: Uint8Array): Slice {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  const elements = new Map<number, Uint8Array>()
  // The meta header (group 0002) is explicit; its first element holds the length of the rest.
  let offset = START + 12 + view.getUint32(START + 8, true)
  while (offset + 8 <= file.length) {
    const tag = view.getUint16(offset, true) * 0x10000 + view.getUint16(offset + 2, true)
    const length = view.getUint32(offset + 4, true)
    elements.set(tag, file.subarray(offset + 8, offset + 8 + length))
    offset += 8 + length
  }
  const element = (tag: number) => {
    const value = elements.get(tag)
    if (!value) throw new Error(`the DICOM file has no element ${tag.toString(16).padStart(8, '0')}`)
    return value
  }
  const number16 = (tag: number) => (element(tag)[0] ?? 0) + 256 * (element(tag)[1] ?? 0)
  const [row = 1, column = 1] = new TextDecoder().decode(element(0x00280030)).split('\\').map(Number)
  const pixels = element(0x7fe00010)
  return {
    height: number16(0x00280010),
    width: number16(0x00280011),
    data: new Uint16Array(new Uint8Array(pixels).buffer),
    spacing: { row, column },
  }
}
