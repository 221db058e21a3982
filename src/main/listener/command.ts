import { ABORTED, abort } from './pdu.ts'
import { Refused } from './wire.ts'

/** Command sets of PS3.7, section 9.3 and annex E: implicit VR little endian, group 0000 alone. */
export const COMMAND = { store: 0x0001, get: 0x0010, find: 0x0020, move: 0x0021, echo: 0x0030, cancel: 0x0fff } as const
export const RESPONSE = 0x8000
/** (0000,0800): no data set follows. */
export const NO_DATA_SET = 0x0101

/** PS3.7 annex C, PS3.4 B.2.3. */
export const STATUS = {
  success: 0x0000,
  invalidInstance: 0x0117,
  classNotSupported: 0x0122,
  /** Refused: not authorised. */
  notAuthorised: 0x0124,
  unrecognised: 0x0211,
  outOfResources: 0xa700,
  cannotUnderstand: 0xc000,
} as const

export const ELEMENT = {
  groupLength: 0x0000,
  sopClass: 0x0002,
  field: 0x0100,
  messageId: 0x0110,
  respondedTo: 0x0120,
  destination: 0x0600,
  priority: 0x0700,
  dataSetType: 0x0800,
  status: 0x0900,
  comment: 0x0902,
  sopInstance: 0x1000,
  remaining: 0x1020,
  completed: 0x1021,
  failed: 0x1022,
  warning: 0x1023,
} as const

export interface Command {
  field: number
  messageId: number
  hasDataSet: boolean
  /** '' where it is not there. */
  sopClassUid: string
  sopInstanceUid: string
}

/**
 * Values by their element's number.
 *
 * @param others elements of other groups, which no command has, are passed over
 * @throws Refused `malformed`
 */
export function readElements(bytes: Buffer, others: 'refused' | 'passed-over' = 'refused'): Map<number, Buffer> {
  const elements = new Map<number, Buffer>()
  for (let at = 0; at < bytes.length; ) {
    if (at + 8 > bytes.length) throw malformed()
    const isCommand = bytes.readUInt16LE(at) === 0
    if (!isCommand && others === 'refused') throw malformed()
    const end = at + 8 + bytes.readUInt32LE(at + 4)
    if (end > bytes.length) throw malformed()
    if (isCommand) elements.set(bytes.readUInt16LE(at + 2), bytes.subarray(at + 8, end))
    at = end
  }
  return elements
}

/** @throws Refused `malformed` */
export function readCommand(bytes: Buffer): Command {
  return commandOf(readElements(bytes))
}

/** @throws Refused `malformed` */
export function commandOf(elements: Map<number, Buffer>): Command {
  return {
    field: numberOf(elements, ELEMENT.field),
    messageId: numberOf(elements, ELEMENT.messageId),
    hasDataSet: numberOf(elements, ELEMENT.dataSetType) !== NO_DATA_SET,
    sopClassUid: textOf(elements, ELEMENT.sopClass),
    sopInstanceUid: textOf(elements, ELEMENT.sopInstance),
  }
}

/** @throws Refused `malformed` where it is not there, or no number of 16 bits */
export function numberOf(elements: Map<number, Buffer>, element: number): number {
  const value = elements.get(element)
  if (value?.length !== 2) throw malformed()
  return value.readUInt16LE(0)
}

/** '' where it is not there. */
export function textOf(elements: Map<number, Buffer>, element: number): string {
  const value = elements.get(element)?.toString('latin1') ?? ''
  return value.replace(/[\0 ]+$/, '')
}

/** The answer to a command. `comment`: for whoever reads the sender's log, 64 characters at most. */
export function writeResponse(to: Command, status: number, comment = ''): Buffer {
  const elements = [
    element(ELEMENT.sopClass, text(to.sopClassUid, '\0')),
    element(ELEMENT.field, short(to.field | RESPONSE)),
    element(ELEMENT.respondedTo, short(to.messageId)),
    element(ELEMENT.dataSetType, short(NO_DATA_SET)),
    element(ELEMENT.status, short(status)),
  ]
  if (comment) elements.push(element(ELEMENT.comment, text(comment, ' ')))
  if (to.sopInstanceUid) elements.push(element(ELEMENT.sopInstance, text(to.sopInstanceUid, '\0')))
  return writeElements(elements)
}

/** A command set of these elements, which stand in the order of their numbers. */
export function writeElements(elements: Buffer[]): Buffer {
  const body = Buffer.concat(elements)
  const length = Buffer.alloc(4)
  length.writeUInt32LE(body.length)
  return Buffer.concat([element(ELEMENT.groupLength, length), body])
}

export function element(number: number, value: Buffer): Buffer {
  const header = Buffer.alloc(8)
  header.writeUInt16LE(number, 2)
  header.writeUInt32LE(value.length, 4)
  return Buffer.concat([header, value])
}

export function short(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16LE(value)
  return bytes
}

/** Values have even lengths. */
export const text = (value: string, pad: string) => Buffer.from(value.length % 2 === 0 ? value : value + pad, 'latin1')
const malformed = () => new Refused('malformed', abort(ABORTED.invalidParameter))
