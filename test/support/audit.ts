import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { openReadStore, openStore } from '../../src/main/store/index.ts'
import type { Store } from '../../src/main/store/types.ts'
import type { AuditVerdict } from '../../src/shared/audit.ts'
import { GyrusError } from '../../src/shared/errors.ts'
import { newCase, newResult } from './cases.ts'

export const BOUND_TABLES = [
  'scans',
  'cases',
  'results',
  'verdicts',
  'signatures',
  'impressions',
  'second_marks',
  'second_readings',
  'adjudications',
  'failures',
  'audit',
  'audit_bindings',
] as const

/** A record with cases in every state, closed and in one file. */
export async function makeRecord(folder: string): Promise<string> {
  const file = join(folder, 'gyrus.sqlite')
  const store = await openStore(file)
  const [analysed, reviewed, failed, dismissed, retried, waiting] = Array.from({ length: 6 }, (_, i) =>
    newCase({ fileName: `MÜLLER-${i}.png`, scan: { sha256: String(i).repeat(64), bytes: 100 + i } }),
  ) as [ReturnType<typeof newCase>, ...ReturnType<typeof newCase>[]] &
    Record<1 | 2 | 3 | 4 | 5, ReturnType<typeof newCase>>
  await store.receive([analysed, reviewed, failed, dismissed, retried, waiting])
  await store.complete([newResult(analysed.id), newResult(reviewed.id)])
  const verdict = { caseId: reviewed.id, reader: 'Dr A', label: null, comment: 'dural tail' }
  await store.review({ ...verdict, verdict: 'cannot-tell' })
  await store.review({ ...verdict, reader: 'Dr B', verdict: 'disagree', label: 'meningioma' })
  const failure = { code: 'image-corrupt', details: { reason: 'MÜLLER' } } as const
  await store.fail([failed, dismissed, retried].map(({ id }) => ({ caseId: id, failure })))
  await store.dismiss(dismissed.id, 'Dr A')
  await store.retry(retried.id, 'Dr A')
  await store.complete([newResult(retried.id, { label: 'notumor' })])
  const signed = newCase({ fileName: 'MÜLLER-6.png', scan: { sha256: '6'.repeat(64), bytes: 106 } })
  await store.receive([signed])
  await store.complete([newResult(signed.id)])
  await signAndAmend(store, signed.id)
  await store.close()
  return file
}

/** An impression and a verdict of Dr A, signed, and an amendment by Dr B. */
export async function signAndAmend(store: Store, caseId: string): Promise<void> {
  const standing = async () => (await store.getCase(caseId)).verdicts[0]?.id as number
  await store.addImpression({ caseId, reader: 'Dr A', impression: 'meningioma' })
  await store.review({ caseId, reader: 'Dr A', verdict: 'agree', label: null, comment: '' })
  await store.sign({ caseId, verdictId: await standing(), reader: 'Dr A' })
  const verdict = { verdict: 'disagree', label: 'notumor', comment: '' } as const
  const amendment = { caseId, reader: 'Dr B', reason: 'MÜLLER: biopsy', verdictId: await standing() }
  await store.amend({ ...amendment, ...verdict })
}

/** What a verification of the record comes to; the code where it cannot be read. */
export async function verify(file: string): Promise<AuditVerdict | string> {
  try {
    const store = openReadStore(file)
    try {
      return await store.verifyRecord({})
    } finally {
      await store.close()
    }
  } catch (error) {
    if (error instanceof GyrusError) return error.code
    throw error
  }
}

/** The break that a verification finds; null where there is none. */
export async function breakOf(file: string) {
  const verdict = await verify(file)
  return typeof verdict === 'string' ? verdict : verdict.broken
}

/** All that the tables say, or why they cannot be read. */
export function contentOf(file: string): string {
  try {
    const sqlite = new SQLite(file, { readonly: true })
    try {
      return JSON.stringify(
        BOUND_TABLES.map((table) =>
          sqlite
            .prepare(`select * from ${table}`)
            .all()
            .map((row) => JSON.stringify(row))
            .sort(),
        ),
      )
    } finally {
      sqlite.close()
    }
  } catch (error) {
    return String(error)
  }
}

/** Offsets of the pages that hold rows of these tables. */
export function pagesOf(file: string, tables: readonly string[]): { size: number; pages: number[] } {
  const sqlite = new SQLite(file, { readonly: true })
  try {
    const size = sqlite.pragma('page_size', { simple: true }) as number
    const names = tables.map(() => '?').join(',')
    const pages = sqlite
      .prepare(`select pageno from dbstat where name in (${names})`)
      .pluck()
      .all(...tables) as number[]
    return { size, pages: pages.map((page) => (page - 1) * size).filter((at) => at < readFileSync(file).length) }
  } finally {
    sqlite.close()
  }
}
