/** One element in Explicit VR Little Endian; a number is a value of 16 bits, a list the items of a sequence. */
export function element(tag: number, vr: string, value: string | number | Uint8Array | Uint8Array[]): Buffer {
  const body = bodyOf(vr, value)
  const long = ['OB', 'OW', 'OF', 'OD', 'SQ', 'UN', 'UT'].includes(vr)
  const head = Buffer.alloc(long ? 12 : 8)
  head.writeUInt16LE(tag >>> 16)
  head.writeUInt16LE(tag & 0xffff, 2)
  head.write(vr, 4, 'latin1')
  if (long) head.writeUInt32LE(body.length, 8)
  else head.writeUInt16LE(body.length, 6)
  return Buffer.concat([head, body])
}

function bodyOf(vr: string, value: string | number | Uint8Array | Uint8Array[]): Uint8Array {
  if (typeof value === 'number') return Buffer.from(Uint16Array.of(value).buffer)
  if (Array.isArray(value)) return Buffer.concat(value.flatMap((item) => [itemHead(0xfffee000, item.length), item]))
  if (typeof value !== 'string') return value
  return Buffer.from(value.length % 2 === 0 ? value : value + (vr === 'UI' ? '\0' : ' '), 'latin1')
}

/** Of an item or a delimiter. */
export function itemHead(tag: number, length: number): Buffer {
  const head = Buffer.alloc(8)
  head.writeUInt16LE(tag >>> 16)
  head.writeUInt16LE(tag & 0xffff, 2)
  head.writeUInt32LE(length, 4)
  return head
}

/** Elements of an image of 64 × 64 pixels of 16 bits, by their tags. */
const IMAGE: [tag: number, vr: string, value: string | number | Uint8Array][] = [
  [0x00080016, 'UI', '1.2.840.10008.5.1.4.1.1.4'],
  [0x00280002, 'US', 1],
  [0x00280004, 'CS', 'MONOCHROME2'],
  [0x00280010, 'US', 64],
  [0x00280011, 'US', 64],
  [0x00280100, 'US', 16],
  [0x00280101, 'US', 12],
  [0x00280102, 'US', 11],
  [0x00280103, 'US', 0],
  [0x7fe00010, 'OW', new Uint8Array(64 * 64 * 2)],
]

/** A file of such an image, other elements in place of some of its own (null: none) or beside them. */
export function dicomFile(changes: Record<number, Buffer | null> = {}, syntax = '1.2.840.10008.1.2.1'): Buffer {
  const elements = new Map<number, Buffer>(IMAGE.map(([tag, vr, value]) => [tag, element(tag, vr, value)]))
  for (const [tag, bytes] of Object.entries(changes)) {
    if (bytes === null) elements.delete(Number(tag))
    else elements.set(Number(tag), bytes)
  }
  const sorted = [...elements].sort(([a], [b]) => a - b).map(([, bytes]) => bytes)
  return Buffer.concat([Buffer.alloc(128), Buffer.from('DICM'), element(0x00020010, 'UI', syntax), ...sorted])
}

/** Encapsulated pixel data of these pieces, with an empty table of offsets. */
export function encapsulated(...pieces: Uint8Array[]): Buffer {
  const head = Buffer.from([0xe0, 0x7f, 0x10, 0x00, 0x4f, 0x42, 0, 0, 0xff, 0xff, 0xff, 0xff])
  const items = [new Uint8Array(), ...pieces].flatMap((piece) => [itemHead(0xfffee000, piece.length), piece])
  return Buffer.concat([head, ...items, itemHead(0xfffee0dd, 0)])
}
