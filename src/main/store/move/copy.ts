import { setImmediate as nextTurn } from 'node:timers/promises'
import { GyrusError } from '../../../shared/errors.ts'
import type { CopyFollowing } from '../care-types.ts'
import { type Digests, RowDigest } from './cells.ts'
import { BEFORE_ALL, type Page, type Source, type Target } from './side.ts'
import type { Table } from './tables.ts'

/** Rows of one step, between which it can be cancelled. */
const CHUNK = 500

/**
 * Puts all rows of the source into the target, table by table.
 *
 * @returns the digests of what was read
 * @throws GyrusError `cancelled`, what the databases say
 */
export const copyRows = (source: Source, target: Target, tables: Table[], following: CopyFollowing): Promise<Digests> =>
  walkRows(source, tables, { ...following, stage: 'rows' }, (table, page) => target.add(table, page))

/** The digests of all tables. @throws GyrusError `cancelled`, what the database says */
export const digestsOf = (source: Source, tables: Table[], following: CopyFollowing): Promise<Digests> =>
  walkRows(source, tables, { ...following, stage: 'check' }, async () => undefined)

async function walkRows(
  source: Source,
  tables: Table[],
  { stage, signal, onProgress }: CopyFollowing & { stage: string },
  each: (table: Table, page: Page) => Promise<void>,
): Promise<Digests> {
  let total = 0
  for (const table of tables) total += await source.count(table)
  let done = 0
  const digests: Digests = {}
  for (const table of tables) {
    const digest = new RowDigest()
    for (let after: string | undefined = BEFORE_ALL; after !== undefined; ) {
      await nextTurn()
      if (signal?.aborted) throw new GyrusError('cancelled')
      const page = await source.page(table, after, CHUNK)
      if (page.rows.length > 0) await each(table, page)
      digest.add(page.rows)
      done += page.rows.length
      after = page.places.at(-1)
      onProgress?.({ stage, done, total })
    }
    digests[table.name] = digest.end()
  }
  return digests
}
