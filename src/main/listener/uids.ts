/**
 * What the listener accepts: classes of images that Gyrus can read, and the ways in which their bytes may be written.
 * UIDs of PS3.6, annex A.
 */
export const VERIFICATION = '1.2.840.10008.1.1'
export const APPLICATION_CONTEXT = '1.2.840.10008.3.1.1.1'

const storage = (last: string) => `1.2.840.10008.5.1.4.1.1.${last}`

export const STORAGE_CLASSES: ReadonlyMap<string, string> = new Map([
  [storage('4'), 'MR Image'],
  [storage('4.1'), 'Enhanced MR Image'],
  [storage('4.3'), 'Enhanced MR Color Image'],
  [storage('2'), 'CT Image'],
  [storage('2.1'), 'Enhanced CT Image'],
  [storage('7'), 'Secondary Capture Image'],
  [storage('7.2'), 'Multi-frame Grayscale Byte Secondary Capture Image'],
  [storage('7.3'), 'Multi-frame Grayscale Word Secondary Capture Image'],
  [storage('7.4'), 'Multi-frame True Color Secondary Capture Image'],
])

export const IMPLICIT_LITTLE_ENDIAN = '1.2.840.10008.1.2'

export const TRANSFER_SYNTAXES: ReadonlyMap<string, string> = new Map([
  [IMPLICIT_LITTLE_ENDIAN, 'Implicit VR Little Endian'],
  ['1.2.840.10008.1.2.1', 'Explicit VR Little Endian'],
  ['1.2.840.10008.1.2.1.99', 'Deflated Explicit VR Little Endian'],
  ['1.2.840.10008.1.2.2', 'Explicit VR Big Endian'],
  ['1.2.840.10008.1.2.5', 'RLE Lossless'],
  ['1.2.840.10008.1.2.4.50', 'JPEG Baseline'],
  ['1.2.840.10008.1.2.4.51', 'JPEG Extended'],
  ['1.2.840.10008.1.2.4.57', 'JPEG Lossless'],
  ['1.2.840.10008.1.2.4.70', 'JPEG Lossless SV1'],
  ['1.2.840.10008.1.2.4.80', 'JPEG-LS Lossless'],
  ['1.2.840.10008.1.2.4.81', 'JPEG-LS Near-Lossless'],
  ['1.2.840.10008.1.2.4.90', 'JPEG 2000 Lossless'],
  ['1.2.840.10008.1.2.4.91', 'JPEG 2000'],
  ['1.2.840.10008.1.2.4.201', 'HTJ2K Lossless'],
  ['1.2.840.10008.1.2.4.202', 'HTJ2K Lossless RPCL'],
  ['1.2.840.10008.1.2.4.203', 'HTJ2K'],
])

/** Without a number: the same object makes the same file whichever Gyrus takes it. */
export const IMPLEMENTATION_VERSION = 'GYRUS'

/** PS3.5 9.1, with leading zeros let through, as senders have them. */
export const isUid = (text: string): boolean => text.length <= 64 && /^\d+(\.\d+)*$/.test(text)
