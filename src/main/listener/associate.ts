import { IMPLEMENTATION_UID } from '../../shared/dicom-implementation.ts'
import { ABORTED, abort, PDU, pdu } from './pdu.ts'
import { APPLICATION_CONTEXT, IMPLEMENTATION_VERSION } from './uids.ts'
import { Refused } from './wire.ts'

/** A-ASSOCIATE-RQ, PS3.8 9.3.2. */
export interface AssociateRequest {
  protocolVersion: number
  calledAe: string
  callingAe: string
  applicationContext: string
  contexts: ProposedContext[]
  /** Both AE titles and what is reserved, to be sent back as it came. */
  echoed: Buffer
}

export interface ProposedContext {
  id: number
  abstractSyntax: string
  transferSyntaxes: string[]
}

/** PS3.8 table 9-18: 0 is accepted. */
export const CONTEXT = { accepted: 0, noAbstractSyntax: 3, noTransferSyntax: 4 } as const

export interface AnsweredContext {
  id: number
  result: number
  /** Of no meaning unless accepted. */
  transferSyntax: string
}

export const ITEM = {
  application: 0x10,
  proposed: 0x20,
  answered: 0x21,
  abstract: 0x30,
  transfer: 0x40,
  user: 0x50,
} as const
export const USER = { maxLength: 0x51, implementationClass: 0x52, roles: 0x54, implementationVersion: 0x55 } as const
export const FIXED = 68

/** @throws Refused `malformed` */
export function readAssociateRequest(body: Buffer): AssociateRequest {
  if (body.length < FIXED) throw malformedItem()
  const request: AssociateRequest = {
    protocolVersion: body.readUInt16BE(0),
    calledAe: aeTitle(body.subarray(4, 20)),
    callingAe: aeTitle(body.subarray(20, 36)),
    applicationContext: '',
    contexts: [],
    echoed: body.subarray(4, FIXED),
  }
  for (const { type, value } of items(body.subarray(FIXED))) {
    if (type === ITEM.application) request.applicationContext = uid(value)
    else if (type === ITEM.proposed) request.contexts.push(proposed(value))
  }
  const ids = new Set(request.contexts.map(({ id }) => id))
  if (ids.size !== request.contexts.length) throw malformedItem()
  return request
}

/** A-ASSOCIATE-AC, PS3.8 9.3.3. `maxPdu`: bytes that we take in one PDU. */
export function writeAssociateAccept(request: AssociateRequest, contexts: AnsweredContext[], maxPdu: number): Buffer {
  const fixed = Buffer.concat([Buffer.from([0, 1, 0, 0]), request.echoed])
  const answers = contexts.map(({ id, result, transferSyntax }) =>
    item(ITEM.answered, Buffer.concat([Buffer.from([id, 0, result, 0]), item(ITEM.transfer, ascii(transferSyntax))])),
  )
  const length = Buffer.alloc(4)
  length.writeUInt32BE(maxPdu)
  const user = Buffer.concat([
    item(USER.maxLength, length),
    item(USER.implementationClass, ascii(IMPLEMENTATION_UID)),
    item(USER.implementationVersion, ascii(IMPLEMENTATION_VERSION)),
  ])
  const application = item(ITEM.application, ascii(APPLICATION_CONTEXT))
  return pdu(PDU.associateAccept, Buffer.concat([fixed, application, ...answers, item(ITEM.user, user)]))
}

function proposed(value: Buffer): ProposedContext {
  if (value.length < 4) throw malformedItem()
  const context: ProposedContext = { id: value.readUInt8(0), abstractSyntax: '', transferSyntaxes: [] }
  // Odd numbers only, so that there are 128 at most.
  if (context.id % 2 === 0) throw malformedItem()
  for (const { type, value: part } of items(value.subarray(4))) {
    if (type === ITEM.abstract) context.abstractSyntax = uid(part)
    else if (type === ITEM.transfer) context.transferSyntaxes.push(uid(part))
  }
  return context
}

/** @throws Refused `malformed` */
export function* items(bytes: Buffer): Generator<{ type: number; value: Buffer }> {
  for (let at = 0; at < bytes.length; ) {
    if (at + 4 > bytes.length) throw malformedItem()
    const end = at + 4 + bytes.readUInt16BE(at + 2)
    if (end > bytes.length) throw malformedItem()
    yield { type: bytes.readUInt8(at), value: bytes.subarray(at + 4, end) }
    at = end
  }
}

export function item(type: number, value: Buffer): Buffer {
  const header = Buffer.from([type, 0, 0, 0])
  header.writeUInt16BE(value.length, 2)
  return Buffer.concat([header, value])
}

export const ascii = (text: string) => Buffer.from(text, 'ascii')
/** Some pad UIDs with a zero byte here too. */
export const uid = (value: Buffer) => value.toString('latin1').replace(/[\0 ]+$/, '')
/** What no AE title may hold is made visible, as it is shown to an administrator. */
const aeTitle = (value: Buffer) =>
  value
    .toString('latin1')
    .replace(/[^ -~]/g, '?')
    .trim()
export const malformedItem = () => new Refused('malformed', abort(ABORTED.invalidParameter))
