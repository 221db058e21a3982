import { inflateRawSync } from 'node:zlib'
import { GyrusError } from '../../../../shared/errors.ts'
import type { DataSet } from './data-set.ts'
import { TAG } from './dictionary.ts'
import { MAX_INFLATED } from './limits.ts'
import { type Encoding, Parser } from './parse.ts'

export const SYNTAX = {
  implicit: '1.2.840.10008.1.2',
  explicit: '1.2.840.10008.1.2.1',
  deflated: '1.2.840.10008.1.2.1.99',
  big: '1.2.840.10008.1.2.2',
} as const

/** A DICOM file: its data set, and how the pixels in it are coded. */
export interface DicomFile {
  syntax: string
  set: DataSet
}

/** Of the first element: a file has 128 bytes of anything and then `DICM` (PS3.10, section 7.1), or neither. */
export function startOf(bytes: Uint8Array): number | undefined {
  const at = (offset: number) =>
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1', offset, offset + 4)
  if (at(128) === 'DICM') return 132
  if (at(0) === 'DICM') return 4
  return isElement(bytes) ? 0 : undefined
}

/** Groups that a file without a preamble can begin with: file meta and identification. */
const FIRST_GROUPS = new Set([0x0002, 0x0008])

/** Whether the bytes begin as an element does: a known group, then a VR in letters or a length that fits the file. */
function isElement(bytes: Uint8Array): boolean {
  if (bytes.length < 16) return false
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return [true, false].some((little) => {
    if (!FIRST_GROUPS.has(view.getUint16(0, little)) || view.getUint16(2, little) > 0x1000) return false
    return hasVr(bytes, 0) || view.getUint32(4, little) < Math.min(bytes.length, 0x10000)
  })
}

const hasVr = (bytes: Uint8Array, at: number) =>
  /^[A-Z]{2}$/.test(String.fromCharCode(bytes[at + 4] ?? 0, bytes[at + 5] ?? 0))

/**
 * Reads a file's header, up to and with where its pixels lie.
 * @throws GyrusError `image-truncated`, `dicom-damaged`, `dicom-limit`
 */
export function readFile(bytes: Uint8Array): DicomFile {
  const start = startOf(bytes)
  if (start === undefined) throw new GyrusError('image-unsupported')
  const parser = new Parser(bytes, start)
  // Group 2 is explicit little-endian whatever follows; a file without it begins at once.
  const isMeta = bytes[start] === 2 && bytes[start + 1] === 0
  const stated = isMeta ? parser.read({ little: true, explicit: true }, 0x0002).text('TransferSyntaxUID') : ''
  const syntax = stated.replace(/[^0-9.]/g, '')
  if (syntax === SYNTAX.deflated) {
    const inflated = inflate(bytes.subarray(parser.at))
    return { syntax, set: new Parser(inflated, 0).read({ little: true, explicit: true }) }
  }
  const encoding = encodingAt(bytes, parser.at, syntax)
  return { syntax: syntax === '' ? nameOf(encoding) : syntax, set: parser.read(encoding) }
}

/** As the bytes are: files are about that state one encoding and have the other. */
function encodingAt(bytes: Uint8Array, at: number, syntax: string): Encoding {
  const explicit = hasVr(bytes, at)
  if (syntax !== '') return { little: syntax !== SYNTAX.big, explicit }
  return { little: bytes[at] !== 0, explicit }
}

function nameOf({ little, explicit }: Encoding): string {
  if (!little) return SYNTAX.big
  return explicit ? SYNTAX.explicit : SYNTAX.implicit
}

function inflate(bytes: Uint8Array): Uint8Array {
  try {
    return inflateRawSync(bytes, { maxOutputLength: MAX_INFLATED })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ERR_BUFFER_TOO_LARGE') {
      throw new GyrusError('dicom-limit', { what: 'bytes when inflated', limit: MAX_INFLATED }, { cause: error })
    }
    throw new GyrusError(code === 'Z_BUF_ERROR' ? 'image-truncated' : 'image-corrupt', {}, { cause: error })
  }
}

export const isEncapsulated = ({ elements }: DataSet): boolean => elements.get(TAG.PixelData)?.fragments !== undefined
