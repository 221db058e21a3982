import { GyrusError } from '../../../../shared/errors.ts'
import { attributeError, type DataSet, type Piece } from './data-set.ts'
import { type Keyword, TAG } from './dictionary.ts'
import type { ImagePixel } from './image-pixel.ts'

/** Bytes of a frame that is not compressed. A 4:2:2 pixel pair has four samples in place of six. */
export function frameBytes(
  { rows, columns, samples, bitsAllocated, photometric }: ImagePixel,
  compressed = false,
): number {
  const perPixel = photometric === 'YBR_FULL_422' && !compressed ? 2 : samples
  return (rows * columns * perPixel * bitsAllocated) / 8
}

/**
 * The bytes of one uncompressed frame (0-based).
 * @throws GyrusError `dicom-pixels-mismatch`, `dicom-attribute`
 */
export function nativeFrame(set: DataSet, image: ImagePixel, frame: number): Uint8Array {
  const keyword: Keyword = set.has('FloatPixelData')
    ? 'FloatPixelData'
    : set.has('DoublePixelData')
      ? 'DoublePixelData'
      : 'PixelData'
  const bytes = set.bytesOf(keyword)
  if (!bytes) throw attributeError(keyword, '')
  const length = frameBytes(image)
  if (bytes.length < length * image.frames) throw mismatch(image, bytes.length, length * image.frames)
  const found = bytes.subarray(frame * length, (frame + 1) * length)
  const words = image.bitsAllocated === 8 && !set.little && set.elements.get(TAG[keyword])?.vr === 'OW'
  // Two pixels a word, and the words are the other way round.
  return words ? Buffer.from(found).swap16() : found
}

const mismatch = ({ rows, columns, frames }: ImagePixel, found: number, expected: number) =>
  new GyrusError('dicom-pixels-mismatch', { rows, columns, frames, found: `${found} bytes, not ${expected}` })

/**
 * The coded bytes of one frame of encapsulated pixel data (PS3.5, annex A.4).
 * @throws GyrusError `dicom-frame-missing`
 */
export function codedFrame(set: DataSet, { frames }: ImagePixel, frame: number): Uint8Array {
  const [table, ...pieces] = set.elements.get(TAG.PixelData)?.fragments ?? []
  const own = table && pieces.length > 0 ? piecesOf(set, table, pieces, frames, frame) : []
  if (own.length === 0) throw new GyrusError('dicom-frame-missing', { frame: frame + 1, frames, found: pieces.length })
  const [first] = own
  // Most frames are one piece, which needs no copy.
  if (own.length === 1 && first) return set.bytes.subarray(first.at, first.at + first.length)
  return Buffer.concat(own.map(({ at, length }) => set.bytes.subarray(at, at + length)))
}

function piecesOf(set: DataSet, table: Piece, pieces: Piece[], frames: number, frame: number): Piece[] {
  if (frames === 1) return pieces
  if (pieces.length === frames) return pieces.slice(frame, frame + 1)
  const offsets = offsetsIn(set, table)
  if (offsets.length !== frames) return byMarkers(set, pieces, frame)
  // Offsets count from the tag of the first piece, which is 8 bytes before its value.
  const start = (pieces[0]?.at ?? 0) - 8
  const from = start + (offsets[frame] as number)
  const to = start + (offsets[frame + 1] ?? Infinity)
  return pieces.filter(({ at }) => at - 8 >= from && at - 8 < to)
}

function offsetsIn(set: DataSet, { at, length }: Piece): number[] {
  const view = new DataView(set.bytes.buffer, set.bytes.byteOffset + at, length)
  return Array.from({ length: Math.floor(length / 4) }, (_, i) => view.getUint32(4 * i, true))
}

/** Without a table a frame begins where a code stream begins: with the JPEG or JPEG 2000 marker for it. */
function byMarkers(set: DataSet, pieces: Piece[], frame: number): Piece[] {
  const { bytes } = set
  const begins = ({ at, length }: Piece) =>
    length > 2 && bytes[at] === 0xff && (bytes[at + 1] === 0xd8 || bytes[at + 1] === 0x4f)
  const starts = pieces.flatMap((piece, i) => (begins(piece) ? [i] : []))
  return starts[frame] === undefined ? [] : pieces.slice(starts[frame], starts[frame + 1])
}
