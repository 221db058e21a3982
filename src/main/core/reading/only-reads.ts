import { mayDo } from '../../../shared/accounts.ts'
import type { ReadStore } from '../../store/types.ts'

/**
 * The name of somebody who reads cases and does not administer; null for who administers or audits, and for who has no
 * account, as on the command line before the first one: those are shown all.
 */
export async function onlyReads(store: Pick<ReadStore, 'findAccount'>, who: string): Promise<string | null> {
  const account = await store.findAccount(who)
  const reads = account !== null && mayDo(account.role, 'review') && !mayDo(account.role, 'administer')
  return reads ? who : null
}
