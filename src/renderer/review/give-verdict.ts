import type { CaseDetail } from '../../shared/cases.ts'
import type { RequestInput } from '../../shared/contract.ts'
import { call } from '../client/client.ts'

interface As {
  /** What a case that two read waits for, of this reader. */
  task: 'read' | 'adjudicate' | null
  /** The verdict that stands on the screen. */
  over: number
  /** Of an amendment. */
  reason: string | null
}

/** The request that a verdict is given by. */
export function giveVerdict(given: RequestInput<'cases.review'>, { task, over, reason }: As): Promise<CaseDetail> {
  if (task === 'read') return call('cases.read-second', given)
  if (task === 'adjudicate') return call('cases.adjudicate', { ...given, over })
  return reason === null ? call('cases.review', given) : call('cases.amend', { ...given, amends: over, reason })
}
