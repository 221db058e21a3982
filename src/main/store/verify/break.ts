import type { AuditBreak, BreakKind } from '../../../shared/audit.ts'

interface Told {
  seq: number
  act: string
  subject: string
}

/** A break at an entry. */
export const breakAt = (kind: BreakKind, { seq, act, subject }: Told, what: string | null = null): AuditBreak => ({
  kind,
  sequence: seq,
  act,
  subject,
  what,
})

/** A break of which no entry tells. */
export const breakBeside = (kind: BreakKind, what: string): AuditBreak => ({
  kind,
  sequence: null,
  act: null,
  subject: null,
  what,
})
