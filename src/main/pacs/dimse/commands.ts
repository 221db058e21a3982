import {
  COMMAND,
  ELEMENT,
  element,
  NO_DATA_SET,
  numberOf,
  RESPONSE,
  readElements,
  short,
  text,
  textOf,
  writeElements,
} from '../../listener/command.ts'

const DATA_SET = 0x0001
const MEDIUM = 0

/** A request, PS3.7 9.3. */
export interface Request {
  field: number
  messageId: number
  sopClassUid: string
  hasDataSet: boolean
  /** C-MOVE: AE title of where to. */
  destination?: string
  /** C-STORE. */
  sopInstanceUid?: string
}

export function writeRequest(request: Request): Buffer {
  const { field, messageId, sopClassUid, hasDataSet, destination, sopInstanceUid } = request
  const elements = [
    element(ELEMENT.sopClass, text(sopClassUid, '\0')),
    element(ELEMENT.field, short(field)),
    element(ELEMENT.messageId, short(messageId)),
  ]
  if (destination !== undefined) elements.push(element(ELEMENT.destination, text(destination, ' ')))
  if (field !== COMMAND.echo) elements.push(element(ELEMENT.priority, short(MEDIUM)))
  elements.push(element(ELEMENT.dataSetType, short(hasDataSet ? DATA_SET : NO_DATA_SET)))
  if (sopInstanceUid !== undefined) elements.push(element(ELEMENT.sopInstance, text(sopInstanceUid, '\0')))
  return writeElements(elements)
}

/** C-CANCEL, PS3.7 9.3.2.3. */
export const writeCancel = (messageId: number): Buffer =>
  writeElements([
    element(ELEMENT.field, short(COMMAND.cancel)),
    element(ELEMENT.respondedTo, short(messageId)),
    element(ELEMENT.dataSetType, short(NO_DATA_SET)),
  ])

/** Sub-operations of C-GET and C-MOVE; null where it does not say. */
export interface Counts {
  remaining: number | null
  completed: number | null
  failed: number | null
  warning: number | null
}

export interface Response {
  field: number
  respondedTo: number
  hasDataSet: boolean
  status: number
  /** For people; '' where there is none. */
  comment: string
  counts: Counts
}

/** What came: an answer, or a request of the other end (C-STORE while it answers a C-GET). */
export type Incoming = { response: Response } | { request: Buffer }

/** @throws Refused `malformed` */
export function readIncoming(bytes: Buffer): Incoming {
  // Orthanc puts the list of what failed (0008,0058) into its answer, where it is to be a data set.
  const elements = readElements(bytes, 'passed-over')
  const field = numberOf(elements, ELEMENT.field)
  if ((field & RESPONSE) === 0) return { request: bytes }
  const count = (number: number) => (elements.get(number)?.length === 2 ? numberOf(elements, number) : null)
  return {
    response: {
      field,
      respondedTo: numberOf(elements, ELEMENT.respondedTo),
      hasDataSet: numberOf(elements, ELEMENT.dataSetType) !== NO_DATA_SET,
      status: numberOf(elements, ELEMENT.status),
      comment: textOf(elements, ELEMENT.comment)
        .replace(/[^ -~]/g, '?')
        .slice(0, 64),
      counts: {
        remaining: count(ELEMENT.remaining),
        completed: count(ELEMENT.completed),
        failed: count(ELEMENT.failed),
        warning: count(ELEMENT.warning),
      },
    },
  }
}
