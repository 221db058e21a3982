import { attributeError, type DataSet } from './data-set.ts'
import type { Keyword } from './dictionary.ts'

/** A lookup table: what `first` and below it becomes, and so on; what is above gets the last value. */
export interface Lut {
  first: number
  values: Uint16Array
  /** Of a value. */
  bits: number
}

/**
 * A table by its descriptor (number of entries, first value, bits) and data (PS3.3, C.11.1.1).
 * @param signed whether the values that go in are
 * @throws GyrusError `dicom-attribute` where there is no whole table
 */
export function readLut(set: DataSet, descriptor: Keyword, data: Keyword, signed: boolean): Lut {
  const [stated, , bits = 0] = set.integers(descriptor, false) ?? []
  const first = set.integers(descriptor, signed)?.[1]
  if (stated === undefined || first === undefined || bits < 8 || bits > 16) throw attributeError(descriptor, '')
  const count = stated === 0 ? 65536 : stated
  const bytes = set.bytesOf(data)
  if (!bytes || bytes.length < count) throw attributeError(data, bytes?.length ?? '')
  // Entries of 8 bits may be packed two a word.
  const packed = bytes.length < 2 * count
  if (packed && bits > 8) throw attributeError(data, bytes.length)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const values = Uint16Array.from({ length: count }, (_, i) =>
    packed ? (bytes[i] as number) : view.getUint16(2 * i, set.little),
  )
  return { first, values, bits }
}

export function lookUpIn({ first, values }: Lut, value: number): number {
  return values[Math.min(Math.max(Math.round(value) - first, 0), values.length - 1)] as number
}
