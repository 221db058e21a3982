import { execFile } from 'node:child_process'
import { realpathSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { openDepartmentStore } from '../../src/main/store/index.ts'
import { openDepartment } from '../../src/main/store/postgres/open.ts'
import type { Store } from '../../src/main/store/types.ts'
import { query } from '../../test/department/support/server.ts'
import { defineBench, type Findings, type Row, single } from './support/contract.ts'
import { groupsOf, type Life, livesOf, readAndSign, shared } from './support/department-life.ts'
import { inFolder } from './support/folders.ts'
import { missingPostgres, onPostgres, type RunningServer } from './support/postgres.ts'
import { inOrder, quantile, timed } from './support/times.ts'

const run = promisify(execFile)
const STATIONS = 8
/** As an intake gathers them. */
const GROUP = 64
/** How results are written: by how many stations, how many a transaction, and which share of all cases that is. */
const WAYS = [
  { stations: 1, group: 1, share: 0.05 },
  { stations: STATIONS, group: 1, share: 0.05 },
  { stations: 1, group: 16, share: 0.2 },
  { stations: STATIONS, group: 16, share: 0.2 },
  { stations: 1, group: GROUP, share: 0.25 },
  { stations: STATIONS, group: GROUP, share: 0.25 },
]
/** Of all cases, those that are read. */
const READ = 0.05
/** Tables that have less of a case than this are summed up, bytes. */
const LITTLE = 20

export const bench = defineBench({
  name: 'department-sizes',
  area: 'record',
  title: 'What a case costs a department’s database',
  question:
    'How many results a second does the one chain of a department take; what does a case cost in the tables, indexes and log of PostgreSQL; and how long does it take to copy and to verify the record?',
  sizes: { cases: { what: 'cases, written by the store as workstations do it', usual: 20_000, small: 400 } },
  minutes: 2,
  missing: missingPostgres,
  run: ({ cases }) => inFolder((folder) => onPostgres((running) => measure(running, folder, cases))),
})

async function measure({ server, program, atEnd }: RunningServer, folder: string, cases: number): Promise<Findings> {
  const database = await server.createDatabase('sizes')
  await (await openDepartment(database)).destroy()
  const stores: Store[] = []
  for (let n = 0; n < STATIONS; n++) stores.push(await openDepartmentStore(database, `station ${n}`))
  atEnd(() => Promise.all(stores.map((store) => store.close())))
  const before = await sizesOf(database)
  const lives = livesOf(0, cases)
  const written = await writeAll(stores, lives)
  const analysed = await sizesOf(database)
  const ids = lives.slice(0, Math.ceil(cases * READ)).map(({ received }) => received.id)
  const reading = await shared(stores, ids, readAndSign)
  const read = await sizesOf(database)
  return {
    rows: [
      ...written,
      single(
        `cases opened, judged and signed by ${STATIONS} stations, each act by itself`,
        ids.length / reading.seconds,
        'cases/s',
      ),
      ...sizesPerCase({ before, analysed, read }, cases, ids.length),
      ...(await measureCopies(program, database, folder)),
      ...(await measureVerification(stores[0] as Store)),
    ],
    remarks: [
      'Stations are connections of one process; server and stations share the processors. What is written is on the disk before a transaction ends.',
      'A case is a slice of a DICOM file with all that the shipped model measures of it, in the lengths that it has.',
    ],
  }
}

/** Puts all cases on record and their results, in each of the ways. */
async function writeAll(stores: readonly Store[], lives: readonly Life[]): Promise<Row[]> {
  const received = await shared(stores, groupsOf(lives, GROUP), (store, group) =>
    store.receive(group.map((life) => life.received)),
  )
  const rows = [single(`files put on record, ${GROUP} a transaction`, lives.length / received.seconds, 'cases/s')]
  let from = 0
  for (const { stations, group, share } of WAYS) {
    const some = lives.slice(from, from + Math.floor(lives.length * share))
    from += some.length
    const { each, seconds } = await shared(stores.slice(0, stations), groupsOf(some, group), (store, piece) =>
      store.complete(piece.map((life) => life.result)),
    )
    const sorted = inOrder(each)
    rows.push({
      what: `results, ${group} a transaction, by ${stations} ${stations === 1 ? 'station' : 'stations'}`,
      figures: [
        { of: 'in a second', value: some.length / seconds, unit: 'cases/s' },
        { of: 'p50', value: quantile(sorted, 0.5), unit: 'ms' },
        { of: 'p95', value: quantile(sorted, 0.95), unit: 'ms' },
      ],
    })
  }
  return rows
}

interface TableSize {
  name: string
  rows: number
  heap: number
  indexes: number
}

interface Sizes {
  tables: TableSize[]
  /** Bytes of the write-ahead log since the server began. */
  log: number
}

async function sizesOf(database: string): Promise<Sizes> {
  await query(database, 'vacuum analyze')
  const tables = await query<TableSize>(
    database,
    `select relname as name, reltuples::float as rows, (pg_total_relation_size(oid) - pg_indexes_size(oid))::float as heap,
       pg_indexes_size(oid)::float as indexes
     from pg_class where relnamespace = 'gyrus'::regnamespace and relkind = 'r' order by relname`,
  )
  const [log] = await query<{ bytes: number }>(
    database,
    `select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::float as bytes`,
  )
  return { tables, log: log?.bytes ?? 0 }
}

const sum = (tables: TableSize[], of: 'heap' | 'indexes') => tables.reduce((total, table) => total + table[of], 0)

function sizesPerCase(at: Record<'before' | 'analysed' | 'read', Sizes>, cases: number, read: number): Row[] {
  const ofCase = grown(at.before, at.analysed, cases)
  const ofReading = grown(at.analysed, at.read, read)
  const rowOf = (what: string, one: TableSize): Row => ({
    what,
    figures: [
      { of: 'rows', value: one.rows, unit: '' },
      { of: 'table', value: one.heap / 1e3, unit: 'kB' },
      { of: 'indexes', value: one.indexes / 1e3, unit: 'kB' },
    ],
  })
  const total = (tables: TableSize[]): TableSize => ({
    name: 'all',
    rows: tables.reduce((all, { rows }) => all + rows, 0),
    heap: sum(tables, 'heap'),
    indexes: sum(tables, 'indexes'),
  })
  const many = ofCase.filter(({ heap, indexes }) => heap + indexes >= LITTLE)
  return [
    ...many
      .toSorted((a, b) => b.heap + b.indexes - (a.heap + a.indexes))
      .map((one) => rowOf(`of a case that was analysed: ${one.name}`, one)),
    rowOf('of a case that was analysed: all tables', total(ofCase)),
    rowOf('of one that was opened, judged and signed, in addition', total(ofReading)),
    single('write-ahead log of a case until it was analysed', (at.analysed.log - at.before.log) / cases / 1e3, 'kB'),
    single(
      '… of one that was opened, judged and signed, in addition',
      (at.read.log - at.analysed.log) / read / 1e3,
      'kB',
    ),
  ]
}

/** What tables grew by, for each of so many. */
function grown(before: Sizes, after: Sizes, by: number): TableSize[] {
  const had = new Map(before.tables.map((table) => [table.name, table]))
  // A table that was never filled has -1 rows.
  const rowsOf = (table: TableSize | undefined) => Math.max(0, table?.rows ?? 0)
  return after.tables.map((table) => {
    const old = had.get(table.name)
    return {
      name: table.name,
      rows: (rowsOf(table) - rowsOf(old)) / by,
      heap: (table.heap - (old?.heap ?? 0)) / by,
      indexes: (table.indexes - (old?.indexes ?? 0)) / by,
    }
  })
}

/** PostgreSQL's own programs, as an administrator runs them at night. */
async function measureCopies(program: string, database: string, folder: string): Promise<Row[]> {
  const tool = (name: string) => join(dirname(realpathSync(program)), name)
  const file = join(folder, 'record.dump')
  const [dump] = await timed(() => run(tool('pg_dump'), ['-Fc', '-f', file, database]))
  const whole = join(folder, 'basebackup')
  const base = ['-d', database, '-D', whole, '--checkpoint=fast']
  const [copied] = await timed(() => run(tool('pg_basebackup'), base))
  const [size] = await query<{ bytes: number }>(database, 'select pg_database_size(current_database())::float as bytes')
  return [
    single('size of the database', (size?.bytes ?? 0) / 1e6, 'MB'),
    single('a dump of it (pg_dump, compressed)', dump / 1000, 's'),
    single('… its size', statSync(file).size / 1e6, 'MB'),
    single('a copy of the server’s files (pg_basebackup)', copied / 1000, 's'),
  ]
}

async function measureVerification(store: Store): Promise<Row[]> {
  const [ms, { broken, entries }] = await timed(() => store.verifyRecord({}))
  if (broken) throw new Error(`broken: ${JSON.stringify(broken)}`)
  return [
    single('entries of the trail', entries, ''),
    single('all of it held against each other (gyrus audit verify)', ms / 1000, 's'),
    single('… in a second', entries / (ms / 1000), 'entries/s'),
  ]
}
