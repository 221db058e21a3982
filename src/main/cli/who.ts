import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { userInfo } from 'node:os'
import type { Right } from '../../shared/accounts.ts'
import { GyrusError } from '../../shared/errors.ts'
import { asFileError } from '../../shared/file-errors.ts'
import { chooseDataDir, openRecord } from '../compose.ts'
import { type Credentials, whoMayCommand } from '../core/accounts/command.ts'
import { dataFolderAt } from '../core/data-folder.ts'
import type { ReadStore, Store } from '../store/types.ts'
import { ask, askSecret, hasTerminal } from '../terminal.ts'
import { readingRecord } from './record.ts'

let token = process.env.GYRUS_TOKEN
// The engine, which parses files from anywhere, does not get to see it.
delete process.env.GYRUS_TOKEN

/** Takes the token from a file, for this run. */
export async function useTokenFile(path: string | undefined): Promise<void> {
  if (path === undefined) return
  token = await readFile(path, 'utf8').catch((error) => Promise.reject(asFileError(error)))
}

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

/** The same for what works beside a running Gyrus; only a password needs the record for itself. */
export async function mayRead(dataDir: string | undefined, command: string, right: Right = 'read'): Promise<string> {
  const folder = dataFolderAt(chooseDataDir(dataDir))
  if (!existsSync(folder.database)) return userInfo().username
  const name = await readingRecord(folder, async (store) => (store ? nameWithoutAsking(store, right) : undefined))
  if (name !== undefined) return name
  const record = await openRecord(folder.root)
  try {
    return await whoMay(record.store, right, command)
  } finally {
    await record.close()
  }
}

async function nameWithoutAsking(store: ReadStore, right: Right): Promise<string | undefined> {
  if ((await store.accounts()).length === 0) return userInfo().username
  return token === undefined ? undefined : whoMayCommand(store, { token }, right, null)
}

async function credentials(): Promise<Credentials> {
  if (token !== undefined) return { token }
  if (!hasTerminal()) throw new GyrusError('terminal-needed')
  return { name: await ask('Name: '), password: await askSecret('Password: ') }
}
