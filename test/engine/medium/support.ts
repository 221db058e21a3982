import { element } from '../dicom/support/write.ts'

interface Record {
  /** `DIRECTORY RECORD TYPE`. */
  type?: string
  file?: string
  /** False: taken out. */
  inUse?: boolean
  /** Where its links lead. */
  next?: number
  lower?: number
}

const offset = (tag: number, value: number) =>
  element(tag, 'UL', Uint8Array.from(new Uint8Array(Uint32Array.of(value).buffer)))

/** A DICOMDIR of these records (PS3.3 F.3). */
export function dicomdir(records: Record[]): Buffer {
  const items = records.map(({ type = 'IMAGE', file, inUse = true, next = 0, lower = 0 }) =>
    Buffer.concat([
      offset(0x00041400, next),
      element(0x00041410, 'US', inUse ? 0xffff : 0),
      offset(0x00041420, lower),
      element(0x00041430, 'CS', type),
      ...(file === undefined ? [] : [element(0x00041500, 'CS', file)]),
    ]),
  )
  return Buffer.concat([
    Buffer.alloc(128),
    Buffer.from('DICM'),
    element(0x00020002, 'UI', '1.2.840.10008.1.3.10'),
    element(0x00020010, 'UI', '1.2.840.10008.1.2.1'),
    offset(0x00041200, 0),
    element(0x00041220, 'SQ', items),
  ])
}
