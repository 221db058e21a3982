/** An uncompressed little-endian grey TIFF with one strip; `tags` replaces or adds entries (all as LONG). */
export function greyTiff(
  pixels: Uint8Array,
  width: number,
  height: number,
  tags: Record<number, number> = {},
): Uint8Array {
  return write(pixels, 8 + pixels.length, 8, entriesOf(pixels, width, height, 8, tags))
}

/** The same with its directory before the pixels. */
export function greyTiffInFront(pixels: Uint8Array, width: number, height: number): Uint8Array {
  const start = 8 + bytesOf(entriesOf(pixels, width, height, 0, {}))
  return write(pixels, 8, start, entriesOf(pixels, width, height, start, {}))
}

type Entries = [tag: string, value: number][]

function entriesOf(
  pixels: Uint8Array,
  width: number,
  height: number,
  at: number,
  tags: Record<number, number>,
): Entries {
  return Object.entries({
    256: width,
    257: height,
    258: 8,
    259: 1,
    262: 1,
    273: at,
    277: 1,
    278: height,
    279: pixels.length,
    ...tags,
  }).toSorted(([a], [b]) => Number(a) - Number(b))
}

const bytesOf = (entries: Entries) => 2 + entries.length * 12 + 4

function write(pixels: Uint8Array, directory: number, start: number, entries: Entries): Uint8Array {
  const LONG = 4
  const bytes = Buffer.alloc(8 + pixels.length + bytesOf(entries))
  bytes.write('II', 0, 'latin1')
  bytes.writeUInt16LE(42, 2)
  bytes.writeUInt32LE(directory, 4)
  bytes.set(pixels, start)
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
