import { changesOf, type ReadingChanges, type ReadingCount, type ReadingSpan } from '../../../shared/reading-changes.ts'
import type { ReadStore } from '../../store/types.ts'
import { onlyReads } from './only-reads.ts'

/**
 * How readings changed once the answer was shown, as somebody may see it: a radiologist their own ones, who administers or
 * audits those of all. Who has no account, as on the command line before the first one, is shown all.
 */
export async function changesSeenBy(store: ReadStore, span: ReadingSpan, who: string): Promise<ReadingChanges> {
  const of = await onlyReads(store, who)
  const counts = await store.readingChanges(span, of)
  return {
    ...{ at: new Date().toISOString(), ...span, of, all: changesOf(counts) },
    readers: groups(counts, ({ reader }) => reader).map(([reader, own]) => ({ reader, ...changesOf(own) })),
    months: groups(counts, ({ day }) => day.slice(0, 7)).map(([month, own]) => ({ month, ...changesOf(own) })),
  }
}

const groups = (counts: ReadingCount[], by: (count: ReadingCount) => string) =>
  [...Map.groupBy(counts, by)].sort(([a], [b]) => (a < b ? -1 : 1))
