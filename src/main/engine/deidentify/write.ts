import { type Element, type Encoding, ITEM, LONG_VRS, UNDEFINED_LENGTH } from './element.ts'

/** A data set as bytes. Sequences and items are given their length, whether they had one or not. */
export const writeElements = (elements: Element[], encoding: Encoding): Uint8Array =>
  Buffer.concat(elements.flatMap((element) => writeElement(element, encoding)))

function writeElement(element: Element, encoding: Encoding): Uint8Array[] {
  switch (element.kind) {
    case 'value':
      return [header(element, element.value.length, encoding), element.value]
    case 'encapsulated':
      return [header(element, UNDEFINED_LENGTH, encoding), element.fragments]
    case 'sequence': {
      const items = element.items.flatMap((item) => {
        const inside = writeElements(item, encoding)
        return [numbers([ITEM >>> 16, ITEM & 0xffff], [inside.length], encoding), inside]
      })
      const length = items.reduce((sum, bytes) => sum + bytes.length, 0)
      return [header(element, length, encoding), ...items]
    }
  }
}

function header({ tag, vr }: Element, length: number, encoding: Encoding): Uint8Array {
  const name = [tag >>> 16, tag & 0xffff]
  if (!encoding.explicit) return numbers(name, [length], encoding)
  const start = Buffer.concat([numbers(name, [], encoding), Buffer.from(vr, 'latin1')])
  const size = LONG_VRS.has(vr) ? numbers([0], [length], encoding) : numbers([length], [], encoding)
  return Buffer.concat([start, size])
}

/** Numbers of 16 bits, then numbers of 32. */
function numbers(short: number[], long: number[], { littleEndian }: Encoding): Uint8Array {
  const bytes = new Uint8Array(short.length * 2 + long.length * 4)
  const view = new DataView(bytes.buffer)
  short.forEach((value, index) => {
    view.setUint16(index * 2, value, littleEndian)
  })
  long.forEach((value, index) => {
    view.setUint32(short.length * 2 + index * 4, value, littleEndian)
  })
  return bytes
}
