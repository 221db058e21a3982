import type { ErrorCode, ErrorDetails } from '../../shared/errors.ts'
import type { Sending, SendingCounts } from '../../shared/sending.ts'
import type { ObjectKind } from './object-types.ts'

/** What a try needs to know. */
export interface DueSending {
  id: number
  caseId: string
  /** The PACS's id. */
  pacs: string
  pacsName: string
  by: string
  why: Sending['why']
  askedAt: string
  tries: number
}

/** What came of a try that failed. */
export interface FailedTry {
  id: number
  code: ErrorCode
  details: ErrorDetails
  /** When it is tried again; null where it is not. */
  nextAt: string | null
}

export interface SendingReads {
  /** The PACS that results go to by themselves after the signature; null for none, and where it was removed. */
  sendTo(): Promise<string | null>
  /** Of a case, newest first. */
  sendingsOf(caseId: string): Promise<Sending[]>
  /** Those that failed, or wait to be tried again after a failure; newest first. */
  failingSendings(limit: number): Promise<Sending[]>
  sendingCounts(): Promise<SendingCounts>
}

export interface SendingStore extends SendingReads {
  /** @throws GyrusError `pacs-unknown` */
  setSendTo(pacs: string | null, actor: string): Promise<void>
  /** Puts a case in the queue; earlier ones of it to the same PACS are superseded. @throws GyrusError `pacs-unknown` */
  askToSend(asked: { caseId: string; pacs: string; by: string }): Promise<number>
  /** Those whose time has come, the oldest first. `only`: this one, whatever its time. */
  dueSendings(now: string, only?: number): Promise<DueSending[]>
  /** When the next one is due; null where none waits. */
  nextSending(): Promise<string | null>
  sent(id: number, objects: { kind: ObjectKind; uid: string }[]): Promise<void>
  sendingFailed(failed: FailedTry): Promise<void>
  /** @throws GyrusError `sending-unknown` */
  retrySending(id: number, actor: string): Promise<void>
  /** @throws GyrusError `sending-unknown` */
  giveUpSending(id: number, actor: string): Promise<void>
}
