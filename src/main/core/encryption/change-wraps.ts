import { GyrusError } from '../../../shared/errors.ts'
import type { Store } from '../../store/types.ts'
import { checkNewPassword } from '../accounts/passwords.ts'
import { type KeyFile, readKeyFile, writeKeyFile } from './key-file.ts'
import type { KeyStore } from './key-store.ts'
import type { Opened } from './unlock.ts'
import { newRecoveryCode, type Wrap, wrapInStore, wrapWith } from './wraps.ts'

interface Changing {
  root: string
  store: Pick<Store, 'log'>
  by: string
}

/**
 * Wraps the key anew; the record itself stays as it is. Backups that were made before open by what was in force then.
 *
 * @throws GyrusError `not-encrypted`, `password-short` and its like, `disk-full`, `data-folder-unusable`
 */
export async function changePassphrase(changing: Changing, opened: Opened, passphrase: string): Promise<void> {
  checkNewPassword(passphrase, '')
  await replace(changing, 'passphrase', await wrapWith('passphrase', passphrase, ofKey(opened)))
}

/** @returns the code, to be shown once; the one before opens nothing any more. Errors as for `changePassphrase` */
export async function changeRecoveryCode(changing: Changing, opened: Opened): Promise<string> {
  const code = newRecoveryCode()
  await replace(changing, 'recovery', await wrapWith('recovery', code, ofKey(opened)))
  return code
}

/** Has this user's key store on this machine open the record from now on. @throws GyrusError `key-store-unusable` */
export async function rememberKey(changing: Changing, opened: Opened, store: KeyStore): Promise<void> {
  const reason = await store.problem()
  if (reason !== null) throw new GyrusError('key-store-unusable', { reason })
  await replace(changing, 'key-store', await wrapInStore(store, opened.dataKey))
}

/** Key stores open it no more; passphrase and recovery code do. */
export const forgetKey = (changing: Changing): Promise<void> => replace(changing, 'key-store', null)

async function replace({ root, store, by }: Changing, kind: Wrap['kind'], wrap: Wrap | null): Promise<void> {
  const file: KeyFile | null = readKeyFile(root)
  if (file === null) throw new GyrusError('not-encrypted')
  const others = file.wraps.filter((one) => one.kind !== kind)
  await writeKeyFile(root, { ...file, wraps: [...others, ...(wrap ? [wrap] : [])] })
  const detail = { what: kind, removed: wrap === null }
  await store.log({ actor: by, act: 'record.key-changed', subject: 'gyrus', detail })
}

const ofKey = ({ dataKey, keys }: Opened) => ({ dataKey, id: keys.id })
