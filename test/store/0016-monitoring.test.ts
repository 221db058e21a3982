import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import type { Compilable } from 'kysely'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { fillHistory } from '../../scripts/bench/support/fill-history.ts'
import { openStore } from '../../src/main/store/index.ts'
import { betweenQuery, modelQuery } from '../../src/main/store/monitoring.ts'
import { openDatabase } from '../../src/main/store/open.ts'
import type { AnswerPlace } from '../../src/main/store/types.ts'
import { DEFAULT_LIMITS } from '../../src/shared/monitoring.ts'
import { makeRecord, verify } from '../support/audit.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { itInSqlite } from '../support/only-sqlite.ts'
import { undoFrom } from '../support/undo.ts'
import { times, used } from '../support/use.ts'

it('a record from before it gets limits and samples of the machine when it is opened, and stays sound', async () => {
  const file = await makeRecord(temporaryFolder())
  await undoFrom(file, '0016-monitoring')
  const store = await openStore(file)
  expect(await store.limits()).toEqual(DEFAULT_LIMITS)
  await store.setLimits({ ...DEFAULT_LIMITS, agreement: 0.8, psi: null }, 'Dr A')
  expect(await store.limits()).toEqual({ ...DEFAULT_LIMITS, agreement: 0.8, psi: null })
  const entry = await store.auditHead()
  expect([entry?.actor, entry?.act]).toEqual(['Dr A', 'monitoring.limits-set'])
  expect(JSON.parse(entry?.detail ?? '')).toMatchObject({ limits: { agreement: 0.8 }, before: { agreement: 0.9 } })
  await store.close()
  expect(await verify(file)).toMatchObject({ broken: null })
})

describe('answers', () => {
  itInSqlite('are read by an index, page by page, whatever the record has grown to', async () => {
    const file = join(temporaryFolder(), 'gyrus.sqlite')
    await fillHistory(file, 3_000)
    const db = await openDatabase(file)
    const sqlite = new SQLite(file, { readonly: true })
    onTestFinished(async () => {
      sqlite.close()
      await db.destroy()
    })
    const explain = (query: Compilable) => {
      const { sql, parameters } = query.compile()
      const steps = sqlite.prepare(`explain query plan ${sql}`).all(...parameters) as { detail: string }[]
      return steps.map(({ detail }) => detail).join('\n')
    }
    const span = { from: '2023-01-02T00:00:00.000Z', until: '2023-02-02T00:00:00.000Z' }
    for (const after of [null, { at: '2023-01-03T00:00:00.000Z', id: 17 }]) {
      const between = explain(betweenQuery(db, span, after, 500))
      expect(between).toMatch(/SEARCH results USING INDEX results_by_time \(created_at>\? AND created_at<\?\)/)
      const ofModel = explain(modelQuery(db, 'efl0-1', after, 500))
      expect(ofModel).toMatch(/SEARCH results USING INDEX results_by_model \(model_id=\? AND id>\?\)/)
      for (const plan of [between, ofModel]) {
        // What belongs to a row is looked up; nothing is sorted, and no table is walked but the page itself.
        expect(plan).not.toMatch(/TEMP B-TREE|SCAN (?!r$)/m)
        expect(plan.match(/SEARCH [csv] USING/g)).toHaveLength(3)
        expect(plan).toMatch(/SEARCH d USING INDEX sqlite_autoindex_case_dicom_1 \(case_id=\?\)/)
      }
    }
  })

  it('of one moment are each read once, over pages', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    onTestFinished(() => void vi.useRealTimers())
    const store = await openStore(join(temporaryFolder(), 'gyrus.sqlite'))
    onTestFinished(() => store.close())
    await used(store, '2026-11-10T09:00:00.000Z', times(7, { label: 'glioma' }))
    await used(store, '2026-11-11T09:00:00.000Z', times(2, { label: 'notumor', model: 'efl-b' }))
    const all = async (read: (after: AnswerPlace | null) => ReturnType<typeof store.answersOf>) => {
      const ids: number[] = []
      for (let after: AnswerPlace | null = null; ; ) {
        const { answers, next } = await read(after)
        ids.push(...answers.map(({ id }) => id))
        if (!next) return ids
        after = next
      }
    }
    const november = { from: '2026-11-01T00:00:00.000Z', until: '2026-12-01T00:00:00.000Z' }
    expect(await all((after) => store.answersBetween(november, after, 3))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9])
    expect(await all((after) => store.answersOf('efl-a', after, 3))).toEqual([1, 2, 3, 4, 5, 6, 7])
    const day = { from: '2026-11-10T09:00:00.000Z', until: '2026-11-11T09:00:00.000Z' }
    expect(await all((after) => store.answersBetween(day, after, 100))).toHaveLength(7)
  })
})
