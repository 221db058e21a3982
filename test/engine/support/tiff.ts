/** An uncompressed little-endian grey TIFF with one strip; `tags` replaces or adds entries (all as LONG). */
export function greyTiff(
  pixels: Uint8Array,
  width: number,
  height: number,
  tags: Record<number, number> = {},
): Uint8Array {
  const LONG = 4
  const entries = Object.entries({
    256: width,
    257: height,
    258: 8,
    259: 1,
    262: 1,
    273: 8,
    277: 1,
    278: height,
    279: pixels.length,
    ...tags,
  }).toSorted(([a], [b]) => Number(a) - Number(b))
  const directory = 8 + pixels.length
  const bytes = Buffer.alloc(directory + 2 + entries.length * 12 + 4)
  bytes.write('II', 0, 'latin1')
  bytes.writeUInt16LE(42, 2)
  bytes.writeUInt32LE(directory, 4)
  bytes.set(pixels, 8)
  bytes.writeUInt16LE(entries.length, directory)
  entries.forEach(([tag, value], i) => {
    const at = directory + 2 + i * 12
    bytes.writeUInt16LE(Number(tag), at)
    bytes.writeUInt16LE(LONG, at + 2)
    bytes.writeUInt32LE(1, at + 4)
    bytes.writeUInt32LE(value, at + 8)
  })
  return bytes
}
