import { readFile } from 'node:fs/promises'
import { userInfo } from 'node:os'
import type { Right } from '../shared/accounts.ts'
import { GyrusError } from '../shared/errors.ts'
import { asFileError } from '../shared/file-errors.ts'
import { type Credentials, whoMayCommand } from './core/accounts/command.ts'
import type { Store } from './store/types.ts'
import { ask, askSecret, hasTerminal } from './terminal.ts'

let token = process.env.GYRUS_TOKEN
// The engine, which parses files from anywhere, does not get to see it.
delete process.env.GYRUS_TOKEN

/** Takes the token from a file, for this run. */
export async function useTokenFile(path: string | undefined): Promise<void> {
  if (path === undefined) return
  token = await readFile(path, 'utf8').catch((error) => Promise.reject(asFileError(error)))
}

/** The token of this run, where there is one. */
export const givenToken = (): string | undefined => token

/**
 * Under whose name this run goes on record, if they may do it. While the record has no account, that is the operating
 * system's user; else the account of a token, or of who gives name and password on the terminal.
 *
 * @param command what is asked for, for the record
 * @throws GyrusError `not-allowed`, `terminal-needed`, `token-refused`, `sign-in-refused`, `sign-in-delayed`, `cancelled`
 */
export async function whoMay(store: Store, right: Right, command: string): Promise<string> {
  if ((await store.accounts()).length === 0) return userInfo().username
  return whoMayCommand(store, await credentials(), right, command)
}

async function credentials(): Promise<Credentials> {
  if (token !== undefined) return { token }
  if (!hasTerminal()) throw new GyrusError('terminal-needed')
  return { name: await ask('Name: '), password: await askSecret('Password: ') }
}
