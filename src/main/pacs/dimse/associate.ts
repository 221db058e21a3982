import { IMPLEMENTATION_UID } from '../../../shared/dicom-implementation.ts'
import { ascii, CONTEXT, FIXED, ITEM, item, items, USER, uid } from '../../listener/associate.ts'
import { malformed } from '../../listener/fragments.ts'
import type { AcceptedContext } from '../../listener/negotiate.ts'
import { PDU, pdu } from '../../listener/pdu.ts'
import { APPLICATION_CONTEXT, IMPLEMENTATION_VERSION } from '../../listener/uids.ts'

/** A presentation context that is asked for. */
export interface Proposed {
  abstractSyntax: string
  transferSyntaxes: string[]
  /** The other end is to send objects of this class to us (C-GET). */
  receives?: boolean
}

export interface Accepted {
  /** By number. */
  contexts: Map<number, AcceptedContext>
  /** Bytes that the other end takes in one PDU. */
  maxPdu: number
}

/** Smaller ones cannot hold a fragment of any use, and would make a message endless. */
const LEAST_PDU = 256
/** Where the other end sets no limit. */
const OUR_PDU = 64 * 1024

/** A-ASSOCIATE-RQ, PS3.8 9.3.2. `maxPdu`: bytes that we take in one PDU. */
export function writeAssociateRequest(
  { calledAe, callingAe }: { calledAe: string; callingAe: string },
  proposed: Proposed[],
  maxPdu: number,
): Buffer {
  const titles = ascii(calledAe.padEnd(16) + callingAe.padEnd(16))
  const contexts = proposed.map(({ abstractSyntax, transferSyntaxes }, at) => {
    const syntaxes = transferSyntaxes.map((syntax) => item(ITEM.transfer, ascii(syntax)))
    const parts = [Buffer.from([numberOf(at), 0, 0, 0]), item(ITEM.abstract, ascii(abstractSyntax)), ...syntaxes]
    return item(ITEM.proposed, Buffer.concat(parts))
  })
  const length = Buffer.alloc(4)
  length.writeUInt32BE(maxPdu)
  const received = new Set(proposed.filter(({ receives }) => receives).map(({ abstractSyntax }) => abstractSyntax))
  const user = Buffer.concat([
    item(USER.maxLength, length),
    item(USER.implementationClass, ascii(IMPLEMENTATION_UID)),
    ...[...received].map(role),
    item(USER.implementationVersion, ascii(IMPLEMENTATION_VERSION)),
  ])
  const fixed = Buffer.concat([Buffer.from([0, 1, 0, 0]), titles, Buffer.alloc(32)])
  const application = item(ITEM.application, ascii(APPLICATION_CONTEXT))
  return pdu(PDU.associateRequest, Buffer.concat([fixed, application, ...contexts, item(ITEM.user, user)]))
}

/** A-ASSOCIATE-AC, PS3.8 9.3.3. @throws Refused `malformed` */
export function readAssociateAccept(body: Buffer, proposed: Proposed[]): Accepted {
  if (body.length < FIXED) throw malformed()
  const accepted: Accepted = { contexts: new Map(), maxPdu: OUR_PDU }
  for (const { type, value } of items(body.subarray(FIXED))) {
    if (type === ITEM.answered) readContext(value, proposed, accepted.contexts)
    else if (type === ITEM.user) accepted.maxPdu = maxPduOf(value)
  }
  return accepted
}

function readContext(value: Buffer, proposed: Proposed[], into: Map<number, AcceptedContext>): void {
  if (value.length < 4) throw malformed()
  const id = value.readUInt8(0)
  const asked = proposed[(id - 1) / 2]
  if (!asked || into.has(id)) throw malformed()
  if (value.readUInt8(2) !== CONTEXT.accepted) return
  const [syntax] = [...items(value.subarray(4))].filter(({ type }) => type === ITEM.transfer)
  const transferSyntax = syntax ? uid(syntax.value) : ''
  // One that nobody proposed could not be read.
  if (!asked.transferSyntaxes.includes(transferSyntax)) throw malformed()
  into.set(id, { abstractSyntax: asked.abstractSyntax, transferSyntax })
}

function maxPduOf(user: Buffer): number {
  for (const { type, value } of items(user)) {
    if (type !== USER.maxLength || value.length !== 4) continue
    const stated = value.readUInt32BE(0)
    if (stated !== 0 && stated < LEAST_PDU) throw malformed()
    return stated === 0 ? OUR_PDU : Math.min(stated, OUR_PDU)
  }
  return OUR_PDU
}

/** SCP/SCU role selection, PS3.7 D.3.3.4: we take the part of the one that stores. */
function role(sopClass: string): Buffer {
  const length = Buffer.alloc(2)
  length.writeUInt16BE(sopClass.length)
  return item(USER.roles, Buffer.concat([length, ascii(sopClass), Buffer.from([0, 1])]))
}

/** Odd numbers from 1 to 255. */
const numberOf = (at: number) => 2 * at + 1
