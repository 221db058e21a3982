import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { whoMayCommand } from '../../src/main/core/accounts/command.ts'
import { Accounts } from '../../src/main/core/accounts/index.ts'
import type { Caller } from '../../src/main/core/caller.ts'
import { openStore } from '../../src/main/store/index.ts'
import type { GyrusEvent } from '../../src/shared/contract.ts'
import { PASSWORD, READER } from '../support/accounts.ts'
import { temporaryFolder } from '../support/cleanup.ts'

const HERE: Caller = { shell: 'loopback', connection: 'here' }
const THERE: Caller = { shell: 'electron', connection: 'there' }
const OTHER = 'gravel piano saddle 4'

/** Accounts on a real record, with the first one made, at a clock that the test sets. */
async function open(folder = temporaryFolder(), start = Date.parse('2026-11-24T08:00:00Z')) {
  const file = join(folder, 'gyrus.sqlite')
  const store = await openStore(file)
  const clock = { now: start }
  const events: GyrusEvent[] = []
  const accounts = new Accounts({ store, emit: (event) => events.push(event), now: () => clock.now })
  const close = async () => {
    accounts.close()
    await store.close()
  }
  onTestFinished(close)
  if ((await store.accounts()).length === 0) {
    await accounts.setUp(HERE, { name: READER, fullName: 'Test Reader', password: PASSWORD })
  }
  const audit = () => {
    const sqlite = new SQLite(file, { readonly: true })
    const rows = sqlite.prepare('select actor, act, subject, detail from audit order by seq').all()
    sqlite.close()
    return rows as { actor: string; act: string; subject: string; detail: string }[]
  }
  const acts = () => audit().map(({ act }) => act)
  return { folder, file, store, accounts, administration: accounts.administration, clock, events, audit, acts, close }
}

const DAY = 86_400_000
const MONTH = 30 * DAY

/** The same by the clocks of the machine. */
async function openAsItIs() {
  const { store } = await open()
  const accounts = new Accounts({ store, emit: () => undefined })
  onTestFinished(() => accounts.close())
  await accounts.signIn(HERE, READER, PASSWORD)
  return { accounts }
}

/** Sets the system's clock on, or back, by so many ms; a steady one does not take part. */
function setSystemClock(by: number): void {
  onTestFinished(() => {
    vi.useRealTimers()
    vi.restoreAllMocks()
  })
  vi.useFakeTimers({ now: Date.now() + by, toFake: ['Date'] })
}

const code = (expected: string) => ({ code: expected })

describe('the first launch', () => {
  it('is over for all others when one has set Gyrus up, also at the same moment', async () => {
    const folder = temporaryFolder()
    const store = await openStore(join(folder, 'gyrus.sqlite'))
    const accounts = new Accounts({ store, emit: () => undefined })
    onTestFinished(async () => {
      accounts.close()
      await store.close()
    })
    expect(await accounts.state(HERE)).toEqual({ state: 'setup' })
    const asked = (name: string) => ({ name, fullName: name, password: PASSWORD })
    const both = await Promise.allSettled([accounts.setUp(HERE, asked('one')), accounts.setUp(THERE, asked('two'))])
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    const refused = both.find((one) => one.status === 'rejected')
    expect(refused?.reason).toMatchObject(code('accounts-exist'))
    const states = await Promise.all([HERE, THERE].map((caller) => accounts.state(caller)))
    expect(states.map(({ state }) => state).toSorted()).toEqual(['signed-in', 'signed-out'])
  })

  it.each([
    ['short', 'password-short', 'eleven char'],
    ['the name', 'password-names', `this is ${READER.toUpperCase()} here`],
    ['common', 'password-common', 'Password1234'],
    ['a repetition', 'password-common', 'abcabcabcabcabc'],
    ['endless', 'password-long', 'ab1 '.repeat(70)],
  ])('refuses a password that is %s', async (_, expected, password) => {
    const store = await openStore(join(temporaryFolder(), 'gyrus.sqlite'))
    const accounts = new Accounts({ store, emit: () => undefined })
    onTestFinished(async () => {
      accounts.close()
      await store.close()
    })
    const setUp = accounts.setUp(HERE, { name: READER, fullName: 'x', password })
    await expect(setUp).rejects.toMatchObject(code(expected))
    expect(await store.accounts()).toEqual([])
  })

  it.each(['', ' ', 'gyrus', 'Gyrus', '-a', 'a\nb', 'a  b', 'x'.repeat(41), '<b>'])(
    'refuses the name %j',
    async (name) => {
      const { administration } = await open()
      const asked = administration.add({ name, fullName: 'x', role: 'auditor' }, READER)
      await expect(asked).rejects.toMatchObject(code('account-name-invalid'))
    },
  )
})

describe('signing in', () => {
  it('works with the name in any letters, and goes on record', async () => {
    const { accounts, audit } = await open()
    expect(await accounts.signIn(THERE, 'dr TEST', PASSWORD)).toMatchObject({ state: 'signed-in', name: READER })
    expect(audit().at(-1)).toMatchObject({ actor: READER, act: 'session.started' })
  })

  it('is held up longer after each failed try, up to a quarter of an hour, also after a restart', async () => {
    const first = await open()
    const waits: number[] = []
    let { accounts, clock, close } = first
    for (let failure = 1; failure <= 12; failure++) {
      await expect(accounts.signIn(THERE, READER, OTHER)).rejects.toMatchObject(code('sign-in-refused'))
      const refused = await accounts.signIn(THERE, READER, PASSWORD).catch((error: unknown) => error)
      expect(refused).toMatchObject(code('sign-in-delayed'))
      const { seconds } = (refused as { details: { seconds: number } }).details
      waits.push(seconds)
      if (failure === 6) {
        await close()
        ;({ accounts, clock, close } = await open(first.folder, clock.now))
        await expect(accounts.signIn(THERE, READER, PASSWORD)).rejects.toMatchObject(code('sign-in-delayed'))
      }
      clock.now += seconds * 1000
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900])
    expect(await accounts.signIn(THERE, READER, PASSWORD)).toMatchObject({ state: 'signed-in' })
    await accounts.lock(THERE, 'asked')
    await expect(accounts.signIn(THERE, READER, OTHER)).rejects.toMatchObject(code('sign-in-refused'))
    clock.now += 1000
    await accounts.signIn(THERE, READER, PASSWORD)
  })

  it('is held up no longer than the delay itself by a clock that was set back, also after a restart', async () => {
    const first = await open()
    await expect(first.accounts.signIn(THERE, READER, OTHER)).rejects.toMatchObject(code('sign-in-refused'))
    await first.close()
    const { accounts, clock } = await open(first.folder, first.clock.now - MONTH)
    const delayed = { code: 'sign-in-delayed', details: { seconds: 1 } }
    await expect(accounts.signIn(THERE, READER, PASSWORD)).rejects.toMatchObject(delayed)
    clock.now += 1000
    expect(await accounts.signIn(THERE, READER, PASSWORD)).toMatchObject({ state: 'signed-in' })
  })

  it('goes by a clock that nobody sets while Gyrus runs', async () => {
    const { accounts } = await openAsItIs()
    await expect(accounts.signIn(THERE, READER, OTHER)).rejects.toMatchObject(code('sign-in-refused'))
    setSystemClock(-MONTH)
    await expect(accounts.signIn(THERE, READER, PASSWORD)).rejects.toMatchObject(code('sign-in-delayed'))
    await new Promise((resolve) => setTimeout(resolve, 1_100))
    expect(await accounts.signIn(THERE, READER, PASSWORD)).toMatchObject({ state: 'signed-in' })
  })

  it('holds up names that are not there, too', async () => {
    const { accounts, clock } = await open()
    await expect(accounts.signIn(THERE, 'nobody', OTHER)).rejects.toMatchObject(code('sign-in-refused'))
    await expect(accounts.signIn(THERE, 'Nobody', OTHER)).rejects.toMatchObject(code('sign-in-delayed'))
    clock.now += 1000
    await expect(accounts.signIn(THERE, 'nobody', OTHER)).rejects.toMatchObject(code('sign-in-refused'))
  })

  it('does not tell by its time whether there is such a name', async () => {
    const { accounts, clock } = await open()
    const timed = async (name: string) => {
      clock.now += 3_600_000
      const start = performance.now()
      await accounts.signIn(THERE, name, OTHER).catch(() => undefined)
      return performance.now() - start
    }
    await timed('nobody')
    const known: number[] = []
    const unknown: number[] = []
    for (let i = 0; i < 9; i++) {
      known.push(await timed(READER))
      unknown.push(await timed(`nobody ${i}`))
    }
    // The quickest ones: other work on the machine only ever adds.
    const ratio = Math.min(...unknown) / Math.min(...known)
    // Without a password to check, it would be a hundredth.
    expect(ratio).toBeGreaterThan(0.3)
    expect(ratio).toBeLessThan(3)
  })

  it('of a deactivated account is answered as with a wrong password, and its sessions are over', async () => {
    const { accounts, administration, clock } = await open()
    const oneTime = await administration.add({ name: 'b', fullName: 'B', role: 'administrator' }, READER)
    await accounts.signIn(THERE, 'b', oneTime)
    await administration.setActive('B', false, READER)
    expect(await accounts.state(THERE)).toEqual({ state: 'signed-out' })
    clock.now += 60_000
    await expect(accounts.signIn(THERE, 'b', oneTime)).rejects.toMatchObject(code('sign-in-refused'))
    await administration.setActive('b', true, READER)
    await accounts.signIn(THERE, 'b', oneTime)
  })
})

describe('a session', () => {
  it('is over when it is locked, and only that one', async () => {
    const { accounts, acts, events } = await open()
    await accounts.signIn(THERE, READER, PASSWORD)
    events.length = 0
    await accounts.lock(HERE, 'asked')
    expect(events).toContainEqual({ type: 'session' })
    await expect(accounts.require(HERE, 'read', 'x')).rejects.toMatchObject(code('not-signed-in'))
    expect([accounts.sees(HERE), accounts.sees(THERE)]).toEqual([false, true])
    expect((await accounts.require(THERE, 'read', 'x')).name).toBe(READER)
    expect(acts().at(-1)).toBe('session.locked')
  })

  it('is locked when nobody touched anything for as long as is set, whatever the page asked by itself', async () => {
    const { accounts, administration, clock, audit } = await open()
    clock.now += 14 * 60_000
    await accounts.require(HERE, 'read', 'x')
    accounts.touch(HERE)
    clock.now += 14 * 60_000
    await accounts.require(HERE, 'read', 'x')
    clock.now += 60_000
    expect(accounts.sees(HERE)).toBe(false)
    await expect(accounts.require(HERE, 'read', 'x')).rejects.toMatchObject(code('not-signed-in'))
    expect(audit().at(-1)).toMatchObject({ act: 'session.locked', detail: '{"because":"idle"}' })
    await accounts.signIn(HERE, READER, PASSWORD)
    await administration.setLock(1, READER)
    clock.now += 60_000
    expect(await accounts.state(HERE)).toEqual({ state: 'signed-out' })
  })

  it('is locked by the time that went by, though the clock was set back a day', async () => {
    const { accounts } = await openAsItIs()
    setSystemClock(-DAY)
    expect(accounts.sees(HERE)).toBe(true)
    const now = performance.now.bind(performance)
    vi.spyOn(performance, 'now').mockImplementation(() => now() + 15 * 60_000)
    expect(accounts.sees(HERE)).toBe(false)
    expect(await accounts.state(HERE)).toEqual({ state: 'signed-out' })
  })

  it('is locked when the machine has slept, though its steady clock stood meanwhile', async () => {
    const { accounts } = await openAsItIs()
    setSystemClock(15 * 60_000)
    expect(accounts.sees(HERE)).toBe(false)
  })

  it('ends for others when the password is changed, and for all when it is reset', async () => {
    const { accounts, administration, clock } = await open()
    await accounts.signIn(THERE, READER, PASSWORD)
    await accounts.changePassword(HERE, READER, PASSWORD, OTHER)
    expect(await accounts.state(HERE)).toMatchObject({ state: 'signed-in' })
    expect(await accounts.state(THERE)).toEqual({ state: 'signed-out' })
    await expect(accounts.signIn(THERE, READER, PASSWORD)).rejects.toMatchObject(code('sign-in-refused'))
    const oneTime = await administration.resetPassword(READER, READER)
    expect(await accounts.state(HERE)).toEqual({ state: 'signed-out' })
    clock.now += 1000
    expect(await accounts.signIn(HERE, READER, oneTime)).toMatchObject({ mustChange: true })
  })

  it('may do what the role may now, not what it was at the start', async () => {
    const { accounts, administration } = await open()
    const oneTime = await administration.add({ name: 'b', fullName: 'B', role: 'administrator' }, READER)
    await accounts.signIn(THERE, 'b', oneTime)
    await accounts.changePassword(THERE, 'b', oneTime, OTHER)
    await accounts.require(THERE, 'administer', 'x')
    await administration.setRole('b', 'auditor', READER)
    await expect(accounts.require(THERE, 'review', 'x')).rejects.toMatchObject(code('not-allowed'))
  })

  it('is nowhere kept as what names its connection', async () => {
    const { accounts, store, folder } = await open()
    await accounts.signIn({ shell: 'loopback', connection: 'a-secret-connection' }, READER, PASSWORD)
    await store.close()
    expect(bytesIn(folder)).not.toContain('a-secret-connection')
  })
})

it('a one-time password is good for nothing but to be changed', async () => {
  const { accounts, administration } = await open()
  const oneTime = await administration.add({ name: 'b', fullName: 'B', role: 'radiologist' }, READER)
  await accounts.signIn(THERE, 'b', oneTime)
  await expect(accounts.require(THERE, 'read', 'x')).rejects.toMatchObject(code('password-change-needed'))
  expect(accounts.sees(THERE)).toBe(false)
  await expect(accounts.changePassword(THERE, 'b', oneTime, oneTime)).rejects.toMatchObject(code('password-same'))
  await accounts.changePassword(THERE, 'b', oneTime, OTHER)
  await accounts.require(THERE, 'read', 'x')
})

it('no password, token or hash of a connection gets into the record’s audit, and no password anywhere into its files', async () => {
  const { accounts, administration, audit, store, folder } = await open()
  const oneTime = await administration.add({ name: 'b', fullName: 'B', role: 'auditor' }, READER)
  await accounts.signIn(THERE, 'b', oneTime)
  await accounts.changePassword(THERE, 'b', oneTime, OTHER)
  // Typed where the name belongs.
  await accounts.signIn(HERE, 'my secret typed too early', 'x').catch(() => undefined)
  const { token } = await administration.addToken({ name: 'b', purpose: 'a test', days: 1 }, READER)
  const reset = await administration.resetPassword('b', READER)
  const hashes = (await store.accounts()).map(({ password }) => password)
  const said = JSON.stringify(audit())
  const secrets = [PASSWORD, OTHER, oneTime, reset, token, 'my secret']
  for (const secret of [...secrets, ...hashes]) expect(said).not.toContain(secret)
  await store.close()
  for (const secret of secrets) expect(bytesIn(folder)).not.toContain(secret)
  for (const hash of hashes) expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
})

describe('a refused token', () => {
  it('stays too old when the clock is set back; one that was made after that is good', async () => {
    const { store, administration, audit } = await open()
    const now = Date.now()
    vi.useFakeTimers({ toFake: ['Date'] })
    onTestFinished(() => void vi.useRealTimers())
    const { token } = await administration.addToken({ name: READER, purpose: 'a test', days: 1 }, READER)
    const use = (one: string) => whoMayCommand(store, { token: one }, 'read', 'cases')
    expect(await use(token)).toBe(READER)
    vi.setSystemTime(now + 2 * DAY)
    // Nobody tried it meanwhile, but the trail tells how late it was.
    await store.log({ actor: READER, act: 'audit.exported', subject: 'audit', detail: {} })
    vi.setSystemTime(now)
    await expect(use(token)).rejects.toMatchObject(code('token-refused'))
    const refused = audit().find(({ act }) => act === 'session.refused')
    expect(JSON.parse(refused?.detail ?? '{}')).toMatchObject({ because: 'too-old' })
    const fresh = await administration.addToken({ name: READER, purpose: 'after it', days: 1 }, READER)
    expect(await use(fresh.token)).toBe(READER)
  })

  it('is on record, by its id where it is known, and many of them do not fill it', async () => {
    const { administration, audit, store, clock } = await open()
    const { id, token } = await administration.addToken({ name: READER, purpose: 'a test', days: 1 }, READER)
    await administration.revokeToken(id, READER)
    const refused = () => audit().filter(({ act }) => act === 'session.refused')
    const tryIt = (one: string) => whoMayCommand(store, { token: one }, 'read', 'cases')
    await expect(tryIt(token)).rejects.toMatchObject(code('token-refused'))
    expect(refused()).toHaveLength(1)
    expect(refused()[0]).toMatchObject({ actor: 'gyrus', subject: READER })
    expect(JSON.parse(refused()[0]?.detail ?? '')).toMatchObject({ token: id, because: 'revoked', command: 'cases' })

    for (let n = 0; n < 50; n++) await expect(tryIt(`gyrus_guess-${n}`)).rejects.toMatchObject(code('token-refused'))
    const many = refused().slice(1)
    expect(many[0]).toMatchObject({ subject: '-' })
    expect(JSON.parse(many[0]?.detail ?? '')).toMatchObject({ token: null, because: 'unknown' })
    // A second, then two, then four go by between them, however long fifty tries take here.
    expect(many.length).toBeLessThan(8)
    expect(JSON.stringify(audit())).not.toContain('guess')

    const later = {
      id: null,
      account: null,
      because: 'unknown',
      command: 'cases',
      now: Date.now() + 3_600_000,
    } as const
    await store.logRefusedToken(later)
    expect(refused().reduce((sum, { detail }) => sum + JSON.parse(detail).unlogged + 1, 0)).toBe(1 + 50 + 1)
    // After the clock was set back it is no longer than the delay until the next one.
    const count = refused().length
    for (const now of [clock.now - MONTH, clock.now - MONTH + 900_000]) await store.logRefusedToken({ ...later, now })
    expect(refused()).toHaveLength(count + 1)
  })
})

const bytesIn = (folder: string) =>
  readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'latin1'))
    .join('')
