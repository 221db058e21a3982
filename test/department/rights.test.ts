import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { v7 as uuidv7 } from 'uuid'
import { expect, it } from 'vitest'
import { grantStation } from '../../src/main/compose.ts'
import { DepartmentQueue } from '../../src/main/queue/index.ts'
import { openDepartmentStore } from '../../src/main/store/index.ts'
import type { Store } from '../../src/main/store/types.ts'
import { signAndAmend } from '../support/audit.ts'
import { newCase, newResult } from '../support/cases.ts'
import { openPaths, openTestCore } from '../support/core.ts'
import { addEdited } from '../support/edited.ts'
import { fillGuarded } from '../support/guarded.ts'
import { writePicture } from '../support/images.ts'
import { readTwice, saying } from '../support/second.ts'
import { query } from './support/server.ts'
import { makeDepartment } from './support/station.ts'
import { setAll } from './support/whole-record.ts'

/** A department with a role for workstations, and its address for them. */
async function withRole(): Promise<{ owner: string; station: string; role: string; files: string }> {
  const { database, files } = await makeDepartment()
  const role = `station_${uuidv7().replaceAll('-', '')}`
  await query(database, `create role ${role} login`)
  await grantStation({ database, station: 'owner' }, role)
  return { owner: database, station: database.replace('gyrus@', `${role}@`), role, files }
}

const TABLES = `select relname as name from pg_class where relnamespace = 'gyrus'::regnamespace and relkind = 'r'`

async function tablesOf(url: string): Promise<string[]> {
  const rows = await query<{ name: string }>(url, TABLES)
  return rows.map(({ name }) => name).sort()
}

/** Has triggers that refuse it. */
async function guarded(url: string, how: 'update' | 'delete'): Promise<string[]> {
  const rows = await query<{ name: string }>(
    url,
    `select distinct tgrelid::regclass::text as name from pg_trigger
     where tgname ~ '_no_${how}' and tgrelid in (select oid from pg_class where relnamespace = 'gyrus'::regnamespace)`,
  )
  return rows.map(({ name }) => name.replace('gyrus.', '')).sort()
}

async function wholeWay(store: Store): Promise<void> {
  const batch = uuidv7()
  const options = { subFolders: true, filter: '', skipSeen: true }
  await store.addBatch({ id: batch, name: 'monday', origin: 'folder', options, roots: ['/scans'], by: 'Dr A' })
  const paths = ['/scans/a.png', '/scans/b.png'].map((path) => ({ root: 0, path, failure: null }))
  await store.addBatchFiles(batch, paths)
  await store.batchListed(batch, [])
  await store.changeBatch({ id: batch, actor: 'gyrus', act: 'started' })
  const [one, other] = [1, 2].map((seq) => newCase({ member: { batch, seq, again: false } }))
  if (!one || !other) throw new Error('no cases')
  await store.receive([one, other])
  await store.complete([newResult(one.id)])
  await store.fail([{ caseId: other.id, failure: { code: 'image-corrupt', details: {} } }])
  await store.retry(other.id, 'Dr A')
  await store.fail([{ caseId: other.id, failure: { code: 'image-corrupt', details: {} } }])
  await store.dismiss(other.id, 'Dr A')
  await signAndAmend(store, one.id)
  const { id, verdictId } = await readTwice(store, 'glioma', 'meningioma')
  await store.adjudicate({ ...saying(id, 'Dr C', 'notumor'), verdictId })
  await store.erase({ caseIds: [id], by: 'Dr A', reason: { salt: 'b'.repeat(32), sha256: 'a'.repeat(64) } })
  const { confidences } = newResult(one.id)
  await addEdited(store, one.id, { fileName: 'edited.png', label: 'glioma', confidences })
  await fillGuarded(store)
  await setAll(store)
  await store.placeHold({ caseId: one.id, scope: 'case', by: 'Dr A', reason: 'court' })
}

it('a workstation’s role does all that workstations do', async () => {
  const { station } = await withRole()
  const store = await openDepartmentStore(station, 'a')
  await wholeWay(store)
  expect(await store.verifyRecord({})).toMatchObject({ broken: null })
  await store.close()
  const errors: Error[] = []
  const queue = await DepartmentQueue.open(station, 'a', (error) => void errors.push(error))
  const job = { id: uuidv7(), fileName: 'a.png', sha256: 'a'.repeat(64), again: false }
  const taken = Promise.withResolvers<string>()
  await queue.work(16, async (jobs) => {
    taken.resolve(jobs[0]?.id ?? '')
    return jobs.map(() => 'done')
  })
  await queue.add([{ job, priority: 'opened' }])
  expect(await taken.promise).toBe(job.id)
  await queue.rest()
  await queue.close()
  expect(errors).toEqual([])
})

it('a workstation with it reads files, looks after the queue, and says nothing of what it may not', async () => {
  const { station, files } = await withRole()
  const root = join(files, 'station')
  mkdirSync(root)
  writeFileSync(join(root, 'department.json'), JSON.stringify({ database: station, files }))
  const notes: string[] = []
  const { core } = await openTestCore(root, {
    note: (what, details) => void notes.push(JSON.stringify([what, details])),
  })
  const picture = await writePicture(files, 'a.png', 1)
  expect(await openPaths(core, picture)).toMatchObject([{ status: 'analysed' }])
  // The queue's own chores come every five seconds.
  await sleep(12_000)
  expect(notes.filter((note) => note.includes('error'))).toEqual([])
  expect((await core.store.verifyRecord({})).broken).toBeNull()
}, 60_000)

it('what is added to for ever it can neither change nor empty, with no trigger that guards it', async () => {
  const { owner, station } = await withRole()
  const store = await openDepartmentStore(station, 'a')
  await wholeWay(store)
  await store.close()
  const [all, notUpdated, notDeleted] = [
    await tablesOf(owner),
    await guarded(owner, 'update'),
    await guarded(owner, 'delete'),
  ]
  expect(notDeleted.length).toBeGreaterThan(25)
  const refused = (sql: string) => expect(query(station, sql), sql).rejects.toMatchObject({ code: '42501' })
  // A table of its own does not stand for that of erasures.
  await refused(`set search_path = gyrus; create temp table erasures as select id as case_id from gyrus.cases;
    update gyrus.legal_holds set reason = 'erased' where reason = 'court'`)
  for (const table of notDeleted) await query(owner, `alter table gyrus.${table} disable trigger user`)
  for (const table of all) await refused(`truncate gyrus.${table} cascade`)
  for (const table of notDeleted) await refused(`delete from gyrus.${table}`)
  for (const table of notUpdated) await refused(`update gyrus.${table} set rowid = rowid + 1`)
  for (const change of ['audit set at = at', 'results set label = label', 'verdicts set verdict = verdict'])
    await refused(`update gyrus.${change}`)
  await refused(`update gyrus.kysely_migration set name = name`)
  await refused(`update gyrus.signatures set signer = 'Dr C'`)
  await refused(`update gyrus.slices set series_id = case_id`)
  await refused(`update gyrus.accounts set name = 'Dr C'`)
  for (const sql of [
    'alter table gyrus.audit disable trigger all',
    'drop table gyrus.audit',
    'create table gyrus.x ()',
  ])
    await refused(sql)
  await refused('create or replace function gyrus.refuse() returns trigger language sql as $$ select 1 $$')
  // A role of the database that was given nothing reads nothing.
  const stranger = `stranger_${uuidv7().replaceAll('-', '')}`
  await query(owner, `create role ${stranger} login`)
  await expect(query(owner.replace('gyrus@', `${stranger}@`), 'select 1 from gyrus.cases')).rejects.toMatchObject({
    code: '42501',
  })
})

it('it is told to wait for the owner where the schema, or the queue’s, is an older one', async () => {
  const { owner, station } = await withRole()
  await query(owner, `delete from gyrus.kysely_migration where name = '0040-stations'`)
  await expect(openDepartmentStore(station, 'a')).rejects.toMatchObject({ code: 'database-older' })
  await query(owner, 'update pgboss.version set version = version - 1')
  const queue = DepartmentQueue.open(station, 'a', () => undefined)
  await expect(queue).rejects.toMatchObject({ code: 'database-older' })
  const empty = `without_queue_${process.pid}`
  await query(owner, `create database ${empty}`)
  const there = new URL(station)
  there.pathname = empty
  const none = DepartmentQueue.open(there.href, 'a', () => undefined)
  await expect(none).rejects.toMatchObject({ code: 'database-older' })
})

it('a role without rights is refused, and so is giving them to nobody or to the owner', async () => {
  const { station } = await withRole()
  const { database } = await makeDepartment()
  const ungranted = new URL(station)
  ungranted.pathname = new URL(database).pathname
  const opened = openDepartmentStore(ungranted.href, 'a')
  await expect(opened).rejects.toMatchObject({
    code: 'database-refused',
    details: { reason: 'the role has no rights there' },
  })
  const missing = grantStation({ database, station: 'owner' }, 'nobody "there"')
  await expect(missing).rejects.toMatchObject({ code: 'department-role-missing', details: { role: 'nobody "there"' } })
  await expect(grantStation({ database, station: 'owner' }, 'gyrus')).rejects.toMatchObject({
    code: 'department-role-owner',
  })
})

it('the command gives the rights, says so in the trail, and takes other ones away', async () => {
  const { owner, station, role, files } = await withRole()
  await query(owner, `grant all on gyrus.audit to ${role}`)
  const main = join(import.meta.dirname, '..', '..', 'src', 'main', 'cli', 'main.ts')
  const grant = (database: string) => {
    const env = { ...process.env, GYRUS_DATABASE: database, GYRUS_FILES: files }
    const args = [main, 'department', 'grant', role, '--data-dir', join(files, 'station')]
    return spawnSync(process.execPath, args, { encoding: 'utf8', env, input: '' })
  }
  expect(grant(station).stderr).toContain('[department-owner]')
  expect(grant(owner)).toMatchObject({ status: 0, stderr: '' })
  await expect(query(station, 'delete from gyrus.audit')).rejects.toMatchObject({ code: '42501' })
  const told = await query(owner, `select detail from gyrus.audit where act = 'department.role-granted'`)
  expect(told).toEqual([{ detail: JSON.stringify({ role }) }])
})
