import type { CaseState } from '../shared/cases.ts'

/** What a reader sees for the state of a case. */
export const states: Record<CaseState, string> = {
  received: 'Waiting',
  analysed: 'Unread',
  reviewed: 'Read',
  signed: 'Signed',
  failed: 'Failed',
}
