import { GyrusError } from '../../../shared/errors.ts'
import { Parser } from '../../engine/decode/dicom/parse.ts'

/** A DICOM file as it is sent: what its meta header says, and its data set. */
export interface Sendable {
  sopClassUid: string
  sopInstanceUid: string
  transferSyntax: string
  dataSet: Uint8Array
}

const START = 132

/** @throws GyrusError `image-unsupported`, `image-truncated`, `dicom-damaged` */
export function readSendable(file: Uint8Array): Sendable {
  if (Buffer.from(file.subarray(128, START)).toString('latin1') !== 'DICM') throw new GyrusError('image-unsupported')
  const parser = new Parser(file, START)
  const meta = parser.read({ little: true, explicit: true }, 0x0002)
  return {
    sopClassUid: meta.text('MediaStorageSOPClassUID'),
    sopInstanceUid: meta.text('MediaStorageSOPInstanceUID'),
    transferSyntax: meta.text('TransferSyntaxUID'),
    dataSet: file.subarray(parser.at),
  }
}
