import { type DicomObject, objectOfClass } from './dicom-objects-by-class.ts'
import { isDirectoryName } from './medium-names.ts'
import type { PassedOverKind } from './passed-over.ts'

/** Extensions that a folder is searched for. A file that was chosen by itself is tried whatever its name. */
export const IMAGE_EXTENSIONS = ['.dcm', '.dicom', '.ima', '.jpg', '.jpeg', '.png', '.tif', '.tiff', '.webp'] as const

/** Whether a file found in a folder is worth opening: an image by its name, and not hidden. */
export function looksLikeImage(fileName: string): boolean {
  const name = fileName.toLowerCase()
  return !name.startsWith('.') && IMAGE_EXTENSIONS.some((extension) => name.endsWith(extension))
}

/** As DICOM files often are: without an extension, or with a number for one, as a UID ends; on CDs also `IM000001;1`. */
export const isUnnamed = (fileName: string): boolean => !fileName.startsWith('.') && /^[^.]+$|\.\d*$/.test(fileName)

/** Taken like a folder of the images in it. */
export const isZip = (fileName: string): boolean => !fileName.startsWith('.') && /\.zip$/i.test(fileName)

/** Bytes of a file's beginning that are looked at. */
export const HEAD_BYTES = 1024
/** A preamble, and then `DICM` (PS3.10 7.1). */
const PREAMBLE = 128
/** Where a SOP class stands: (0002,0002), else (0008,0016), little- or big-endian. Its value begins 8 bytes on in any VR. */
const CLASS_ELEMENTS = ['\x02\0\x02\0', '\x08\0\x16\0', '\0\x08\0\x16']
const VALUE = 8

/**
 * Whether a file says of itself by its first bytes that it is DICOM, and not only the directory of a medium.
 *
 * @param head the first `HEAD_BYTES`, or the whole file where it is shorter
 */
export const isDicomImage = (head: Uint8Array): boolean => isDicomHead(head) && objectByHead(head) !== 'directory'

/** Whether it has the mark of a DICOM file. */
export const isDicomHead = (head: Uint8Array): boolean => textOf(head).startsWith('DICM', PREAMBLE)

/** The DICOM object without a picture that a file says it is by its first bytes; undefined for anything else. */
export function objectByHead(head: Uint8Array): DicomObject | undefined {
  const text = textOf(head)
  for (const element of CLASS_ELEMENTS) {
    const at = text.indexOf(element)
    const uid = at < 0 ? undefined : /^1\.2\.840\.10008\.[0-9.]+/.exec(text.slice(at + VALUE))?.[0]
    if (uid !== undefined) return objectOfClass(uid)
  }
  return undefined
}

const textOf = (head: Uint8Array) => String.fromCharCode(...head.subarray(0, HEAD_BYTES))

/** Of files found in a folder, also within a ZIP file: to be opened, passed over, or to be judged by `judgeHead`. */
export function judgeName(fileName: string): 'image' | PassedOverKind | 'by-head' {
  if (fileName.startsWith('.')) return 'hidden'
  if (isDirectoryName(fileName)) return 'directory'
  if (isUnnamed(fileName) || /\.(dcm|dicom|ima)$/i.test(fileName)) return 'by-head'
  return looksLikeImage(fileName) ? 'image' : 'other'
}

/** The same by a file's first bytes. What is called DICOM, or named by the directory of its medium, is tried. */
export function judgeHead(fileName: string, head: Uint8Array, named = false): 'image' | PassedOverKind {
  const object = objectByHead(head)
  if (object) return object
  return named || looksLikeImage(fileName) || isDicomHead(head) ? 'image' : 'other'
}
