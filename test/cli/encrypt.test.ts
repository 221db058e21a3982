import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { lockDataFolder } from '../../src/main/store/index.ts'
import { makeDataFolder } from '../support/care.ts'
import { Cleanup, temporaryFolder } from '../support/cleanup.ts'

const main = join(import.meta.dirname, '..', '..', 'src', 'main', 'cli', 'main.ts')
const FIRST = 'nine green kettles sing'
const SECOND = 'eleven slow lanterns hum'
const cleanup = new Cleanup()
const base = temporaryFolder(cleanup.add)
const first = join(base, 'first.txt')
const second = join(base, 'second.txt')
let root: string
let code: string
/** All that was printed. */
let printed = ''

function gyrus(args: string[], env: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args, '--data-dir', root], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
    input: '',
  })
  printed += stdout + stderr
  return { status, stdout, stderr }
}

beforeAll(async () => {
  writeFileSync(first, `${FIRST}\n`)
  writeFileSync(second, `${SECOND}\r\n`)
  root = (await makeDataFolder(join(base, 'data'))).folder.root
  return cleanup.run
})

describe('gyrus encrypt', { timeout: 240_000 }, () => {
  it('does not begin beside a Gyrus, without a passphrase, or with a bad one', () => {
    const lock = lockDataFolder(root)
    expect(gyrus(['encrypt', '--passphrase-file', first]).stderr).toContain('[data-folder-in-use]')
    lock.release()
    expect(gyrus(['encrypt']).stderr).toContain('[passphrase-needed]')
    const short = join(base, 'short.txt')
    writeFileSync(short, 'short')
    expect(gyrus(['encrypt', '--new-passphrase-file', short]).stderr).toContain('[password-short]')
    expect(readdirSync(root)).not.toContain('keys.json')
    expect(gyrus(['encrypt', '--off']).stderr).toContain('[not-encrypted]')
    expect(gyrus(['encrypt', '--change-passphrase']).stderr).toContain('[not-encrypted]')
    expect(gyrus(['encrypt', '--off', '--change-passphrase']).status).toBe(1)
  })

  it('encrypts, shows the recovery code once, and says what it does not do', () => {
    const { status, stdout, stderr } = gyrus(['encrypt', '--new-passphrase-file', first])
    expect([status, stdout]).toEqual([0, expect.stringContaining('3 files were sealed')])
    expect(stdout).toContain('may be on it still')
    expect(stdout).toContain('Backups that were made before stay in clear')
    code = /Recovery code: (\S+)/.exec(stderr)?.[1] as string
    expect(code).toMatch(/^([0-9a-z]{4}-){7}[0-9a-z]{4}$/)
    expect(gyrus(['encrypt', '--new-passphrase-file', first]).stderr).toContain('[already-encrypted]')
  })

  it('opens it for every command by option, by variable, by the recovery code; else it is told why not', () => {
    expect(gyrus(['audit', 'verify', '--files', '--passphrase-file', first]).status).toBe(0)
    expect(gyrus(['--passphrase-file', first, 'audit', 'verify', '--files']).status).toBe(0)
    const byVariable = gyrus(['cases', '--json'], { GYRUS_PASSPHRASE_FILE: first })
    expect(byVariable.stdout.trim().split('\n')).toHaveLength(3)
    const recovery = join(base, 'code.txt')
    writeFileSync(recovery, code.toUpperCase())
    expect(gyrus(['audit', 'head'], { GYRUS_PASSPHRASE_FILE: recovery }).stdout).toContain('Installation')
    for (const command of [['cases'], ['backup'], ['readings'], ['retention'], ['patient', 'holds']]) {
      expect(gyrus(command).stderr, command.join(' ')).toContain('[passphrase-needed]')
      expect(gyrus(command, { GYRUS_PASSPHRASE_FILE: second }).stderr).toContain('[passphrase-wrong]')
    }
    expect(gyrus(['cases'], { GYRUS_PASSPHRASE_FILE: join(base, 'none') }).stderr).toContain('[file-missing]')
  })

  it('is opened by what cares for data: rules, holds, readings, backups and their verification', () => {
    const run = (...args: string[]) => gyrus(args, { GYRUS_PASSPHRASE_FILE: first })
    expect(run('retention', '--images-months', '6', '--dry-run').stdout).toContain(
      '0 more cases would lose their image',
    )
    expect(run('patient', 'hold', 'PAT-4711', '--reason', 'lawsuit').stdout).toContain('patient PAT-4711, 2 cases')
    expect(run('patient', 'erase', 'PAT-4711', '--reason', 'asked').stderr).toContain('[case-held]')
    expect(run('patient', 'release', '1', '--reason', 'over').stdout).toContain('No legal hold')
    expect(run('readings', '--json').status).toBe(0)
    const dir = join(base, 'backups')
    mkdirSync(dir)
    const { path } = JSON.parse(run('backup', dir, '--json').stdout)
    expect(run('backup', '--verify', path).stdout).toContain('is sound')
    expect(run('backup', '--list').stdout).toContain('sound')
    writeFileSync(join(path, 'keys.json'), '{}')
    expect(run('backup', '--verify', path)).toMatchObject({ status: 2, stdout: expect.stringContaining('keys.json') })
  })

  it('changes the passphrase and the code, and puts neither on record', () => {
    const changed = ['encrypt', '--change-passphrase', '--new-passphrase-file', second]
    expect(gyrus(changed).stderr).toContain('[passphrase-needed]')
    // The file with the old one is not taken for the new one.
    const unnamed = gyrus(['encrypt', '--change-passphrase'], { GYRUS_PASSPHRASE_FILE: first })
    expect(unnamed.stderr).toContain('[passphrase-needed]')
    expect(gyrus(changed, { GYRUS_PASSPHRASE_FILE: first }).status).toBe(0)
    expect(gyrus(['cases'], { GYRUS_PASSPHRASE_FILE: first }).stderr).toContain('[passphrase-wrong]')
    const now = { GYRUS_PASSPHRASE_FILE: second }
    const other = /Recovery code: (\S+)/.exec(gyrus(['encrypt', '--new-recovery-code'], now).stderr)?.[1] as string
    const recovery = join(base, 'old-code.txt')
    writeFileSync(recovery, code)
    expect(gyrus(['cases'], { GYRUS_PASSPHRASE_FILE: recovery }).stderr).toContain('[passphrase-wrong]')
    writeFileSync(recovery, other)
    expect(gyrus(['cases'], { GYRUS_PASSPHRASE_FILE: recovery }).status).toBe(0)
    const trail = join(base, 'trail.json')
    expect(gyrus(['audit', 'export', '--format', 'json', '--out', trail], now).status).toBe(0)
    const text = readFileSync(trail, 'utf8')
    for (const act of ['record.encrypted', 'record.key-changed']) expect(text).toContain(act)
    for (const secret of [FIRST, SECOND, code, other]) expect(text).not.toContain(secret)
  })

  it('decrypts', () => {
    expect(gyrus(['encrypt', '--off']).stderr).toContain('[passphrase-needed]')
    expect(gyrus(['encrypt', '--off'], { GYRUS_PASSPHRASE_FILE: second }).stdout).toContain('The record is in clear')
    expect(gyrus(['audit', 'verify', '--files']).status).toBe(0)
    expect(readdirSync(root)).not.toContain('keys.json')
  })

  it('never printed a passphrase', () => {
    expect(printed.length).toBeGreaterThan(1_000)
    for (const secret of [FIRST, SECOND]) expect(printed).not.toContain(secret)
  })
})

const hasScript = spawnSync('script', ['--version']).status === 0

describe('on a terminal', () => {
  it('asks, holds up the next try after a wrong one, and shows nothing of what is typed', ({ skip }) => {
    skip(!hasScript, 'not run: there is no program “script” here')
    expect(gyrus(['encrypt', '--new-passphrase-file', first]).status).toBe(0)
    const command = [process.execPath, main, 'cases', '--data-dir', root].map((part) => `'${part}'`).join(' ')
    const typed = ['eleven slow lanterns', FIRST].map((line) => `sleep 8; printf '%s\\r' '${line}'`).join('; ')
    const { status, stdout } = spawnSync('sh', ['-c', `{ ${typed}; sleep 6; } | script -qec "${command}" /dev/null`], {
      encoding: 'utf8',
    })
    expect(stdout).toContain('Passphrase of the record: ')
    expect(stdout).toContain('The next try can be made in 1 s.')
    expect(stdout).toMatch(/other\.png/)
    expect(stdout).not.toContain(FIRST)
    expect(stdout).not.toContain('lanterns')
    expect(status).toBe(0)
  }, 90_000)
})
