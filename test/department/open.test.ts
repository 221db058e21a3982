import { chownSync, existsSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { expect, inject, it, onTestFinished } from 'vitest'
import { DATABASES } from '../../src/main/compose.ts'
import { backUp } from '../../src/main/core/care/back-up.ts'
import { DEPARTMENT_MIGRATIONS } from '../../src/main/store/postgres/migrations.ts'
import { openDepartment } from '../../src/main/store/postgres/open.ts'
import { makeCertificates, noOpenssl } from '../support/certificates.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { openTestCore } from '../support/core.ts'
import { PostgresServer, query } from './support/server.ts'
import { makeDepartment } from './support/station.ts'

const refuses = (url: string, code: string, details = {}) =>
  expect(openDepartment(url)).rejects.toMatchObject({ code, details })

async function emptyDatabase(name: string): Promise<string> {
  const server = inject('departmentServer')
  await query(`${server}postgres`, `create database "${name}"`)
  return server + name
}

it('two that bring a database up to date at once do it once', async () => {
  const url = await emptyDatabase('at_once')
  const opened = await Promise.all([openDepartment(url), openDepartment(url), openDepartment(url)])
  await Promise.all(opened.map((db) => db.destroy()))
  const done = await query<{ name: string }>(url, 'select name from gyrus.kysely_migration order by name')
  expect(done.map(({ name }) => name)).toEqual(Object.keys(DEPARTMENT_MIGRATIONS))
})

it('a database that a newer Gyrus has brought up to date is left alone', async () => {
  const url = await emptyDatabase('newer')
  await (await openDepartment(url)).destroy()
  await query(url, `insert into gyrus.kysely_migration values ('9999-later', '2099-01-01')`)
  await refuses(url, 'database-newer')
})

it('a department of before is brought up to date: what its search is made of is worked out anew as in a new one', async () => {
  const url = await emptyDatabase('of_before')
  await (await openDepartment(url)).destroy()
  const source = () => query(url, `select prosrc from pg_proc where oid = 'gyrus.text_of'::regproc`)
  const newest = await source()
  await query(url, `delete from gyrus.kysely_migration where name = '0043-quick-functions'`)
  await query(
    url,
    `create or replace function gyrus.text_of(c gyrus.cases) returns text language sql stable as $$ select 'old' $$`,
  )
  await (await openDepartment(url)).destroy()
  expect(await source()).toEqual(newest)
})

it('what is no address, and a database in another encoding, are told apart', async () => {
  await refuses('gyrus.example', 'database-address')
  await refuses('http://127.0.0.1/gyrus', 'database-address')
  await refuses('postgres://127.0.0.1/gyrus?sslmode=sometimes', 'database-address')
  await refuses('postgres://127.0.0.1/gyrus?sslmode=verify-full&sslrootcert=/nowhere.pem', 'database-address')
  const server = inject('departmentServer')
  await query(
    `${server}postgres`,
    `create database latin encoding 'LATIN1' lc_collate 'C' lc_ctype 'C' template template0`,
  )
  await refuses(`${server}latin`, 'database-unsuitable', { reason: 'LATIN1' })
})

it('a server that is not there, a wrong password and a database that is not there are told', async () => {
  await refuses('postgres://gyrus@127.0.0.1:1/gyrus', 'database-unreachable', {
    reason: 'nothing listens at this port there',
  })
  const { path: program } = inject('postgres')
  const server = await PostgresServer.start({ program: program as string }, onTestFinished)
  await query(server.url('postgres'), `create role reader login password 'right'`)
  writeFileSync(
    join(server.folder, 'pg_hba.conf'),
    'host all reader 127.0.0.1/32 scram-sha-256\nhost all all all trust\n',
  )
  await query(server.url('postgres'), 'select pg_reload_conf()')
  const url = (password: string) => server.url('postgres', `reader:${password}`)
  await refuses(server.url('postgres', 'reader'), 'database-password-missing')
  await refuses(`${server.url('postgres')}?sslmode=require`, 'database-without-tls')
  await refuses(url('wrong'), 'database-refused', { reason: 'the password is wrong' })
  await refuses(server.url('nowhere'), 'database-refused', { reason: 'there is no such database' })
  expect(await query(url('right'), 'select 1 as one')).toEqual([{ one: 1 }])
})

it('a server that wants TLS refuses who speaks in clear, and its certificate is held against the authority', async ({
  skip,
}) => {
  const none = noOpenssl()
  if (none) return skip(none)
  const { path: program } = inject('postgres')
  const server = await PostgresServer.start({ program: program as string }, onTestFinished)
  const made = makeCertificates()
  const { uid, gid } = statSync(server.folder)
  for (const [name, content] of Object.entries({
    'server.crt': made.server.certificate,
    'server.key': made.server.key,
  })) {
    writeFileSync(join(server.folder, name), `${content}\n`, { mode: 0o600 })
    chownSync(join(server.folder, name), uid, gid)
  }
  const database = await server.createDatabase('in_secret')
  await query(server.url('postgres'), 'alter system set ssl = on')
  writeFileSync(join(server.folder, 'pg_hba.conf'), 'hostssl all all all trust\n')
  await query(server.url('postgres'), 'select pg_reload_conf()')
  // The server takes its new settings up in its own time.
  await expect
    .poll(() =>
      openDepartment(database).then(
        () => 'open',
        ({ code }) => code,
      ),
    )
    .toBe('database-refused')
  await refuses(`${database}?sslmode=disable`, 'database-refused')
  await refuses(`${database}?sslmode=verify-full&sslrootcert=${made.stranger.certificateFile}`, 'database-refused')
  const db = await openDepartment(`${database}?sslmode=verify-full&sslrootcert=${made.ca.certificateFile}`)
  const { rows } = await sql<{ on: number }>`select ssl as on from pg_stat_ssl where pid = pg_backend_pid()`.execute(db)
  expect(rows).toEqual([{ on: 1 }])
  await db.destroy()
})

it('a backup of a workstation’s folder leaves the department’s record to its own means', async () => {
  const { station } = await makeDepartment()
  const root = station('a')
  const { core } = await openTestCore(root)
  const refused = { code: 'department-own-means' }
  const options = { by: 'Dr A', daily: false, readAll: false }
  const parts = { version: '1', folder: core.folder, store: core.store, databases: DATABASES }
  await expect(backUp(parts, temporaryFolder(), options)).rejects.toMatchObject(refused)
  expect(existsSync(core.folder.database)).toBe(false)
})
