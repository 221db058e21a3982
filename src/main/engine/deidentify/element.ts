/** How a data set is written (PS3.5 7.1 and A). */
export interface Encoding {
  explicit: boolean
  littleEndian: boolean
}

interface Named {
  /** Group and element, as `0x00100010`. */
  tag: number
  vr: string
}

/** A value, as its bytes stand in the file. */
export interface ValueElement extends Named {
  kind: 'value'
  value: Uint8Array
}

export interface SequenceElement extends Named {
  kind: 'sequence'
  items: Element[][]
}

/** Pixel data in fragments: their items and the end of their sequence, as they stand in the file. */
export interface EncapsulatedElement extends Named {
  kind: 'encapsulated'
  fragments: Uint8Array
}

export type Element = ValueElement | SequenceElement | EncapsulatedElement

export const UNDEFINED_LENGTH = 0xffff_ffff
export const ITEM = 0xfffe_e000
export const ITEM_END = 0xfffe_e00d
export const SEQUENCE_END = 0xfffe_e0dd
export const PIXEL_DATA = 0x7fe0_0010

/** VRs with a length of 32 bits in Explicit VR (PS3.5 7.1.2). */
export const LONG_VRS = new Set(['OB', 'OD', 'OF', 'OL', 'OV', 'OW', 'SQ', 'SV', 'UC', 'UN', 'UR', 'UT', 'UV'])
export const VRS = new Set([
  ...LONG_VRS,
  ...['AE', 'AS', 'AT', 'CS', 'DA', 'DS', 'DT', 'FD', 'FL', 'IS', 'LO', 'LT', 'PN', 'SH', 'SL', 'SS', 'ST', 'TM', 'UI'],
  ...['UL', 'US'],
])

/** A text in ASCII as a value: padded to an even length (PS3.5 6.2). */
export function textElement(tag: number, vr: string, text: string): ValueElement {
  const even = text.length % 2 === 0 ? text : `${text}${vr === 'UI' ? '\0' : ' '}`
  return { kind: 'value', tag, vr, value: Buffer.from(even, 'latin1') }
}

/** The values of a text, without padding; [] for a value that is empty. */
export function textsOf(element: Element | undefined): string[] {
  if (element?.kind !== 'value') return []
  const texts = Buffer.from(element.value).toString('latin1').split('\\')
  return texts.map((text) => text.replace(/^ +|[ \0]+$/g, '')).filter(Boolean)
}

export const find = (elements: Element[], tag: number): Element | undefined =>
  elements.find((element) => element.tag === tag)
