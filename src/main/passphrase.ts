import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { GyrusError } from '../shared/errors.ts'
import { asFileError } from '../shared/file-errors.ts'
import type { KeyFile } from './core/encryption/key-file.ts'
import type { KeyStore } from './core/encryption/key-store.ts'
import type { FolderKeys } from './core/encryption/keys.ts'
import { type Opened, openWithSecret, openWithStore } from './core/encryption/unlock.ts'
import { askSecret, hasTerminal } from './terminal.ts'

/** Wrong ones that are borne at a terminal; each holds up the next, 1, 2, 4 … s. */
const TRIES = 6

let passphraseFile = process.env.GYRUS_PASSPHRASE_FILE
// The engine, which parses files from anywhere, does not get to know where it lies.
delete process.env.GYRUS_PASSPHRASE_FILE

/** Takes the passphrase from a file, for this run. */
export function usePassphraseFile(path: string | undefined): void {
  if (path !== undefined) passphraseFile = path
}

/** Opened in this process: one that runs asks once. */
const opened = new Map<string, Opened>()

/**
 * Opens the key of an encrypted record: by the shell's key store, else with the passphrase or recovery code from a file
 * or from who sits at the terminal.
 *
 * @throws GyrusError `passphrase-needed`, `passphrase-wrong`, errors of reading the file, `cancelled`
 */
export async function openKey(file: KeyFile, keyStore: KeyStore | null = null): Promise<Opened> {
  const known = opened.get(file.id)
  if (known) return known
  const found = (keyStore && (await openWithStore(file, keyStore))) ?? (await openByPassphrase(file))
  opened.set(file.id, found)
  return found
}

/** Of the data folder that this process has opened; null where it is in clear. */
export const openedKeys = (): FolderKeys | null => [...opened.values()].at(-1)?.keys ?? null

async function openByPassphrase(file: KeyFile): Promise<Opened> {
  if (passphraseFile !== undefined) return openWithSecret(file, await readSecret(passphraseFile))
  if (!hasTerminal()) throw new GyrusError('passphrase-needed')
  for (let tries = 1; ; tries += 1) {
    try {
      return await openWithSecret(file, await askSecret('Passphrase of the record: '))
    } catch (error) {
      if (!(error instanceof GyrusError) || error.code !== 'passphrase-wrong' || tries === TRIES) throw error
      console.error(`${error.message} The next try can be made in ${2 ** (tries - 1)} s.`)
      await sleep(1_000 * 2 ** (tries - 1))
    }
  }
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
