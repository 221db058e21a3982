import { mayDo } from '../../../shared/accounts.ts'
import { changesOf, type ReadingChanges, type ReadingCount, type ReadingSpan } from '../../../shared/reading-changes.ts'
import type { ReadStore } from '../../store/types.ts'

/**
 * How readings changed once the answer was shown, as somebody may see it: a radiologist their own ones, who administers or
 * audits those of all. Who has no account, as on the command line before the first one, is shown all.
 */
export async function changesSeenBy(store: ReadStore, span: ReadingSpan, who: string): Promise<ReadingChanges> {
  const account = await store.findAccount(who)
  const readsOnly = account !== null && mayDo(account.role, 'review') && !mayDo(account.role, 'administer')
  const of = readsOnly ? who : null
  const counts = await store.readingChanges(span, of)
  return {
    ...{ at: new Date().toISOString(), ...span, of, all: changesOf(counts) },
    readers: groups(counts, ({ reader }) => reader).map(([reader, own]) => ({ reader, ...changesOf(own) })),
    months: groups(counts, ({ day }) => day.slice(0, 7)).map(([month, own]) => ({ month, ...changesOf(own) })),
  }
}

const groups = (counts: ReadingCount[], by: (count: ReadingCount) => string) =>
  [...Map.groupBy(counts, by)].sort(([a], [b]) => (a < b ? -1 : 1))
