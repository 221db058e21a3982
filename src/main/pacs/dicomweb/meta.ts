import type { ObjectName } from '../../listener/object-file.ts'
import { isUid } from '../../listener/uids.ts'

/** Preamble and prefix, bytes. */
const PREFIX_AT = 128
const META_AT = PREFIX_AT + 4
/** A header names few things; private information in it is passed over, and may not be endless. */
const MAX_META = 65_536
/** VRs with two bytes that are not used and a length of four (PS3.5 7.1.2). */
const LONG_VRS = ['OB', 'OW', 'OF', 'OD', 'OL', 'OV', 'SQ', 'UC', 'UN', 'UR', 'UT', 'SV', 'UV']

const CLASS = 0x0002
const INSTANCE = 0x0003
const SYNTAX = 0x0010

export interface Meta extends ObjectName {
  /** Where the data set begins. */
  dataSetAt: number
}

/**
 * What a Part 10 file says of itself (PS3.10 7.1), from its first bytes.
 *
 * @returns null where more bytes are needed to tell; a sentence where it is no such file
 */
export function metaOf(bytes: Buffer): Meta | string | null {
  if (bytes.length < META_AT) return null
  if (bytes.toString('latin1', PREFIX_AT, META_AT) !== 'DICM') return 'an object is no DICOM file'
  const found = new Map<number, string>()
  for (let at = META_AT; ; ) {
    if (at > MAX_META) return 'the header of an object is too long'
    // A file may end with its header, which then has no data set to speak of.
    if (bytes.length < at + 8) return null
    if (bytes.readUInt16LE(at) !== 0x0002) return toMeta(found, at)
    const long = LONG_VRS.includes(bytes.toString('latin1', at + 4, at + 6))
    if (long && bytes.length < at + 12) return null
    const valueAt = at + (long ? 12 : 8)
    const length = long ? bytes.readUInt32LE(at + 8) : bytes.readUInt16LE(at + 6)
    if (valueAt + length > MAX_META) return 'the header of an object is too long'
    if (bytes.length < valueAt + length) return null
    const text = bytes.toString('latin1', valueAt, valueAt + length).replace(/[\0 ]+$/, '')
    found.set(bytes.readUInt16LE(at + 2), text)
    at = valueAt + length
  }
}

function toMeta(found: ReadonlyMap<number, string>, dataSetAt: number): Meta | string {
  const [sopClassUid = '', sopInstanceUid = '', transferSyntaxUid = ''] = [CLASS, INSTANCE, SYNTAX].map((number) =>
    found.get(number),
  )
  if (![sopClassUid, sopInstanceUid, transferSyntaxUid].every(isUid)) return 'an object does not say what it is'
  return { sopClassUid, sopInstanceUid, transferSyntaxUid, dataSetAt }
}
