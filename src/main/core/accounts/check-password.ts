import { GyrusError } from '../../../shared/errors.ts'
import type { Store, StoredAccount } from '../../store/types.ts'
import { isRight } from './passwords.ts'
import type { Strangers } from './strangers.ts'

export interface Try {
  name: string
  password: string
  shell: 'electron' | 'loopback' | 'command-line'
  /** ms since 1970, by a clock that is not set back. */
  now: number
  /** Where Gyrus runs on, and can hold up names that are not there as well. */
  strangers?: Strangers
}

/**
 * The account, if the password is its. A name that is not there, one that was deactivated and a wrong password are
 * answered alike, and after as long.
 *
 * @throws GyrusError `sign-in-refused`, `sign-in-delayed`
 */
export async function checkPassword(
  store: Store,
  { name, password, shell, now, strangers }: Try,
): Promise<StoredAccount> {
  const account = await store.countTry(name, now)
  if (!account) strangers?.countTry(name, now)
  if ((await isRight(password, account?.password ?? null)) && account) return account
  // Not what was typed for a name: that may be a password.
  const subject = account?.name ?? '-'
  const detail = { shell, known: account !== null, failures: (account?.failures ?? 0) + 1 }
  await store.logAccountAct({ actor: 'gyrus', act: 'session.refused', subject, detail })
  throw new GyrusError('sign-in-refused')
}
