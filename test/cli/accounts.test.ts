import { spawnSync } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { openRecord } from '../../src/main/compose.ts'
import { Administration } from '../../src/main/core/accounts/administration.ts'
import { changeOwnPassword } from '../../src/main/core/accounts/change-password.ts'
import { lockDataFolder } from '../../src/main/store/index.ts'
import type { Role } from '../../src/shared/accounts.ts'
import { PASSWORD } from '../support/accounts.ts'
import { Cleanup, temporaryFolder } from '../support/cleanup.ts'
import { writePicture } from '../support/images.ts'

const main = join(import.meta.dirname, '..', '..', 'src', 'main', 'cli', 'main.ts')

let folder: string
let dataDir: string
let picture: string
const tokens = {} as Record<Role, string>

/** Without a terminal, as a program runs it. */
function gyrus(args: string[], token?: string) {
  const env = { ...process.env, ...(token !== undefined && { GYRUS_TOKEN: token }) }
  return spawnSync(process.execPath, [main, ...args, '--data-dir', dataDir], { encoding: 'utf8', env, input: '' })
}

beforeAll(async () => {
  const end = new Cleanup()
  folder = temporaryFolder(end.add)
  dataDir = join(folder, 'data')
  picture = await writePicture(folder, 'a.png')
  const { store, close } = await openRecord(dataDir)
  const administration = new Administration({ store })
  const oneTime = await administration.add({ name: 'root', fullName: 'Root', role: 'administrator' }, 'test')
  const asked = {
    name: 'root',
    password: oneTime,
    newPassword: PASSWORD,
    shell: 'command-line',
    now: Date.now(),
  } as const
  await changeOwnPassword(store, asked)
  for (const role of ['radiologist', 'auditor'] as const) {
    await administration.add({ name: role, fullName: role, role }, 'root')
    tokens[role] = (await administration.addToken({ name: role, purpose: 'tests', days: 1 }, 'root')).token
  }
  tokens.administrator = (await administration.addToken({ name: 'root', purpose: 'tests', days: 1 }, 'root')).token
  await close()
  return end.run
})

const audit = () => {
  const sqlite = new SQLite(join(dataDir, 'gyrus.sqlite'), { readonly: true })
  const rows = sqlite.prepare('select actor, act, detail from audit order by seq').all()
  sqlite.close()
  // Each command also starts and ends Gyrus.
  return (rows as { actor: string; act: string; detail: string }[]).filter(({ act }) => !act.startsWith('app.'))
}

describe('while there are accounts', () => {
  it.each([['classify'], ['cases'], ['models', 'list'], ['dataset', 'list'], ['accounts', 'list']])(
    'gyrus %s %s asks who it is, and a program without a token is refused',
    (...command) => {
      const { status, stderr, stdout } = gyrus(command[0] === 'classify' ? ['classify', picture] : command)
      expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
      expect(stderr).toContain('[terminal-needed]')
    },
  )

  it('a token acts under the name of its account', () => {
    expect(gyrus(['classify', picture, '--json'], tokens.radiologist).status).toBe(0)
    const received = audit().filter(({ act }) => act === 'case.received')
    expect(received.map(({ actor }) => actor)).toEqual(['radiologist'])
    expect(audit().some(({ actor, act }) => actor === 'radiologist' && act === 'token.used')).toBe(true)
  })

  it('a token comes from a file, too, and may do what its account may', () => {
    const file = join(folder, 'token')
    writeFileSync(file, `${tokens.auditor}\n`)
    const read = gyrus(['cases', '--token-file', file])
    expect([read.status, read.stderr]).toEqual([0, expect.not.stringContaining('gyrus:')])
    const { status, stderr } = gyrus(['classify', picture, '--token-file', file])
    expect(status).toBe(1)
    expect(stderr).toContain('[not-allowed]')
    const out = join(folder, 'served')
    expect(gyrus(['models', 'export', 'efl0-2', out, '--for', 'triton'], tokens.radiologist).stderr).toContain(
      '[not-allowed]',
    )
    expect(existsSync(out)).toBe(false)
    expect(gyrus(['models', 'rollback'], tokens.radiologist).stderr).toContain('[not-allowed]')
    expect(audit().at(-1)).toMatchObject({ actor: 'radiologist', act: 'request.refused' })
  })

  it('a token is listed without what its holder knows, and is good for nothing once revoked', () => {
    const made = gyrus(
      ['accounts', 'token', 'auditor', '--for', 'a nightly export', '--days', '2', '--json'],
      tokens.administrator,
    )
    const { id, token } = JSON.parse(made.stdout) as { id: string; token: string }
    expect(gyrus(['cases'], token).status).toBe(0)
    const listed = gyrus(['accounts', 'tokens'], tokens.administrator).stdout
    expect(listed).toContain('a nightly export')
    expect(listed).not.toContain(token)
    expect(gyrus(['accounts', 'revoke', id], tokens.administrator).status).toBe(0)
    expect(gyrus(['cases'], token).stderr).toContain('[token-refused]')
    expect(gyrus(['cases'], 'gyrus_guess').stderr).toContain('[token-refused]')
    expect(gyrus(['accounts', 'revoke', id], tokens.administrator).stderr).toContain('[token-unknown]')
  })

  it('what a token reads beside a running Gyrus is on record, and so is one that is refused there', () => {
    const lock = lockDataFolder(dataDir)
    onTestFinished(() => lock.release())
    const read = gyrus(['batches', 'list', '--json'], tokens.auditor)
    expect([read.status, read.stderr]).toEqual([0, ''])
    expect(audit().at(-1)).toMatchObject({ actor: 'auditor', act: 'token.used' })
    expect(JSON.parse(audit().at(-1)?.detail ?? '')).toMatchObject({ command: 'batches' })
    const refusals = () => audit().filter(({ act }) => act === 'session.refused').length
    const before = refusals()
    for (let n = 0; n < 3; n++) expect(gyrus(['batches', 'list'], 'gyrus_another').stderr).toContain('[token-refused]')
    expect(refusals()).toBeGreaterThan(before)
  })

  it('a token that is too old, or whose account was deactivated, is refused', async () => {
    const { store, close } = await openRecord(dataDir)
    const administration = new Administration({ store })
    const { id, token: old } = await administration.addToken({ name: 'auditor', purpose: 'x', days: 1 }, 'root')
    await administration.add({ name: 'gone', fullName: 'x', role: 'auditor' }, 'root')
    const gone = (await administration.addToken({ name: 'gone', purpose: 'x', days: 1 }, 'root')).token
    await administration.setActive('gone', false, 'root')
    await close()
    const sqlite = new SQLite(join(dataDir, 'gyrus.sqlite'))
    sqlite.prepare(`update account_tokens set expires_at = '2026-01-01T00:00:00.000Z' where id = ?`).run(id)
    sqlite.close()
    for (const token of [old, gone]) expect(gyrus(['cases'], token).stderr).toContain('[token-refused]')
  })

  it('--no-log needs no account: nothing goes on record', () => {
    expect(gyrus(['classify', picture, '--json', '--no-log']).status).toBe(0)
  })

  it('accounts are made and changed by an administrator only', () => {
    const add = ['accounts', 'add', 'new one', '--full-name', 'New One', '--role', 'radiologist', '--json']
    expect(gyrus(add, tokens.radiologist).stderr).toContain('[not-allowed]')
    expect(JSON.parse(gyrus(add, tokens.administrator).stdout)).toMatchObject({
      name: 'new one',
      password: expect.stringMatching(/^(\w{5}-){3}\w{5}$/),
    })
    for (const command of [
      ['role', 'new one', 'auditor'],
      ['reset-password', 'new one'],
      ['deactivate', 'new one'],
    ]) {
      expect(gyrus(['accounts', ...command], tokens.administrator).status, command[0]).toBe(0)
    }
    expect(gyrus(['accounts', 'list'], tokens.administrator).stdout).toMatch(/new one +auditor +deactivated/)
    expect(gyrus(['accounts', 'activate', 'new one'], tokens.administrator).status).toBe(0)
    expect(gyrus(['accounts', 'deactivate', 'root'], tokens.administrator).stderr).toContain(
      '[account-last-administrator]',
    )
  })
})

/** The terminal is that of util-linux’s script. */
const hasScript = spawnSync('script', ['--version']).status === 0

/** With a terminal on which these lines are typed, each once it was asked for. */
function onTerminal(args: string[], typed: string[]): { status: number | null; shown: string } {
  const command = [process.execPath, main, ...args, '--data-dir', dataDir].map((part) => `'${part}'`).join(' ')
  const waits = typed.map((line) => `sleep 3; printf '%s\\r' '${line}'`).join('; ')
  const { status, stdout } = spawnSync('sh', ['-c', `{ ${waits}; sleep 6; } | script -qec "${command}" /dev/null`], {
    encoding: 'utf8',
    env: { ...process.env, GYRUS_TOKEN: undefined },
  })
  return { status, shown: stdout }
}

describe('on a terminal', () => {
  it('it asks for name and password, and shows no password', ({ skip }) => {
    skip(!hasScript, 'not run: there is no program “script” here')
    const { status, shown } = onTerminal(['accounts', 'list'], ['root', PASSWORD])
    expect(shown).toContain('Name: ')
    expect(shown).toMatch(/root +administrator +active/)
    expect(shown).not.toContain(PASSWORD)
    expect(status).toBe(0)
    expect(audit().at(-1)).toMatchObject({ actor: 'root', act: 'session.started' })
  }, 60_000)
})

describe('while there is no account', () => {
  it('the operating system’s user is who goes on record, and the first account is an administrator’s', async () => {
    const own = join(temporaryFolder(), 'data')
    const run = (...args: string[]) =>
      spawnSync(process.execPath, [main, ...args, '--data-dir', own], { encoding: 'utf8', input: '' })
    expect(run('classify', picture, '--json').status).toBe(0)
    const sqlite = new SQLite(join(own, 'gyrus.sqlite'), { readonly: true })
    expect(sqlite.prepare('select received_by from cases').pluck().all()).toEqual([userInfo().username])
    sqlite.close()
    const add = (role: string) => run('accounts', 'add', 'me', '--full-name', 'Me', '--role', role)
    expect(add('radiologist').stderr).toContain('[account-first-administrator]')
    expect(add('administrator').stdout).toContain('One-time password of me')
    expect(run('cases').stderr).toContain('[terminal-needed]')
  })
})
