import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { IMPLEMENTATION_UID, implementationVersion } from '../../../shared/dicom-implementation.ts'
import type { Dictionary } from './dictionary.ts'
import { type Element, type Encoding, find, textElement, textsOf } from './element.ts'
import { Reader, unreadable } from './read.ts'
import { writeElements } from './write.ts'

const IMPLICIT_LE = '1.2.840.10008.1.2'
const EXPLICIT_LE = '1.2.840.10008.1.2.1'
const DEFLATED = '1.2.840.10008.1.2.1.99'
const EXPLICIT_BE = '1.2.840.10008.1.2.2'
/** Of the standard; what a vendor's own syntaxes mean only the vendor knows. */
const STANDARD = /^1\.2\.840\.10008\.1\.2(\.|$)/

const TRANSFER_SYNTAX = 0x0002_0010
const SOP_CLASS = 0x0008_0016
const SOP_INSTANCE = 0x0008_0018

/** A data set is not let grow beyond this by being inflated, bytes. */
const LARGEST_INFLATED = 2 ** 30

export interface DicomFile {
  syntax: string
  elements: Element[]
}

/** With or without preamble and group 2. @throws GyrusError `deidentify-unreadable` */
export function readFile(bytes: Uint8Array, dictionary: Dictionary): DicomFile {
  const preamble = Buffer.from(bytes.subarray(128, 132)).toString('latin1') === 'DICM'
  const reader = new Reader(bytes, dictionary, preamble ? 132 : 0)
  const [stated] = textsOf(find(reader.meta(), TRANSFER_SYNTAX))
  const syntax = stated ?? guessSyntax(bytes.subarray(reader.at))
  if (!STANDARD.test(syntax)) throw unreadable('its transfer syntax is not one of the standard')
  if (syntax !== DEFLATED) return { syntax, elements: reader.all(encodingOf(syntax)) }
  return { syntax, elements: new Reader(inflated(bytes.subarray(reader.at)), dictionary).all(encodingOf(syntax)) }
}

/** Part 10, with nothing in preamble and group 2 but what has to be there. Group 2 may name machines, and a preamble anything. */
export function writeFile({ syntax, elements }: DicomFile, version: string): Uint8Array {
  const uid = (tag: number) => textsOf(find(elements, tag))[0] ?? ''
  const meta = writeElements(
    [
      { kind: 'value', tag: 0x0002_0001, vr: 'OB', value: Buffer.from([0, 1]) },
      textElement(0x0002_0002, 'UI', uid(SOP_CLASS)),
      textElement(0x0002_0003, 'UI', uid(SOP_INSTANCE)),
      textElement(TRANSFER_SYNTAX, 'UI', syntax),
      textElement(0x0002_0012, 'UI', IMPLEMENTATION_UID),
      textElement(0x0002_0013, 'SH', implementationVersion(version)),
    ],
    encodingOf(EXPLICIT_LE),
  )
  const length = Buffer.alloc(4)
  length.writeUInt32LE(meta.length)
  const first: Element = { kind: 'value', tag: 0x0002_0000, vr: 'UL', value: length }
  const dataSet = writeElements(elements, encodingOf(syntax))
  const start = [Buffer.alloc(128), Buffer.from('DICM'), writeElements([first], encodingOf(EXPLICIT_LE)), meta]
  return Buffer.concat([...start, syntax === DEFLATED ? deflated(dataSet) : dataSet])
}

const encodingOf = (syntax: string): Encoding => ({
  explicit: syntax !== IMPLICIT_LE,
  littleEndian: syntax !== EXPLICIT_BE,
})

/** Of a data set without group 2: its first element tells. */
function guessSyntax(bytes: Uint8Array): string {
  const start = Buffer.from(bytes.subarray(0, 8))
  if (start.length < 8) throw unreadable('it is too short')
  const explicit = /^[A-Z]{2}$/.test(start.toString('latin1', 4, 6))
  if (start.readUInt16LE(0) === 8) return explicit ? EXPLICIT_LE : IMPLICIT_LE
  if (start.readUInt16BE(0) === 8 && explicit) return EXPLICIT_BE
  throw unreadable('it does not begin as DICOM does')
}

function inflated(bytes: Uint8Array): Uint8Array {
  try {
    return inflateRawSync(bytes, { maxOutputLength: LARGEST_INFLATED })
  } catch {
    throw unreadable('its deflated data is damaged, or too large')
  }
}

/** With a null byte where the length is odd (PS3.5 A.5). */
function deflated(bytes: Uint8Array): Uint8Array {
  const packed = deflateRawSync(bytes)
  return packed.length % 2 === 0 ? packed : Buffer.concat([packed, Buffer.alloc(1)])
}
