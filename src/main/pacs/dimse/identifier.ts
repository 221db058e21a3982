import { DataSet } from '../../engine/decode/dicom/data-set.ts'
import { Parser } from '../../engine/decode/dicom/parse.ts'
import { EXPLICIT_LITTLE_ENDIAN } from './uids.ts'

/** An element of what is asked for; all of these have short lengths. '' asks for the value. */
export type Key = readonly [tag: number, vr: string, value: string]

const CHARACTER_SET: Key = [0x00080005, 'CS', 'ISO_IR 192']
const NOT_ASCII = /[^\0-\x7f]/

/** A data set that asks (PS3.4 C.4.1), in the order of its tags. */
export function writeIdentifier(keys: Key[], transferSyntax: string): Buffer {
  const explicit = transferSyntax === EXPLICIT_LITTLE_ENDIAN
  // Only where it is needed: there are archives that refuse what they do not know.
  const foreign = keys.some(([, , value]) => NOT_ASCII.test(value))
  const sorted = [...keys, ...(foreign ? [CHARACTER_SET] : [])].sort(([a], [b]) => a - b)
  return Buffer.concat(sorted.map((key) => writeElement(key, explicit)))
}

/** What the other end answers. @throws GyrusError `image-truncated`, `dicom-damaged`, `dicom-limit` */
export function readIdentifier(bytes: Buffer, transferSyntax: string): DataSet {
  if (bytes.length === 0) return new DataSet(bytes, true, null)
  return new Parser(bytes, 0).read({ little: true, explicit: transferSyntax === EXPLICIT_LITTLE_ENDIAN })
}

function writeElement([tag, vr, value]: Key, explicit: boolean): Buffer {
  const bytes = Buffer.from(value, 'utf8')
  const padded = bytes.length % 2 === 0 ? bytes : Buffer.concat([bytes, Buffer.from(vr === 'UI' ? '\0' : ' ')])
  const header = Buffer.alloc(8)
  header.writeUInt16LE(tag >>> 16, 0)
  header.writeUInt16LE(tag & 0xffff, 2)
  if (explicit) {
    header.write(vr, 4, 'latin1')
    header.writeUInt16LE(padded.length, 6)
  } else header.writeUInt32LE(padded.length, 4)
  return Buffer.concat([header, padded])
}
