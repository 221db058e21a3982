/** How a file writes its numbers: byte order, and offsets of 32 bits or, in a BigTIFF, of 64. */
interface Layout {
  little: boolean
  big: boolean
}

/** Bytes of one value of each type: TIFF 6.0 (1–12), an embedded directory (13), BigTIFF (16–18). */
const TYPE_BYTES = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8]
const [SHORT, LONG, LONG8] = [3, 4, 16]
/** Tags of the offsets of strips and of tiles, each with that of their lengths in bytes. */
const PIECES = [
  [273, 279],
  [324, 325],
] as const

/** Where the values of one tag lie. */
interface Entry {
  type: number
  count: number
  at: number
}

/** Whether all that a TIFF's first directory names lies within the file: itself, its values, strips and tiles. */
export function reachesEndOfTiff(view: DataView): boolean {
  try {
    const little = view.getUint8(0) === 0x49
    const entries = readDirectory(view, { little, big: view.getUint16(2, little) === 43 })
    return PIECES.every(([offsetTag, lengthTag]) => {
      const [offsets, lengths] = [offsetTag, lengthTag].map((tag) => readValues(view, entries.get(tag), little))
      return offsets?.every((offset, i) => offset + (lengths?.[i] ?? 0) <= view.byteLength)
    })
  } catch (error) {
    // Something was looked for beyond the end.
    if (error instanceof RangeError) return false
    throw error
  }
}

/** The entries by their tags. Throws a RangeError where any of them or its values lie beyond the end. */
function readDirectory(view: DataView, layout: Layout): Map<number, Entry> {
  const { little, big } = layout
  const start = readOffset(view, big ? 8 : 4, layout)
  const count = big ? readOffset(view, start, layout) : view.getUint16(start, little)
  const [head, width] = big ? [8, 20] : [2, 12]
  const entries = new Map<number, Entry>()
  for (let i = 0; i < count; i++) {
    const at = start + head + i * width
    entries.set(view.getUint16(at, little), readEntry(view, at, layout))
  }
  return entries
}

function readEntry(view: DataView, entry: number, layout: Layout): Entry {
  const { little, big } = layout
  const type = view.getUint16(entry + 2, little)
  const count = big ? Number(view.getBigUint64(entry + 4, little)) : view.getUint32(entry + 4, little)
  const bytes = count * (TYPE_BYTES[type] ?? 0)
  const own = entry + (big ? 12 : 8)
  // Values that are small enough stand in the entry itself.
  const at = bytes <= (big ? 8 : 4) ? own : readOffset(view, own, layout)
  if (at + bytes > view.byteLength) throw new RangeError('values beyond the end')
  return { type, count, at }
}

/** An entry's values where they are whole numbers without a sign. */
function readValues(view: DataView, entry: Entry | undefined, little: boolean): number[] {
  if (!entry || ![SHORT, LONG, LONG8].includes(entry.type)) return []
  const { type, count, at } = entry
  const bytes = TYPE_BYTES[type] ?? 0
  return Array.from({ length: count }, (_, i) => {
    if (type === SHORT) return view.getUint16(at + i * bytes, little)
    return type === LONG ? view.getUint32(at + i * bytes, little) : Number(view.getBigUint64(at + i * bytes, little))
  })
}

const readOffset = (view: DataView, at: number, { little, big }: Layout) =>
  big ? Number(view.getBigUint64(at, little)) : view.getUint32(at, little)
