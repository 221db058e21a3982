import type { Account, AccountToken } from '../../shared/account-schemas.ts'
import type { Role } from '../../shared/accounts.ts'
import { call, failureOf } from '../client/client.ts'
import { onEvent } from '../client/events.ts'
import type { UiFailure } from '../client/transport.ts'
import { toasts } from '../shell/toasts.svelte.ts'
import { texts } from '../texts.ts'

/** Something that is shown this once. */
interface Once {
  title: string
  text: string
  secret: string
}

/** What has to be confirmed before it is done. */
interface Sure {
  title: string
  text: string
  yes: string
  work: () => Promise<unknown>
}

const t = texts.accounts

/** The accounts and tokens as the administrator's page shows them. */
export class Administration {
  accounts = $state.raw<Account[] | null>(null)
  tokens = $state.raw<AccountToken[]>([])
  /** Null until it is known. */
  lockMinutes = $state<number | null>(null)
  failure = $state.raw<UiFailure | null>(null)
  once = $state.raw<Once | null>(null)
  sure = $state.raw<Sure | null>(null)
  readonly #stop = onEvent(({ type }) => {
    if (type === 'accounts' || type === 'resync') void this.load()
  })

  constructor() {
    void this.load()
  }

  stop(): void {
    this.#stop()
  }

  async load(): Promise<void> {
    try {
      const { accounts, lockMinutes } = await call('accounts.list', {})
      this.tokens = (await call('accounts.tokens', {})).tokens
      this.accounts = accounts
      this.lockMinutes = lockMinutes
      this.failure = null
    } catch (error) {
      this.failure = failureOf(error)
    }
  }

  /** Throws `RequestFailed`. */
  async add(asked: { name: string; fullName: string; role: Role }): Promise<void> {
    this.#showPassword(asked.name, (await call('accounts.add', asked)).password)
  }

  /** Throws `RequestFailed`. */
  async addToken(asked: { name: string; purpose: string; days: number }): Promise<void> {
    const { token } = await call('accounts.add-token', asked)
    this.once = { title: t.once.tokenTitle(asked.name), text: t.once.tokenText, secret: token }
  }

  setRole(name: string, role: Role): Promise<void> {
    return this.#try(() => call('accounts.set-role', { name, role }))
  }

  activate(name: string): Promise<void> {
    return this.#try(() => call('accounts.set-active', { name, active: true }))
  }

  async setLock(minutes: number): Promise<void> {
    await this.#try(async () => {
      await call('accounts.set-lock', { minutes })
      toasts.note(t.page.lockSet(minutes))
    })
  }

  askDeactivate(name: string): void {
    const work = () => call('accounts.set-active', { name, active: false })
    this.sure = { title: t.sure.deactivate(name), text: t.sure.deactivateText, yes: t.sure.deactivateYes, work }
  }

  askReset(name: string): void {
    const work = async () => this.#showPassword(name, (await call('accounts.reset-password', { name })).password)
    this.sure = { title: t.sure.reset(name), text: t.sure.resetText, yes: t.sure.resetYes, work }
  }

  askRevoke({ id, purpose }: AccountToken): void {
    const work = () => call('accounts.revoke-token', { id })
    this.sure = { title: t.sure.revoke(purpose), text: t.sure.revokeText, yes: t.sure.revokeYes, work }
  }

  async answer(yes: boolean): Promise<void> {
    const { sure } = this
    this.sure = null
    if (yes && sure) await this.#try(sure.work)
  }

  #showPassword(name: string, secret: string): void {
    this.once = { title: t.once.title(name), text: t.once.text, secret }
  }

  /** What could not be done is told, and what is shown is as it is. */
  async #try(work: () => Promise<unknown>): Promise<void> {
    await work().catch((error: unknown) => toasts.failure(failureOf(error)))
    await this.load()
  }
}
