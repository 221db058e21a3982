import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { Kysely } from 'kysely'
import { Migrator } from 'kysely/migration'
import { expect, it, onTestFinished } from 'vitest'
import { fillHistory, SAMPLE } from '../../scripts/bench/support/fill-history.ts'
import { StoreDialect } from '../../src/main/store/dialect/sqlite.ts'
import { folded } from '../../src/main/store/fold.ts'
import { openStore } from '../../src/main/store/index.ts'
import { MIGRATIONS } from '../../src/main/store/migrations/index.ts'
import { caseQuerySchema } from '../../src/shared/cases.ts'
import { verify } from '../support/audit.ts'
import { newCase, newResult } from '../support/cases.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { itInSqlite } from '../support/only-sqlite.ts'

const NAMES = ['Łukasz^Gałązka', 'Østerdal^Bjørn', 'Weiß^Straße', 'Đorđević^Ana', 'Æbelø^Þór', 'Işık^Œuvre']

/** What was typed, and whom of `NAMES` it finds. */
const TYPED: [string, number][] = [
  ...([
    ['lukasz', 0],
    ['Łukasz', 0],
    ['łuk', 0],
    ['GALAZKA', 0],
    ['gałazka', 0],
  ] as [string, number][]),
  ...([
    ['osterdal', 1],
    ['ØSTERDAL bjorn', 1],
    ['weiss', 2],
    ['weiß', 2],
    ['STRAẞE', 2],
  ] as [string, number][]),
  ...([
    ['dordevic', 3],
    ['Đor ana', 3],
    ['aebelo', 4],
    ['thor', 4],
    ['isik', 5],
    ['oeuvre', 5],
  ] as [string, number][]),
]

async function withCases(file: string) {
  const store = await openStore(file)
  onTestFinished(() => store.close())
  const cases = NAMES.map((name, n) => newCase({ fileName: name, scan: { sha256: String(n).repeat(64), bytes: 1 } }))
  await store.receive(cases)
  const found = async (search: string, reader: string | null = null) =>
    (await store.listCases(caseQuerySchema.parse({ search }), 0, 10, reader)).rows.map((row) => row.fileName)
  return { store, cases, found }
}

it('names with letters that have no accent are found by plain letters, and by themselves', async () => {
  const { store, cases, found } = await withCases(join(temporaryFolder(), 'gyrus.sqlite'))
  for (const [typed, n] of TYPED) expect(await found(typed), typed).toEqual([NAMES[n]])
  for (const typed of ['lukass', 'wess', 'zzz']) expect(await found(typed), typed).toEqual([])
  // Also where the answer is kept from the reader, and after a text changed.
  const [one] = cases
  await store.complete([newResult(one?.id ?? '')])
  expect(await found('lukasz', 'Dr B')).toEqual([NAMES[0]])
  await store.review({ caseId: one?.id ?? '', reader: 'Søren', verdict: 'agree', label: null, comment: 'groß' })
  expect(await found('soren gross lukasz')).toEqual([NAMES[0]])
})

it('each letter is folded alike in what is typed and in what is on record', async () => {
  const { store } = await withCases(join(temporaryFolder(), 'gyrus.sqlite'))
  const letters = [...'łŁøØđĐðÐþÞßẞæÆœŒħĦŧŦŋŊı']
  const cases = letters.map((letter, n) =>
    newCase({ fileName: `q${letter}x${n}`, scan: { sha256: n.toString(16).padStart(64, 'f'), bytes: 1 } }),
  )
  await store.receive(cases)
  for (const [n, letter] of letters.entries()) {
    expect(folded(letter)).toMatch(/^[a-z]{1,2}$/)
    for (const typed of [`q${letter}x${n}`, `q${folded(letter)}x${n}`]) {
      const { rows } = await store.listCases(caseQuerySchema.parse({ search: typed }), 0, 10)
      expect(
        rows.map(({ fileName }) => fileName),
        typed,
      ).toEqual([`q${letter}x${n}`])
    }
  }
})

itInSqlite('a record from before it is folded once, its index is whole, and its trail stays sound', async () => {
  const file = join(temporaryFolder(), 'gyrus.sqlite')
  const sqlite = new SQLite(file)
  const db = new Kysely<unknown>({ dialect: new StoreDialect(sqlite) })
  const migrator = new Migrator({ db, provider: { getMigrations: async () => MIGRATIONS } })
  expect((await migrator.migrateTo('0011-care')).error).toBeUndefined()
  const insert = sqlite.prepare(`insert into cases (id, received_at, received_by, source, file_name, state)
    values (?, '2026-01-01T00:00:00.000Z', 'Dr A', 'file', ?, 'failed')`)
  for (const [n, name] of [...NAMES, 'plain.png'].entries()) insert.run(`01890000-0000-7000-8000-00000000000${n}`, name)
  sqlite.exec(`insert into erasures (case_id, erased_at, erased_by, reason_sha256)
    values ('01890000-0000-7000-8000-000000000006', '', '', 'old')`)
  await db.destroy()

  const store = await openStore(file)
  onTestFinished(() => store.close())
  for (const [typed, n] of TYPED) {
    const { rows } = await store.listCases(caseQuerySchema.parse({ search: typed }), 0, 10)
    expect(
      rows.map(({ fileName }) => fileName),
      typed,
    ).toEqual([NAMES[n]])
  }
  expect((await store.dossier('01890000-0000-7000-8000-000000000006')).erased).toMatchObject({
    reason_sha256: 'old',
    reason_salt: null,
  })
  const reader = new SQLite(file)
  reader.exec(`insert into case_search (case_search, rank) values ('integrity-check', 1)`)
  reader.close()
})

itInSqlite(
  'of a batch longer than a list, the newest cases are listed, without looking at the others',
  async () => {
    const file = join(temporaryFolder(), 'gyrus.sqlite')
    await fillHistory(file, 10_300, { batchFiles: 10_200 })
    const store = await openStore(file)
    onTestFinished(() => store.close())
    const query = caseQuerySchema.parse({ batch: SAMPLE.batch })
    const page = await store.listCases(query, 0, 2)
    expect(page).toMatchObject({ total: 10_000, more: true, all: 10_300 })
    expect(page.rows.map(({ fileName }) => fileName)).toEqual(['slice-0010200.png', 'slice-0010199.png'])
    const last = await store.listCases(query, 9_999, 2)
    expect(last.rows.map(({ fileName }) => fileName)).toEqual(['slice-0000201.png'])
    // Of all of it where the other filters leave fewer; and one case, whatever is listed.
    const failed = await store.listCases(caseQuerySchema.parse({ batch: SAMPLE.batch, states: ['failed'] }), 0, 500)
    const sqlite = new SQLite(file, { readonly: true })
    const n = sqlite.prepare(`select count(*) from batch_files where state = 'failed'`).pluck().get()
    sqlite.close()
    expect([failed.total, failed.more, failed.rows.length]).toEqual([n, false, n])
    expect(await store.placeOfCase(page.rows[1]?.id ?? '', query)).toMatchObject({ position: 1, total: 10_000 })
  },
  60_000,
)

it('the patient is looked for in name and ID, and nowhere else', async () => {
  const file = join(temporaryFolder(), 'gyrus.sqlite')
  const { store } = await withCases(file)
  const sqlite = new SQLite(file)
  sqlite.exec(`update cases set patient_name = 'Łuk^Anna Maria', patient_id = 'PAT-4711' where file_name = '${NAMES[1]}';
    update cases set patient_name = 'Maria^Eva', patient_id = '4711' where file_name = '${NAMES[2]}'`)
  sqlite.close()
  const found = async (input: object) =>
    (await store.listCases(caseQuerySchema.parse(input), 0, 10)).rows.map((row) => row.fileName)
  expect(await found({ patient: 'luk' })).toEqual([NAMES[1]])
  expect(await found({ patient: 'MARIA 4711' })).toEqual([NAMES[2], NAMES[1]])
  expect(await found({ patient: 'pat-47 anna', search: 'osterdal' })).toEqual([NAMES[1]])
  expect(await found({ patient: 'maria', states: ['signed'] })).toEqual([])
  // A file of that name is another field; what is no word finds nothing, and nothing is taken for a command.
  for (const patient of ['lukasz', 'weiss', '^', 'text : luk', 'luk" OR "weiss', '-']) {
    expect(await found({ patient }), patient).toEqual([])
  }
})

it('an erasure that an older Gyrus bound stays bound', async () => {
  const file = join(temporaryFolder(), 'gyrus.sqlite')
  const { store, cases } = await withCases(file)
  const id = cases[0]?.id ?? ''
  await store.complete([newResult(id)])
  await store.erase({ caseIds: [id], by: 'Dr A', reason: { salt: null as never, sha256: 'a'.repeat(64) } })
  expect((await store.verifyRecord({})).broken).toBeNull()
  await store.close()
  const sqlite = new SQLite(file)
  sqlite.exec(`drop trigger erasures_no_update; update erasures set reason_salt = 'put in later'`)
  sqlite.close()
  expect(await verify(file)).toMatchObject({ broken: { kind: 'row-altered', what: 'erasures/1' } })
})
