import { GyrusError } from '../../../../shared/errors.ts'
import { decodeText } from './character-sets.ts'
import { type Keyword, TAG, tagText } from './dictionary.ts'

/** Where an element's value lies. */
export interface Element {
  vr: string
  at: number
  /** Bytes; of a sequence or of fragments up to and without their end. */
  length: number
  /** Of a sequence. */
  items?: DataSet[]
  /** Of encapsulated pixel data: the first one is the offset table. */
  fragments?: Piece[]
}

export interface Piece {
  at: number
  length: number
}

/** The elements of a file or of one item of a sequence. Values are read when they are asked for. */
export class DataSet {
  readonly bytes: Uint8Array
  readonly little: boolean
  readonly elements = new Map<number, Element>()
  readonly #view: DataView
  readonly #parent: DataSet | null

  /** @param parent the data set that it is an item of, whose character set holds where it names none */
  constructor(bytes: Uint8Array, little: boolean, parent: DataSet | null) {
    this.bytes = bytes
    this.little = little
    // One for all items: a file may have a million.
    this.#view = parent?.bytes === bytes ? parent.#view : new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.#parent = parent
  }

  has(keyword: Keyword): boolean {
    return (this.elements.get(TAG[keyword])?.length ?? 0) > 0
  }

  /** The value's bytes; undefined where there are none. */
  bytesOf(keyword: Keyword): Uint8Array | undefined {
    const element = this.elements.get(TAG[keyword])
    return element && element.length > 0 ? this.bytes.subarray(element.at, element.at + element.length) : undefined
  }

  /** The value as text without its padding; '' where there is none. Backslashes still part its values. */
  text(keyword: Keyword): string {
    const element = this.elements.get(TAG[keyword])
    const bytes = this.bytesOf(keyword)
    if (!element || !bytes) return ''
    return decodeText(bytes, element.vr, this.#characterSets()).replace(/[\0 ]+$/, '')
  }

  /** The values of a text as they stand, without the spaces around them. */
  texts(keyword: Keyword): string[] {
    const text = this.text(keyword)
    return text === '' ? [] : text.split('\\').map((value) => value.trim())
  }

  /**
   * Decimal or binary numbers, whatever VR they have; undefined where there are none.
   * @throws GyrusError `dicom-attribute` where one of them is no finite number
   */
  numbers(keyword: Keyword): number[] | undefined {
    const element = this.elements.get(TAG[keyword])
    if (!element || element.length === 0) return undefined
    const read = BINARY[element.vr]
    const values = read
      ? this.#binary(element, read)
      : this.texts(keyword).map((value) => (value ? Number(value) : NaN))
    if (values.length === 0 || !values.every(Number.isFinite)) throw attributeError(keyword, this.text(keyword))
    return values
  }

  /** The first of its numbers. @throws GyrusError `dicom-attribute` */
  number(keyword: Keyword): number | undefined {
    return this.numbers(keyword)?.[0]
  }

  /** 16-bit values that are signed where the pixels are, whatever VR the file states (PS3.5, section 6.2: US or SS). */
  integers(keyword: Keyword, signed: boolean): number[] | undefined {
    const element = this.elements.get(TAG[keyword])
    if (!element || element.length === 0) return undefined
    return this.#binary(element, signed ? READ.SS : READ.US)
  }

  /** The items of a sequence; none where it is not there. */
  items(keyword: Keyword): DataSet[] {
    return this.elements.get(TAG[keyword])?.items ?? []
  }

  /** Where a length does not fit the VR, all values that are whole. */
  #binary({ at, length }: Element, [size, read]: Binary): number[] {
    return Array.from({ length: Math.floor(length / size) }, (_, i) => read(this.#view, at + i * size, this.little))
  }

  #characterSets(): string[] {
    const element = this.elements.get(TAG.SpecificCharacterSet)
    if (!element) return this.#parent ? this.#parent.#characterSets() : []
    const names = Buffer.from(this.bytes.subarray(element.at, element.at + element.length)).toString('latin1')
    return names.split('\\').map((name) => name.replace(/[\0 ]+$/, '').trim())
  }
}

type Binary = readonly [size: number, read: (view: DataView, at: number, little: boolean) => number]
const READ = {
  US: [2, (view, at, little) => view.getUint16(at, little)],
  SS: [2, (view, at, little) => view.getInt16(at, little)],
  UL: [4, (view, at, little) => view.getUint32(at, little)],
  SL: [4, (view, at, little) => view.getInt32(at, little)],
  FL: [4, (view, at, little) => view.getFloat32(at, little)],
  FD: [8, (view, at, little) => view.getFloat64(at, little)],
} as const satisfies Record<string, Binary>
const BINARY: Record<string, Binary | undefined> = { ...READ, OW: READ.US }

/** An attribute that an image cannot do without, or that does not say what it should. */
export function attributeError(keyword: Keyword, value: string | number): GyrusError {
  const attribute = `${keyword} ${tagText(TAG[keyword])}`
  const shown = String(value)
    .replace(/[^\x20-\x7e]/g, '')
    .slice(0, 64)
  return new GyrusError('dicom-attribute', { attribute, value: shown === '' ? 'nothing' : `“${shown}”` })
}
