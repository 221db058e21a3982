import { GyrusError } from '../../../shared/errors.ts'
import type { Dictionary } from './dictionary.ts'
import {
  type Element,
  type Encoding,
  ITEM,
  ITEM_END,
  LONG_VRS,
  PIXEL_DATA,
  SEQUENCE_END,
  UNDEFINED_LENGTH,
  VRS,
} from './element.ts'

/** Deeper is nothing that a scanner writes. */
const DEEPEST = 32
/** What follows a UN of undefined length is written so (PS3.5 6.2.2). */
const IMPLICIT: Encoding = { explicit: false, littleEndian: true }

interface Header {
  tag: number
  vr: string
  length: number
}

/**
 * Takes a data set apart and keeps each value as its bytes: what is not changed is written as it was. It is not the decoder
 * of images (`engine/decode/`): that one needs few values and forgives much; here nothing may be passed over.
 */
export class Reader {
  readonly #bytes: Uint8Array
  readonly #view: DataView
  readonly #dictionary: Dictionary
  #at: number

  constructor(bytes: Uint8Array, dictionary: Dictionary, at = 0) {
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.#dictionary = dictionary
    this.#at = at
  }

  get at(): number {
    return this.#at
  }

  /** All elements up to the end. @throws GyrusError `deidentify-unreadable` */
  all(encoding: Encoding): Element[] {
    return this.#elements(encoding, this.#bytes.length, 0)
  }

  /** The elements of group 2, which comes before the data set. */
  meta(): Element[] {
    const elements: Element[] = []
    while (this.#at + 8 <= this.#bytes.length && this.#view.getUint16(this.#at, true) === 2)
      elements.push(this.#element({ explicit: true, littleEndian: true }, this.#bytes.length, 0))
    return elements
  }

  /** @param end Where they end; undefined where a delimiter says so. */
  #elements(encoding: Encoding, end: number | undefined, depth: number): Element[] {
    if (depth > DEEPEST) throw unreadable('its sequences are too deep')
    const elements: Element[] = []
    while (end === undefined || this.#at < end) {
      if (end === undefined && this.#ends(encoding, ITEM_END)) break
      elements.push(this.#element(encoding, end ?? this.#bytes.length, depth))
    }
    if (end !== undefined && this.#at > end) throw unreadable('an element is longer than what it is in')
    return elements
  }

  #element(encoding: Encoding, end: number, depth: number): Element {
    const { tag, vr, length } = this.#header(encoding)
    if (length === UNDEFINED_LENGTH) {
      if (tag === PIXEL_DATA && vr !== 'SQ')
        return { kind: 'encapsulated', tag, vr, fragments: this.#fragments(encoding) }
      const inside = vr === 'UN' ? IMPLICIT : encoding
      if (vr !== 'SQ' && vr !== 'UN') throw unreadable(`a value of VR ${vr} has no length`)
      return { kind: 'sequence', tag, vr, items: this.#items(inside, undefined, depth) }
    }
    if (length > end - this.#at) throw unreadable('it is cut off, or a length in it is wrong')
    if (vr === 'SQ') return { kind: 'sequence', tag, vr, items: this.#items(encoding, this.#at + length, depth) }
    return { kind: 'value', tag, vr, value: this.#take(length) }
  }

  #items(encoding: Encoding, end: number | undefined, depth: number): Element[][] {
    const items: Element[][] = []
    while (end === undefined || this.#at < end) {
      if (end === undefined && this.#ends(encoding, SEQUENCE_END)) break
      const [tag, length] = [this.#tag(encoding), this.#uint32(encoding)]
      if (tag !== ITEM) throw unreadable('a sequence holds something that is no item')
      const itemEnd = length === UNDEFINED_LENGTH ? undefined : this.#at + length
      if (itemEnd !== undefined && itemEnd > (end ?? this.#bytes.length))
        throw unreadable('it is cut off, or a length in it is wrong')
      items.push(this.#elements(encoding, itemEnd, depth + 1))
    }
    return items
  }

  #fragments(encoding: Encoding): Uint8Array {
    const start = this.#at
    while (!this.#ends(encoding, SEQUENCE_END)) {
      const [tag, length] = [this.#tag(encoding), this.#uint32(encoding)]
      if (tag !== ITEM || length === UNDEFINED_LENGTH) throw unreadable('its pixel data is damaged')
      this.#take(length)
    }
    return this.#bytes.subarray(start, this.#at)
  }

  #header(encoding: Encoding): Header {
    const tag = this.#tag(encoding)
    if (tag >>> 16 === 0xfffe) throw unreadable('a delimiter stands where an element should')
    if (!encoding.explicit) return { tag, vr: this.#dictionary(tag)?.vr ?? 'UN', length: this.#uint32(encoding) }
    const vr = String.fromCharCode(...this.#take(2))
    if (!VRS.has(vr)) throw unreadable('an element has a VR that there is not')
    if (!LONG_VRS.has(vr)) return { tag, vr, length: this.#uint16(encoding) }
    this.#take(2)
    return { tag, vr, length: this.#uint32(encoding) }
  }

  /** Goes past the delimiter where it is next. */
  #ends(encoding: Encoding, delimiter: number): boolean {
    const start = this.#at
    if (this.#tag(encoding) === delimiter) {
      this.#take(4)
      return true
    }
    this.#at = start
    return false
  }

  #tag(encoding: Encoding): number {
    const group = this.#uint16(encoding)
    return ((group << 16) | this.#uint16(encoding)) >>> 0
  }

  #uint16({ littleEndian }: Encoding): number {
    return this.#view.getUint16(this.#skip(2), littleEndian)
  }

  #uint32({ littleEndian }: Encoding): number {
    return this.#view.getUint32(this.#skip(4), littleEndian)
  }

  #take(length: number): Uint8Array {
    const start = this.#skip(length)
    return this.#bytes.subarray(start, start + length)
  }

  /** Returns where it was. */
  #skip(length: number): number {
    const start = this.#at
    if (length > this.#bytes.length - start) throw unreadable('it is cut off')
    this.#at += length
    return start
  }
}

export const unreadable = (reason: string): GyrusError => new GyrusError('deidentify-unreadable', { reason })
