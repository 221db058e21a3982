import { beforeAll, expect, inject, it, onTestFinished } from 'vitest'
import { openDepartmentStore } from '../../src/main/store/index.ts'
import { lookInDepartment } from '../../src/main/store/postgres/look.ts'
import { openDepartment } from '../../src/main/store/postgres/open.ts'
import type { Store } from '../../src/main/store/types.ts'
import { anyCase, DICOM_FACTS, newCase, newResult } from '../support/cases.ts'
import { query, TEMPLATE } from './support/server.ts'

/** Cases of the record; of each one there is a row in every table that grows with them. */
const CASES = 4_000
/** What one step of one case may read of all tables and indexes together. */
const FEW = 600

/** As a record of years has it, without the work of making it one by one. */
const FILL = `
set search_path = gyrus;
set session_replication_role = replica;
insert into scans (sha256, bytes, stored_at) select lpad(n::text, 64, '0'), 100, '2025-01-01' from generate_series(1, ${CASES}) as n;
insert into cases (id, scan_sha256, received_at, received_by, file_name, source, state, label, model_id, confidence, result_id)
  select 'case-' || n, lpad(n::text, 64, '0'), '2025-01-01T00:00:00.000Z', 'Dr A', n || '.dcm', 'file', 'analysed', 'glioma', 'm', 0.7, n
  from generate_series(1, ${CASES}) as n;
insert into results (case_id, model_id, weights_sha256, preprocessing_version, engine, label, created_at, p_glioma,
    p_meningioma, p_notumor, p_pituitary, decode_ms, preprocess_ms, inference_ms)
  select 'case-' || n, 'm', '', '1', 'e', 'glioma', '2025-01-01T00:00:00.000Z', 0.7, 0.1, 0.1, 0.1, 1, 1, 1
  from generate_series(1, ${CASES}) as n;
insert into case_dicom (case_id, study_uid, series_uid, instance_uid, accession_number, modality, facts)
  select 'case-' || n, '1.2.' || n / 50, '1.2.3.' || n / 10, '1.2.3.4.' || n, 'A' || n / 50, 'MR', ''
  from generate_series(1, ${CASES}) as n;
insert into slices (case_id, series_id, joined_at, listed, place, scope)
  select 'case-' || n, 'series-' || n / 10, '2025-01-01', 1, n % 10, '' from generate_series(1, ${CASES / 2}) as n;
insert into verdicts (case_id, result_id, reader, verdict, comment, created_at)
  select 'case-' || n, n, 'Dr A', 'agree', 'falx', '2025-01-01' from generate_series(1, ${CASES / 2}) as n;
update cases set urgency = urgency_of(cases), waited = waited_of(cases);
insert into case_texts (case_id, patient, text) select id, patient_text_of(cases), text_of(cases) from cases;
insert into case_counts (source, state, label, model_id, verdict, reader, second, n)
  values ('file', 'analysed', 'glioma', 'm', '', '', '', ${CASES});
insert into audit (seq, at, actor, act, subject, detail, previous_hash, hash)
  select n, '2025-01-01T00:00:00.000Z', 'Dr A', 'case.received', 'case-' || n, '{}', n::text, 'h' || n
  from generate_series(1, ${CASES}) as n;
`

let database = ''
beforeAll(async () => {
  const server = inject('departmentServer')
  await query(`${server}postgres`, `create database large template "${TEMPLATE}"`)
  database = `${server}large`
  await query(database, FILL)
  await query(database, 'vacuum analyze')
})

/** Rows that were read since the beginning, of tables and of indexes, by whoever is gone. */
async function read(): Promise<Map<string, number>> {
  const connected = `select count(*)::int as n from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`
  // A connection says what it read when it ends at the latest.
  await expect.poll(async () => (await query<{ n: number }>(database, connected))[0]?.n).toBe(0)
  const rows = await query<{ name: string; n: number }>(
    database,
    `select relname as name, pg_stat_get_tuples_returned(oid)::int as n from pg_class
     where relnamespace = 'gyrus'::regnamespace and relkind in ('r', 'i')`,
  )
  return new Map(rows.map(({ name, n }) => [name, n]))
}

/** What a step read, each table and index that it was much of. */
async function readBy(step: (store: Store) => Promise<unknown>): Promise<[name: string, rows: number][]> {
  // What a workstation reads when it opens the record is no part of it.
  const idle = await openDepartmentStore(database, 'a')
  await idle.close()
  const before = await read()
  const store = await openDepartmentStore(database, 'a')
  await step(store)
  await store.close()
  const after = await read()
  return [...after].map(([name, n]) => [name, n - (before.get(name) ?? 0)] as const).filter(([, n]) => n >= FEW) as [
    string,
    number,
  ][]
}

it.each<[string, (store: Store) => Promise<unknown>]>([
  ['a case is opened', (store) => store.getCase('case-3000')],
  ['a slice of a series is opened', (store) => store.getCase('case-77')],
  ['the work list is opened', (store) => store.listCases(anyCase, 0, 100)],
  [
    'a case comes, is read, judged and signed',
    async (store) => {
      const one = newCase({ fileName: 'next.dcm', scan: { sha256: '9'.repeat(64), bytes: 5 } })
      await store.receive([one])
      await store.complete([newResult(one.id, { dicom: DICOM_FACTS })])
      await store.review({ caseId: one.id, reader: 'Dr B', verdict: 'agree', label: null, comment: 'falx' })
      const { verdicts } = await store.getCase(one.id)
      await store.sign({ caseId: one.id, verdictId: verdicts[0]?.id ?? 0, reader: 'Dr B' })
    },
  ],
])('reads a few rows, however many there are, when %s', async (_, step) => {
  expect(await readBy(step)).toEqual([])
})

it('holds what stands beside cases against their rows piece by piece, to the last one', async () => {
  const db = await openDepartment(database)
  onTestFinished(() => db.destroy())
  const pieces: number[] = []
  const look = () => lookInDepartment(db, { onProgress: ({ done }) => void pieces.push(done) })
  expect(await look()).toBeNull()
  // Each statement has some of them: none takes longer than any may, however many there are.
  expect(pieces.length).toBeGreaterThan(3)
  expect(pieces.at(-1)).toBeGreaterThanOrEqual(CASES)
  const last = `case-${CASES}`
  await query(database, 'update gyrus.case_texts set text = text || $2 where case_id = $1', [last, 'other'])
  expect(await look()).toMatchObject({ kind: 'search-differs', what: `cases/${last}` })
})
