import type { Right } from '../../../shared/accounts.ts'
import { GyrusError } from '../../../shared/errors.ts'
import type { ReadStore, Store, StoredAccount, StoredToken } from '../../store/types.ts'
import { checkPassword } from './check-password.ts'
import { steadyNow } from './clock.ts'
import { refusal } from './rights.ts'
import { findToken, whyRefused } from './tokens.ts'

export type Credentials = { token: string } | { name: string; password: string }

/**
 * Who works on the command line, if they may do what is asked. It goes on record where that can be written.
 *
 * @param command null where nothing can be written into the record
 * @throws GyrusError `not-allowed`, `password-change-needed`, `token-refused`, `sign-in-refused`, `sign-in-delayed`
 */
export async function whoMayCommand(store: Store, by: Credentials, right: Right, command: string): Promise<string>
export async function whoMayCommand(
  store: ReadStore,
  by: { token: string },
  right: Right,
  command: null,
): Promise<string>
export async function whoMayCommand(
  store: ReadStore | Store,
  by: Credentials,
  right: Right,
  command: string | null,
): Promise<string> {
  const written = command === null ? null : (store as Store)
  const { account, id } =
    'token' in by ? await byToken(store, written, by.token, command) : await byPassword(store as Store, by)
  const { name, role } = account
  // A token works for an account with which nobody has signed in yet: a program's.
  const refused = refusal(id === null ? account : { ...account, mustChange: false }, right)
  if (refused) {
    const detail = { request: `gyrus ${command}`, role, shell: 'command-line' }
    if (right === 'administer') {
      await written?.logAccountAct({ actor: name, act: 'request.refused', subject: name, detail })
    }
    throw refused
  }
  if (id !== null)
    await written?.logAccountAct({ actor: name, act: 'token.used', subject: name, detail: { id, command } })
  return name
}

/** A clock that was set back does not bring a token back to life: the trail knows how late it has been. */
async function laterNow(store: ReadStore, { id }: StoredToken): Promise<number> {
  const latest = await store.latestSince(id)
  return Math.max(Date.now(), latest === null ? 0 : Date.parse(latest))
}

async function byToken(
  store: ReadStore,
  written: Store | null,
  token: string,
  command: string | null,
): Promise<{ account: StoredAccount; id: string }> {
  const found = await findToken(store, token)
  const account = found && (await store.findAccount(found.account))
  const because = whyRefused(found, account, found ? await laterNow(store, found) : Date.now())
  if (found && account && because === null) return { account, id: found.id }
  const who = { id: found?.id ?? null, account: account?.name ?? null }
  await written?.logRefusedToken({ ...who, because: because ?? 'unknown', command: String(command), now: steadyNow() })
  throw new GyrusError('token-refused')
}

async function byPassword(
  store: Store,
  { name, password }: { name: string; password: string },
): Promise<{ account: StoredAccount; id: null }> {
  const checked = await checkPassword(store, { name, password, shell: 'command-line', now: steadyNow() })
  return { account: await store.signedIn(checked, 'command-line'), id: null }
}
