import { readFile } from 'node:fs/promises'
import { GyrusError } from '../shared/errors.ts'
import { asFileError } from '../shared/file-errors.ts'
import { openByAsking, type PassphraseAsker } from './core/encryption/ask.ts'
import type { KeyFile } from './core/encryption/key-file.ts'
import type { KeyStore } from './core/encryption/key-store.ts'
import type { FolderKeys } from './core/encryption/keys.ts'
import { type Opened, openWithSecret, openWithStore } from './core/encryption/unlock.ts'
import { askSecret, hasTerminal } from './terminal.ts'

let passphraseFile = process.env.GYRUS_PASSPHRASE_FILE
// The engine, which parses files from anywhere, does not get to know where it lies.
delete process.env.GYRUS_PASSPHRASE_FILE

/** Takes the passphrase from a file, for this run. */
export function usePassphraseFile(path: string | undefined): void {
  if (path !== undefined) passphraseFile = path
}

/** Opened in this process: one that runs asks once. */
const opened = new Map<string, Opened>()

/** What a shell has to open an encrypted record with, beside a file. */
export interface KeySources {
  keyStore?: KeyStore | undefined
  /** Where it has one of its own; else the terminal asks. */
  passphrase?: PassphraseAsker | undefined
}

/**
 * Opens the key of an encrypted record: by the shell's key store, else with the passphrase or recovery code from a file
 * or from who sits at the shell.
 *
 * @throws GyrusError `passphrase-needed`, `passphrase-wrong`, errors of reading the file, `cancelled`
 */
export async function openKey(file: KeyFile, { keyStore, passphrase }: KeySources = {}): Promise<Opened> {
  const known = opened.get(file.id)
  if (known) return known
  const stored = keyStore && (await openWithStore(file, keyStore))
  const found = stored ?? (await openByPassphrase(file, passphrase))
  opened.set(file.id, found)
  return found
}

/** Of the data folder that this process has opened; null where it is in clear. */
export const openedKeys = (): FolderKeys | null => [...opened.values()].at(-1)?.keys ?? null

const terminal: PassphraseAsker = {
  ask: () => askSecret('Passphrase of the record: '),
  refuse: ({ message, seconds }) => console.error(`${message} The next try can be made in ${seconds} s.`),
}

async function openByPassphrase(file: KeyFile, asker: PassphraseAsker = terminal): Promise<Opened> {
  if (passphraseFile !== undefined) return openWithSecret(file, await readSecret(passphraseFile))
  if (asker === terminal && !hasTerminal()) throw new GyrusError('passphrase-needed')
  return openByAsking(file, asker)
}

/**
 * A passphrase to be, typed twice; or from a file, where a program gives it.
 *
 * @throws GyrusError `passphrase-needed`, `passphrases-differ`, errors of reading the file, `cancelled`
 */
export async function newPassphrase(path: string | undefined): Promise<string> {
  if (path !== undefined) return readSecret(path)
  if (!hasTerminal()) throw new GyrusError('passphrase-needed')
  const first = await askSecret('New passphrase: ')
  if ((await askSecret('Again: ')) !== first) throw new GyrusError('passphrases-differ')
  return first
}

/** The first passphrase of a record: what is to open it later may be named already. Errors as for `newPassphrase`. */
export const firstPassphrase = (path: string | undefined): Promise<string> => newPassphrase(path ?? passphraseFile)

/** The first line. */
async function readSecret(path: string): Promise<string> {
  const text = await readFile(path, 'utf8').catch((error) => Promise.reject(asFileError(error)))
  return text.split(/\r?\n/, 1)[0] ?? ''
}
