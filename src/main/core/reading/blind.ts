import { mayDo } from '../../../shared/accounts.ts'
import type { ReadStore } from '../../store/types.ts'

/**
 * The reader as the store is to know them where answers are kept from them until they recorded an impression; null
 * where they are shown all, as to those who read no cases.
 */
export async function blindOf(store: ReadStore, reader: string): Promise<string | null> {
  const { department, own } = await store.readingSettings(reader)
  if (!department && !own) return null
  const account = await store.findAccount(reader)
  return account && mayDo(account.role, 'review') ? reader : null
}
