import type { AnsweredContext, AssociateRequest } from './associate.ts'
import { CONTEXT } from './associate.ts'
import { ABORTED, abort, REJECTED, reject } from './pdu.ts'
import type { Peers } from './peers.ts'
import {
  APPLICATION_CONTEXT,
  IMPLICIT_LITTLE_ENDIAN,
  STORAGE_CLASSES,
  TRANSFER_SYNTAXES,
  VERIFICATION,
} from './uids.ts'
import { Refused } from './wire.ts'

/** What was agreed for a presentation context. */
export interface AcceptedContext {
  abstractSyntax: string
  transferSyntax: string
}

/** Whether this association may be. @throws Refused with the answer for the peer */
export function admit(
  request: AssociateRequest,
  { peers, address, aeTitle }: { peers: Peers; address: string; aeTitle: string },
): void {
  // Bit 0 is version 1, the only one there is.
  if ((request.protocolVersion & 1) === 0) throw new Refused('malformed', reject(REJECTED.protocolVersion))
  if (request.applicationContext !== APPLICATION_CONTEXT) {
    throw new Refused('malformed', reject(REJECTED.applicationContext))
  }
  if (!peers.allow(request.callingAe, address)) throw new Refused('calling-ae', reject(REJECTED.callingAe))
  if (request.calledAe !== aeTitle) throw new Refused('called-ae', reject(REJECTED.calledAe))
}

/** Answers each proposed context; of the transfer syntaxes the first that is known, as the sender prefers it. */
export function negotiate(request: AssociateRequest): {
  answers: AnsweredContext[]
  accepted: Map<number, AcceptedContext>
} {
  const accepted = new Map<number, AcceptedContext>()
  const answers = request.contexts.map(({ id, abstractSyntax, transferSyntaxes }) => {
    const known = transferSyntaxes.find((uid) => TRANSFER_SYNTAXES.has(uid))
    const result = resultOf(abstractSyntax, known)
    if (known !== undefined && result === CONTEXT.accepted) accepted.set(id, { abstractSyntax, transferSyntax: known })
    return { id, result, transferSyntax: known ?? transferSyntaxes[0] ?? IMPLICIT_LITTLE_ENDIAN }
  })
  if (answers.length === 0) throw new Refused('malformed', abort(ABORTED.invalidParameter))
  return { answers, accepted }
}

function resultOf(abstractSyntax: string, transferSyntax: string | undefined): number {
  if (abstractSyntax !== VERIFICATION && !STORAGE_CLASSES.has(abstractSyntax)) return CONTEXT.noAbstractSyntax
  return transferSyntax === undefined ? CONTEXT.noTransferSyntax : CONTEXT.accepted
}
