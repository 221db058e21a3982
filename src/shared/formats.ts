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

/** Bytes of a file's beginning that `isDicomImage` looks at. */
export const HEAD_BYTES = 1024
/** A preamble, and then `DICM` (PS3.10 7.1). */
const PREAMBLE = 128
/** The class of a `DICOMDIR`, Media Storage Directory Storage (PS3.4 I.4), as the element (0002,0002) that states it. */
const DIRECTORY_CLASS = '\x02\0\x02\0UI\x14\x001.2.840.10008.1.3.10'

/**
 * Whether a file says of itself by its first bytes that it is DICOM, and not only the directory of a medium.
 *
 * @param head the first `HEAD_BYTES`, or the whole file where it is shorter
 */
export function isDicomImage(head: Uint8Array): boolean {
  const text = String.fromCharCode(...head.subarray(0, HEAD_BYTES))
  return text.startsWith('DICM', PREAMBLE) && !text.includes(DIRECTORY_CLASS)
}
