import type { SessionState } from '../../../shared/account-schemas.ts'
import type { Right } from '../../../shared/accounts.ts'
import { GyrusError } from '../../../shared/errors.ts'
import type { AccountAct, Store, StoredAccount } from '../../store/types.ts'
import type { Caller } from '../caller.ts'
import type { Emit } from '../events.ts'
import { Administration } from './administration.ts'
import { changeOwnPassword } from './change-password.ts'
import { checkPassword } from './check-password.ts'
import { steadyNow } from './clock.ts'
import { checkName } from './names.ts'
import { checkNewPassword, hashPassword, prepareNobody } from './passwords.ts'
import { refusal } from './rights.ts'
import { type Session, Sessions } from './sessions.ts'
import { Strangers } from './strangers.ts'

const SWEEP_MS = 5_000
const MINUTE_MS = 60_000

export interface AccountsParts {
  store: Store
  emit: Emit
  /** A clock that is not set back, ms since 1970. */
  now?: () => number
  /** The system's clock, which goes on while the machine sleeps. */
  systemNow?: () => number
}

/** Why somebody who is still there has to sign in again; `screen`: the screen was locked, or the machine went to sleep. */
const LOCKS = ['asked', 'idle', 'screen'] as const
type LockReason = (typeof LOCKS)[number]

/** Who may work here, who is signed in where, and what they may do. */
export class Accounts {
  readonly administration: Administration
  readonly #store: Store
  readonly #emit: Emit
  readonly #now: () => number
  readonly #systemNow: () => number
  readonly #sessions = new Sessions()
  readonly #strangers = new Strangers()
  readonly #sweeping: NodeJS.Timeout
  #lockMs = 0

  constructor({ store, emit, now = steadyNow, systemNow = () => Date.now() }: AccountsParts) {
    this.#store = store
    this.#emit = emit
    this.#now = now
    this.#systemNow = systemNow
    this.administration = new Administration({
      store,
      hanging: {
        emit,
        changed: (name) => this.#changed(name),
        end: (name, because) => this.#endAllOf(name, because),
        lockChanged: (minutes) => this.#setLock(minutes),
      },
    })
    this.#sweeping = setInterval(() => void this.#sweep().catch(() => undefined), SWEEP_MS).unref()
  }

  /** Where the caller stands. */
  async state(caller: Caller): Promise<SessionState> {
    const session = await this.#find(caller)
    if (!session) {
      void prepareNobody()
      return { state: (await this.#store.accounts()).length === 0 ? 'setup' : 'signed-out' }
    }
    const { name, fullName, role, mustChange } = session
    return { state: 'signed-in', name, fullName, role, mustChange, lockMinutes: await this.#store.lockMinutes() }
  }

  /** Whether what happens by itself (events, pictures) may go to this caller now. */
  sees({ connection }: Caller, right: Right = 'read'): boolean {
    const session = this.#sessions.find(connection)
    return session !== null && !this.#isIdle(session) && !refusal(session, right)
  }

  /**
   * The one check of rights. Returns who the caller is.
   *
   * @throws GyrusError `not-signed-in`, `password-change-needed`, `not-allowed`
   */
  async require(caller: Caller, right: Right, what: string): Promise<Session> {
    const session = await this.#find(caller)
    if (!session) throw new GyrusError('not-signed-in')
    const refused = refusal(session, right)
    if (!refused) return session
    if (right === 'administer') {
      const detail = { request: what, role: session.role, shell: caller.shell }
      await this.#log({ actor: session.name, act: 'request.refused', subject: session.name, detail })
    }
    throw refused
  }

  /** @throws GyrusError `accounts-exist`, and what `checkName` and `checkNewPassword` throw */
  async setUp(
    caller: Caller,
    { name, fullName, password }: { name: string; fullName: string; password: string },
  ): Promise<SessionState> {
    const known = checkName(name)
    checkNewPassword(password, known)
    if ((await this.#store.accounts()).length > 0) throw new GyrusError('accounts-exist')
    const hash = await hashPassword(password)
    const account = { name: known, fullName, role: 'administrator', password: hash } as const
    await this.#store.addAccount({ ...account, mustChange: false, by: known, first: true })
    await this.#start(caller, account)
    return this.state(caller)
  }

  /** @throws GyrusError `sign-in-refused`, `sign-in-delayed` */
  async signIn(caller: Caller, name: string, password: string): Promise<SessionState> {
    await this.#start(caller, await this.#check(name, password, caller))
    return this.state(caller)
  }

  #check(name: string, password: string, { shell }: Caller): Promise<StoredAccount> {
    return checkPassword(this.#store, { name, password, shell, now: this.#now(), strangers: this.#strangers })
  }

  async lock(caller: Caller, because: LockReason): Promise<void> {
    const session = this.#sessions.find(caller.connection)
    this.#sessions.end(caller.connection)
    if (session) await this.#ended(session, because)
  }

  touch({ connection }: Caller): void {
    const session = this.#sessions.find(connection)
    if (session) session.touched = this.#moment()
  }

  /** Errors of `changeOwnPassword`. */
  async changePassword(caller: Caller, name: string, password: string, newPassword: string): Promise<SessionState> {
    const { shell } = caller
    const hash = await changeOwnPassword(this.#store, { name, password, newPassword, shell, now: this.#now() })
    await this.#endAllOf(name, 'password')
    await this.#start(caller, { name, password: hash })
    return this.state(caller)
  }

  close(): void {
    clearInterval(this.#sweeping)
  }

  async #start({ connection, shell }: Caller, checked: Pick<StoredAccount, 'name' | 'password'>): Promise<void> {
    // Who comes after somebody at the same window ends that session.
    const before = this.#sessions.find(connection)
    this.#sessions.end(connection)
    if (before) await this.#ended(before, 'replaced')
    this.#setLock(await this.#store.lockMinutes())
    // As it is now: while the password was looked at, an administrator may have changed or deactivated the account.
    const { name, fullName, role, mustChange } = await this.#store.signedIn(checked, shell)
    this.#sessions.start(connection, { name, fullName, role, mustChange, touched: this.#moment() })
    this.#emit({ type: 'session' })
    this.#emit({ type: 'accounts' })
  }

  async #find({ connection }: Caller): Promise<Session | null> {
    const session = this.#sessions.find(connection)
    if (!session || !this.#isIdle(session)) return session
    await this.#sweep()
    return null
  }

  /** By whichever clock went on further: one may have been set back, the other stands while the machine sleeps. */
  #isIdle({ touched }: Session): boolean {
    const now = this.#moment()
    return Math.max(now.steady - touched.steady, now.system - touched.system) >= this.#lockMs
  }

  #moment(): Session['touched'] {
    return { steady: this.#now(), system: this.#systemNow() }
  }

  /** Also while no page asks: the session of somebody who left is over, whatever the page does. */
  async #sweep(): Promise<void> {
    for (const session of this.#sessions.endAll((one) => this.#isIdle(one))) await this.#ended(session, 'idle')
  }

  async #endAllOf(name: string, because: string): Promise<void> {
    for (const session of this.#sessions.endAll((one) => one.name === name)) await this.#ended(session, because)
  }

  async #ended({ name }: Session, because: string): Promise<void> {
    this.#emit({ type: 'session' })
    const act = LOCKS.some((one) => one === because) ? 'session.locked' : 'session.ended'
    await this.#log({ actor: act === 'session.locked' ? name : 'gyrus', act, subject: name, detail: { because } })
  }

  /** What was changed of an account holds for its sessions at once. */
  async #changed(name: string): Promise<void> {
    const account = await this.#store.findAccount(name)
    for (const session of this.#sessions.of(name)) Object.assign(session, { role: account?.role })
    this.#emit({ type: 'session' })
  }

  #setLock(minutes: number): void {
    this.#lockMs = minutes * MINUTE_MS
  }

  #log(act: AccountAct): Promise<void> {
    return this.#store.logAccountAct(act)
  }
}
