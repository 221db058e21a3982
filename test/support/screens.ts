import { v7 as uuidv7 } from 'uuid'
import { openReadStore, openStore } from '../../src/main/store/index.ts'
import { batchQuerySchema } from '../../src/shared/batches.ts'
import { type CaseQueryInput, caseQuerySchema, SORT_COLUMNS } from '../../src/shared/cases.ts'
import { LABELS } from '../../src/shared/labels.ts'
import { newCase, newResult } from './cases.ts'

const TOP = { after: null, skip: 0, limit: 100 }

/** A batch of four files: two analysed, one of them read, one skipped, one that failed. Its id. */
export async function addBatch(file: string): Promise<string> {
  const store = await openStore(file)
  const id = uuidv7()
  const options = { subFolders: true, filter: '', skipSeen: true }
  await store.addBatch({ id, name: 'monday', origin: 'folder', options, roots: ['/scans'], by: 'Dr A' })
  const paths = ['/scans/a.png', '/scans/b.png', '/scans/c.png', '/scans/d.png']
  await store.addBatchFiles(
    id,
    paths.map((path) => ({ root: 0, path, failure: null })),
  )
  await store.batchListed(id, [])
  await store.changeBatch({ id, actor: 'gyrus', act: 'started' })
  const member = (seq: number) => ({ batch: id, seq, again: false })
  const [a, b, d] = [1, 2, 4].map((seq) =>
    newCase({
      fileName: paths[seq - 1] as string,
      member: member(seq),
      scan: { sha256: `${seq}a`.repeat(32), bytes: 100 },
    }),
  ) as [ReturnType<typeof newCase>, ReturnType<typeof newCase>, ReturnType<typeof newCase>]
  await store.receive([a, b, d])
  await store.complete([newResult(a.id), newResult(b.id, { label: 'meningioma' })])
  await store.review({ caseId: b.id, reader: 'Dr A', verdict: 'agree', label: null, comment: 'falx' })
  await store.fail([{ caseId: d.id, failure: { code: 'image-corrupt', details: {} } }])
  await store.skipFiles([{ member: member(3), caseId: a.id }])
  await store.close()
  return id
}

/** All that lists, filters, search and a batch's page show, or why they cannot. */
export async function screensOf(file: string, batch: string): Promise<string> {
  try {
    const store = openReadStore(file)
    try {
      const shown: unknown[] = [await store.facets(), await store.getBatch(batch), await store.batchTotals(batch)]
      for (const query of QUERIES) {
        const { rows, ...page } = await store.listCases(caseQuerySchema.parse(query), 0, 100)
        // Points grow while one looks; the rows and their order do not change by that.
        shown.push({ ...page, rows: rows.map(({ urgency: _, ...row }) => row) })
      }
      for (const sort of ['attention', 'order'] as const)
        shown.push(await store.batchFiles(batch, batchQuerySchema.parse({ sort }), TOP, 'Dr A'))
      return JSON.stringify(shown)
    } finally {
      await store.close()
    }
  } catch (error) {
    return String(error)
  }
}

const QUERIES: CaseQueryInput[] = [
  {},
  ...SORT_COLUMNS.map((column) => ({ sort: { column, direction: 'asc' as const } })),
  ...LABELS.map((label) => ({ labels: [label] })),
  ...['falx', 'mull', 'scans', 'glioma'].map((search) => ({ search })),
]
