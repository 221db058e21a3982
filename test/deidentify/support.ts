import { type Element, type Encoding, textElement } from '../../src/main/engine/deidentify/element.ts'
import { writeElements } from '../../src/main/engine/deidentify/write.ts'

export const EXPLICIT: Encoding = { explicit: true, littleEndian: true }

export const PIXELS: Element = { kind: 'value', tag: 0x7fe0_0010, vr: 'OW', value: Buffer.from([1, 2, 3, 4]) }

export const MR = textElement(0x0008_0016, 'UI', '1.2.840.10008.5.1.4.1.1.4')

/** A small file of some elements, with pixels, in Explicit VR Little Endian whatever its group 2 says. */
export function fileOf(
  elements: Element[],
  { meta = [] as Element[], preamble = Buffer.alloc(128), syntax = '1.2.840.10008.1.2.1' } = {},
): Buffer {
  const sorted = [MR, ...elements, PIXELS].sort((a, b) => a.tag - b.tag)
  const start = [
    preamble,
    Buffer.from('DICM'),
    writeElements([textElement(0x0002_0010, 'UI', syntax), ...meta], EXPLICIT),
  ]
  return Buffer.concat([...start, writeElements(sorted, EXPLICIT)])
}

export const sequence = (tag: number, ...items: Element[][]): Element => ({ kind: 'sequence', tag, vr: 'SQ', items })

/** A key that tests may know. */
export const KEY = new Uint8Array(32).fill(7)
