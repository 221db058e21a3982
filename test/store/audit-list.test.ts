import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { Kysely } from 'kysely'
import { describe, expect, it, onTestFinished } from 'vitest'
import { entriesQuery } from '../../src/main/store/audit/list.ts'
import { StoreDialect } from '../../src/main/store/dialect/sqlite.ts'
import { openStore } from '../../src/main/store/index.ts'
import type { Database } from '../../src/main/store/schema.ts'
import { type AuditPlace, type AuditQuery, auditQuerySchema } from '../../src/shared/audit.ts'
import { newCase, newResult } from '../support/cases.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { itInSqlite } from '../support/only-sqlite.ts'

const query = (change: Partial<AuditQuery> = {}) => auditQuerySchema.parse(change)

async function openTestStore() {
  const file = join(temporaryFolder(), 'gyrus.sqlite')
  const store = await openStore(file)
  onTestFinished(() => store.close())
  const cases = [newCase(), newCase({ receivedBy: 'Dr B' }), newCase()]
  await store.receive(cases)
  await store.complete(cases.map(({ id }) => newResult(id)))
  await store.review({ caseId: cases[0]?.id ?? '', reader: 'Dr B', verdict: 'agree', label: null, comment: '' })
  return { store, file, cases }
}

describe('the list of entries', () => {
  it('is newest first, filtered by who, what and to what', async () => {
    const { store, cases } = await openTestStore()
    const list = async (change: Partial<AuditQuery>) => {
      const { entries } = await store.listAudit(query(change), null, 50)
      expect(await store.countAudit(query(change))).toBe(entries.length)
      return entries.map(({ sequence }) => sequence)
    }
    expect(await list({})).toEqual([7, 6, 5, 4, 3, 2, 1])
    expect(await list({ actors: ['Dr B'] })).toEqual([7, 2])
    expect(await list({ acts: ['case.reviewed', 'case.received', 'case.reviewed'] })).toEqual([7, 3, 2, 1])
    expect(await list({ acts: ['case.received'], actors: ['Dr B', 'nobody'] })).toEqual([2])
    expect(await list({ subject: cases[0]?.id ?? '' })).toEqual([7, 4, 1])
    expect(await list({ subject: cases[0]?.id ?? '', acts: ['case.reviewed'] })).toEqual([7])
    expect(await list({ near: 1 })).toEqual([6, 5, 4, 3, 2, 1])
    expect(await list({ near: 12 })).toEqual([7])
    expect(await list({ near: 12, acts: ['case.received'], until: '2999-01-01T00:00:00.000Z' })).toEqual([])
    expect(await list({ from: '2999-01-01T00:00:00.000Z' })).toEqual([])
    expect(await list({ until: '2999-01-01T00:00:00.000Z' })).toHaveLength(7)
  })

  it('is walked page by page without losing or repeating an entry', async () => {
    const { store } = await openTestStore()
    const seen: number[] = []
    let after: AuditPlace | null = null
    do {
      const page: Awaited<ReturnType<typeof store.listAudit>> = await store.listAudit(query(), after, 2)
      seen.push(...page.entries.map(({ sequence }) => sequence))
      after = page.next
    } while (after)
    expect(seen).toEqual([7, 6, 5, 4, 3, 2, 1])
  })

  it('knows its actors and acts', async () => {
    const { store } = await openTestStore()
    expect(await store.auditFacets()).toEqual({
      actors: ['Dr B', 'Dr Test', 'gyrus'],
      acts: ['case.analysed', 'case.received', 'case.reviewed'],
    })
  })

  itInSqlite('finds an entry and those next to it by their numbers, and walks no index for it', async () => {
    const { file } = await openTestStore()
    const sqlite = new SQLite(file)
    onTestFinished(() => void sqlite.close())
    const db = new Kysely<Database>({ dialect: new StoreDialect(sqlite) })
    const asked = query({ near: 4, acts: ['case.received'], subject: 'x', from: '2026-01-01T00:00:00.000Z' })
    const { sql, parameters } = entriesQuery(asked, { at: '2026-06-01T00:00:00.000Z', sequence: 5 }, 100).compile(db)
    const plan = sqlite.prepare(`explain query plan ${sql}`).all(...parameters) as { detail: string }[]
    const reads = plan.map(({ detail }) => detail).filter((step) => /\baudit\b/.test(step))
    expect(reads).toEqual(['SEARCH audit USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)'])
  })

  itInSqlite.each([
    [{}, 'audit_by_at'],
    [{ from: '2026-01-01T00:00:00.000Z' }, 'audit_by_at'],
    [{ actors: ['Dr B', 'gyrus'] }, 'audit_by_actor'],
    [{ acts: ['case.opened', 'case.failed'], actors: ['gyrus'] }, 'audit_by_act'],
    [{ subject: 'x', acts: ['case.opened'] }, 'audit_by_subject'],
  ])('%j is answered by an index in its order, also behind a place', async (change, index) => {
    const { file } = await openTestStore()
    const sqlite = new SQLite(file)
    onTestFinished(() => void sqlite.close())
    const db = new Kysely<Database>({ dialect: new StoreDialect(sqlite) })
    for (const after of [null, { at: '2026-06-01T00:00:00.000Z', sequence: 5 }]) {
      const { sql, parameters } = entriesQuery(query(change), after, 100).compile(db)
      const plan = sqlite.prepare(`explain query plan ${sql}`).all(...parameters) as { detail: string }[]
      const steps = plan.map(({ detail }) => detail)
      const reads = steps.filter((step) => /\baudit\b/.test(step))
      expect(reads.length).toBeGreaterThan(0)
      for (const step of reads) expect(step).toContain(`USING INDEX ${index}`)
      // What a part gives is its page already: only the parts are merged, never all that match sorted.
      for (const [i, step] of steps.entries()) {
        if (step.includes('TEMP B-TREE')) expect(steps[i - 1], steps.join('\n')).toMatch(/^SCAN (part|\(subquery)/)
      }
    }
  })
})
