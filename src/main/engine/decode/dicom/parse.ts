import { GyrusError } from '../../../../shared/errors.ts'
import { DataSet, type Element, type Piece } from './data-set.ts'
import { DICTIONARY, LONG_VRS, tagText } from './dictionary.ts'
import { MAX_DEPTH, MAX_ELEMENTS } from './limits.ts'

const ITEM = 0xfffee000
const ITEM_END = 0xfffee00d
const SEQUENCE_END = 0xfffee0dd
const UNDEFINED = 0xffffffff
const PIXELS = new Set([0x7fe00008, 0x7fe00009, 0x7fe00010])

/** How a data set is written. */
export interface Encoding {
  little: boolean
  explicit: boolean
}

/** Where to stop: at an offset, at the end of an item, or before a tag of another group. */
interface Until {
  end: number
  /** Of undefined length: ends with an item's delimiter. */
  delimited?: boolean
  group?: number
}

interface Header {
  tag: number
  vr: string
  length: number
  /** Of the value. */
  at: number
}

/**
 * Reads the elements of a data set in one walk, which ends with its pixel data. It goes over each byte once, and neither
 * depth nor number of elements is unbounded, so that no file can make it long or deep.
 */
export class Parser {
  readonly #bytes: Uint8Array
  readonly #view: DataView
  #at: number
  #elements = 0

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.#at = at
  }

  /** Where it has come to. */
  get at(): number {
    return this.#at
  }

  /**
   * All elements from here on; with `group` only those of that group.
   * @throws GyrusError `image-truncated`, `dicom-damaged`, `dicom-limit`
   */
  read(encoding: Encoding, group?: number): DataSet {
    const until = { end: this.#bytes.length, ...(group !== undefined && { group }) }
    return this.#dataSet(encoding, until, null, 0)
  }

  #dataSet(encoding: Encoding, until: Until, parent: DataSet | null, depth: number): DataSet {
    if (depth > MAX_DEPTH) throw new GyrusError('dicom-limit', { what: 'nested sequences', limit: MAX_DEPTH })
    const set = new DataSet(this.#bytes, encoding.little, parent)
    while (this.#at < until.end) {
      // Bytes of nothing at the end of a file, as some archives add them.
      if (depth === 0 && this.#isFilled(until.end)) break
      if (until.group !== undefined && this.#group(encoding.little) !== until.group) break
      const header = this.#header(encoding, until.end)
      if (header.tag === ITEM_END && until.delimited) return set
      set.elements.set(header.tag, this.#value(header, encoding, until.end, set, depth))
      if (depth === 0 && PIXELS.has(header.tag)) return set
    }
    if (until.delimited) throw new GyrusError('image-truncated')
    return set
  }

  #isFilled(end: number): boolean {
    const from = this.#at
    return end - from < 8 && this.#bytes.subarray(from, end).every((byte) => byte === 0)
  }

  /** Of the next element. */
  #group(little: boolean): number {
    this.#need(8, this.#bytes.length)
    return this.#view.getUint16(this.#at, little)
  }

  #header({ little, explicit }: Encoding, end: number): Header {
    if (++this.#elements > MAX_ELEMENTS) throw new GyrusError('dicom-limit', { what: 'elements', limit: MAX_ELEMENTS })
    this.#need(8, end)
    const tag = this.#view.getUint16(this.#at, little) * 0x10000 + this.#view.getUint16(this.#at + 2, little)
    const isDelimiter = tag >>> 16 === 0xfffe
    if (!explicit || isDelimiter) {
      const length = this.#view.getUint32(this.#at + 4, little)
      this.#at += 8
      return { tag, vr: DICTIONARY[tag] ?? 'UN', length, at: this.#at }
    }
    const vr = String.fromCharCode(this.#bytes[this.#at + 4] as number, this.#bytes[this.#at + 5] as number)
    if (!/^[A-Z]{2}$/.test(vr)) throw damaged(tag)
    if (!LONG_VRS.has(vr)) {
      const length = this.#view.getUint16(this.#at + 6, little)
      this.#at += 8
      return { tag, vr, length, at: this.#at }
    }
    this.#need(12, end)
    const length = this.#view.getUint32(this.#at + 8, little)
    this.#at += 12
    return { tag, vr, length, at: this.#at }
  }

  #need(bytes: number, end: number): void {
    if (this.#at + bytes > end) throw new GyrusError('image-truncated')
  }

  #value({ tag, vr, length, at }: Header, encoding: Encoding, end: number, set: DataSet, depth: number): Element {
    if (length !== UNDEFINED) {
      // Beyond the item that it is in, or beyond the file.
      if (at + length > end) throw end < this.#bytes.length ? damaged(tag) : new GyrusError('image-truncated')
      if (vr !== 'SQ' || length === 0) {
        this.#at = at + length
        return { vr, at, length }
      }
      const items = this.#items(encoding, { end: at + length }, set, depth)
      return { vr, at, length, items }
    }
    if (PIXELS.has(tag)) return { vr, at, ...this.#fragments(encoding.little, tag, end) }
    // What has neither a VR nor a length is a sequence in implicit VR (PS3.5, section 6.2.2).
    if (vr !== 'SQ' && vr !== 'UN') throw damaged(tag)
    const inside = vr === 'UN' ? { little: true, explicit: false } : encoding
    const items = this.#items(inside, { end, delimited: true }, set, depth)
    return { vr: 'SQ', at, length: this.#at - at, items }
  }

  #items(encoding: Encoding, until: Until, set: DataSet, depth: number): DataSet[] {
    const items: DataSet[] = []
    while (this.#at < until.end) {
      const { tag, length, at } = this.#header(encoding, until.end)
      if (tag === SEQUENCE_END && until.delimited) return items
      if (tag !== ITEM) throw damaged(tag)
      if (length !== UNDEFINED && at + length > until.end) throw damaged(tag)
      const inner = length === UNDEFINED ? { end: until.end, delimited: true } : { end: at + length }
      items.push(this.#dataSet(encoding, inner, set, depth + 1))
    }
    if (until.delimited) throw new GyrusError('image-truncated')
    return items
  }

  /** Pieces of encapsulated pixel data, up to their end. */
  #fragments(little: boolean, tag: number, end: number): { length: number; fragments: Piece[] } {
    const from = this.#at
    const fragments: Piece[] = []
    while (this.#at < end) {
      const item = this.#header({ little, explicit: false }, end)
      if (item.tag === SEQUENCE_END) return { length: item.at - from, fragments }
      if (item.tag !== ITEM || item.length === UNDEFINED) throw damaged(tag)
      if (item.at + item.length > end) throw new GyrusError('image-truncated')
      fragments.push({ at: item.at, length: item.length })
      this.#at = item.at + item.length
    }
    throw new GyrusError('image-truncated')
  }
}

const damaged = (tag: number) => new GyrusError('dicom-damaged', { tag: tagText(tag) })
