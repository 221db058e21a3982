import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Caller } from '../../src/main/core/caller.ts'
import type { Core } from '../../src/main/core/index.ts'
import { mayDo, ROLES, type Role } from '../../src/shared/accounts.ts'
import { contract, type RequestName } from '../../src/shared/contract.ts'
import { READER, signIn, signInRole } from '../support/accounts.ts'
import { Cleanup, temporaryFolder } from '../support/cleanup.ts'
import { openPaths, openTestCore } from '../support/core.ts'
import { writePicture } from '../support/images.ts'

const NAMES = Object.keys(contract) as RequestName[]
/** No request takes this: it is refused after the rights were looked at, and before anything is done. */
const NONSENSE = { nonsense: true }
const STRANGER: Caller = { shell: 'loopback', connection: 'nobody is signed in here' }

let core: Core
let database: string
const callers = {} as Record<Role, Caller>

beforeAll(async () => {
  const end = new Cleanup()
  const folder = temporaryFolder(end.add)
  ;({ core } = await openTestCore(join(folder, 'data'), {}, end.add))
  database = core.folder.database
  for (const role of ROLES) callers[role] = await signInRole(core, role)
  return end.run
})

const codeOf = async (name: string, caller: Caller, input: unknown = NONSENSE) => {
  const reply = await core.request(name, input, caller)
  return 'failure' in reply ? reply.failure.code : 'ok'
}

const count = (table: string): number => {
  const sqlite = new SQLite(database, { readonly: true })
  const n = sqlite.prepare(`select count(*) from ${table}`).pluck().get() as number
  sqlite.close()
  return n
}

describe.each(ROLES)('%s', (role) => {
  it.each(NAMES)('%s is asked by those who may, and refused to others', async (name) => {
    const expected = mayDo(role, contract[name].may) ? 'request-invalid' : 'not-allowed'
    expect(await codeOf(name, callers[role])).toBe(expected)
  })
})

it.each(NAMES)('%s is refused where nobody is signed in, unless anyone may', async (name) => {
  expect(await codeOf(name, STRANGER)).toBe(contract[name].may === 'anyone' ? 'request-invalid' : 'not-signed-in')
})

it('says in one place who does what', () => {
  const which = (right: string) => NAMES.filter((name) => contract[name].may === right)
  expect(which('anyone')).toEqual(['app.info', 'language.get', 'session.get', 'session.set-up', 'session.sign-in'])
  expect(which('own')).toEqual([
    'reading.get',
    'reading.set',
    'preferences.get',
    'preferences.set',
    'session.lock',
    'session.touch',
    'session.change-password',
  ])
  expect(which('oversee')).toEqual([
    'models.comparison',
    'models.report',
    'models.evaluated-images',
    'providers.get',
    'department.settings',
    'department.get',
    'department.limits',
    'datasets.samples',
    'datasets.auditStatus',
    'datasets.audited',
    'datasets.groups',
    'datasets.compare',
    'audit.commands',
    'backups.status',
    'backups.list',
    'retention.status',
    'retention.plan',
    'holds.list',
    'monitoring.report',
    'monitoring.counting',
    'monitoring.monthly',
    'monitoring.limits',
    'sources.list',
    'pacs.list',
  ])
  const reads = which('read').filter(
    (name) =>
      !/\.(get|list|place|facets|status|activations|gate|results|judgements|proposal|plan-proposal|work|recipes|importStatus|files|count|heads|timeline|verifyStatus)$/.test(
        name,
      ),
  )
  // An auditor verifies and exports; both are on record, and change nothing that was there.
  expect(reads).toEqual([
    ...[
      'cases.report',
      'readings.changes',
      'cases.series',
      'cases.stack-window',
      'cases.priors',
      'cases.explain',
      'cases.region',
      'cases.similar',
      'sendings.of-case',
    ],
    ...['sendings.failing', 'batches.passed-over'],
    ...['batches.export', 'models.evaluations', 'models.evaluation'],
    ...['department.outbox', 'audit.verify', 'audit.cancelVerify', 'audit.export'],
  ])
})

it('a refused administration request is on record, and one of reading is not', async () => {
  const refused = () => {
    const sqlite = new SQLite(database, { readonly: true })
    const rows = sqlite.prepare(`select actor, detail from audit where act = 'request.refused'`).all()
    sqlite.close()
    return rows as { actor: string; detail: string }[]
  }
  const before = refused().length
  await codeOf('accounts.list', callers.radiologist)
  await codeOf('cases.review', callers.auditor)
  expect(refused()).toHaveLength(before + 1)
  expect(refused().at(-1)?.actor).toBe('the radiologist')
  expect(refused().at(-1)?.detail).toContain('accounts.list')
})

it('an auditor reads a case and changes nothing of it', async () => {
  await signIn(core)
  const [opened] = await openPaths(core, await writePicture(temporaryFolder(), 'a.png'))
  const id = opened?.caseId ?? ''
  expect(await codeOf('cases.get', callers.auditor, { id })).toBe('ok')
  const tables = ['cases', 'verdicts', 'results', 'model_activations', 'training_runs', 'datasets', 'accounts']
  const before = tables.map(count)
  for (const [name, input] of [
    ['cases.review', { id, verdict: 'agree' }],
    ['cases.retry', { id }],
    ['samples.open', {}],
    ['scans.open', { paths: ['/tmp'] }],
    ['accounts.add', { name: 'x', fullName: 'x', role: 'administrator' }],
    ['models.rollback', { reason: '' }],
  ] as const) {
    expect(await codeOf(name, callers.auditor, input), name).toBe('not-allowed')
  }
  expect(tables.map(count)).toEqual(before)
  expect(await codeOf('cases.review', callers.radiologist, { id, verdict: 'agree' })).toBe('ok')
  expect((await core.store.getCase(id)).verdicts[0]?.reader).toBe('the radiologist')
  expect((await core.store.getCase(id)).receivedBy).toBe(READER)
})
