import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { GyrusError } from '../../../shared/errors.ts'
import type { CopyFollowing, Store } from '../../store/types.ts'
import { checkNewPassword } from '../accounts/passwords.ts'
import type { Databases } from '../care/databases.ts'
import { syncFolder } from '../care/keep.ts'
import { type DataFolder, dataFolderAt, emptyIncoming, prepareDataFolder } from '../data-folder.ts'
import { refuseDepartment } from '../department/settings.ts'
import { KEY_FILE, type KeyFile, readKeyFile, type Stage, writeKeyFile } from './key-file.ts'
import { deriveKeys, newDataKey } from './keys.ts'
import { changePlaces, makeCopies, removeCopies, type Turn } from './turn.ts'
import { keyFileInForce, type Opened } from './unlock.ts'
import { newRecoveryCode, wrapWith } from './wraps.ts'

export interface EncryptionParts {
  databases: Databases
  root: string
  /** Asks who may do this. */
  who(store: Store): Promise<string>
  /** Opens a key that is there. */
  unlock(file: KeyFile): Promise<Opened>
}

export interface Begun {
  newPassphrase(): Promise<string>
  /** Shown once: it opens the record where the passphrase was forgotten. */
  onRecoveryCode(code: string): void
}

/** What became of a change: `kept` where one that was under way the other way was given up. */
export interface Turned {
  state: 'encrypted' | 'decrypted' | 'kept'
  files: number
}

/**
 * Encrypts the record of a data folder, or goes on with that after a kill. Until all copies are verified nothing of what
 * is in force is touched; it needs that much room.
 *
 * @throws GyrusError `already-encrypted`, `encryption-busy`, `keys-missing`, errors of `makeCopies`
 */
export async function encrypt(parts: EncryptionParts, begun: Begun, following: CopyFollowing = {}): Promise<Turned> {
  return held(parts, async (root) => {
    const file = readKeyFile(root)
    if (file?.stage === 'on') throw new GyrusError('already-encrypted')
    if (file?.stage === 'decrypting-swap') throw new GyrusError('encryption-busy')
    if (file?.stage === 'decrypting') return giveUp(root, { ...file, stage: 'on' })
    if (file?.stage === 'encrypting-swap') return finish(root, { ...file, stage: 'on' }, 0)
    const clear = dataFolderAt(root)
    if (file === null) keyFileInForce(root, clear.database)
    const actor = await actorOf(parts, clear)
    const { keyFile, opened } = file ? { keyFile: file, opened: await parts.unlock(file) } : await begin(root, begun)
    const turn = { from: clear, to: dataFolderAt(root, opened.keys), act: 'record.encrypted' as const, actor }
    return change(parts, turn, { keyFile, swap: 'encrypting-swap', end: { ...keyFile, stage: 'on' } }, following)
  })
}

/**
 * The way back: the record in clear again, and no key. Errors as for `encrypt`, and `not-encrypted`, `passphrase-wrong`.
 */
export async function decrypt(parts: EncryptionParts, following: CopyFollowing = {}): Promise<Turned> {
  return held(parts, async (root) => {
    const file = readKeyFile(root)
    if (file === null) {
      keyFileInForce(root, dataFolderAt(root).database)
      throw new GyrusError('not-encrypted')
    }
    if (file.stage === 'encrypting-swap') throw new GyrusError('encryption-busy')
    if (file.stage === 'encrypting') return giveUp(root, null)
    if (file.stage === 'decrypting-swap') return finish(root, null, 0)
    const { keys } = await parts.unlock(file)
    const from = dataFolderAt(root, keys)
    const actor = await actorOf(parts, from)
    const keyFile: KeyFile = { ...file, stage: 'decrypting' }
    await writeKeyFile(root, keyFile)
    const turn = { from, to: dataFolderAt(root), act: 'record.decrypted' as const, actor }
    return change(parts, turn, { keyFile, swap: 'decrypting-swap', end: null }, following)
  })
}

/** One at a time, and no Gyrus at work there. */
async function held<T>({ databases, root }: EncryptionParts, work: (root: string) => Promise<T>): Promise<T> {
  refuseDepartment(dataFolderAt(root).department)
  prepareDataFolder(dataFolderAt(root))
  const lock = databases.lock(root)
  try {
    emptyIncoming(dataFolderAt(root))
    return await work(root)
  } finally {
    lock.release()
  }
}

/** It also brings the record up to date, or begins one: an empty folder may be encrypted before the first case. */
async function actorOf({ databases, who }: EncryptionParts, { database, keys }: DataFolder): Promise<string> {
  const store = await databases.open(database, keys?.database ?? null)
  return who(store).finally(() => store.close())
}

async function begin(root: string, { newPassphrase, onRecoveryCode }: Begun) {
  const passphrase = await newPassphrase()
  checkNewPassword(passphrase, '')
  const dataKey = newDataKey()
  const keys = deriveKeys(dataKey)
  const code = newRecoveryCode()
  const wrapped = { dataKey, id: keys.id }
  const wraps = [await wrapWith('passphrase', passphrase, wrapped), await wrapWith('recovery', code, wrapped)]
  const keyFile: KeyFile = { format: 'gyrus-keys-1', id: keys.id, stage: 'encrypting', wraps }
  await writeKeyFile(root, keyFile)
  onRecoveryCode(code)
  return { keyFile, opened: { dataKey, keys } }
}

interface Ending {
  keyFile: KeyFile
  swap: Stage
  /** Null where no key is left. */
  end: KeyFile | null
}

async function change(
  { databases }: EncryptionParts,
  turn: Omit<Turn, 'databases'>,
  { keyFile, swap, end }: Ending,
  following: CopyFollowing,
): Promise<Turned> {
  const { root } = turn.from
  const files = await makeCopies({ databases, ...turn }, following)
  await writeKeyFile(root, { ...keyFile, stage: swap })
  return finish(root, end, files)
}

async function finish(root: string, end: KeyFile | null, files: number): Promise<Turned> {
  await changePlaces(root)
  await endWith(root, end)
  return { state: end ? 'encrypted' : 'decrypted', files }
}

async function giveUp(root: string, end: KeyFile | null): Promise<Turned> {
  await removeCopies(root)
  await endWith(root, end)
  return { state: 'kept', files: 0 }
}

async function endWith(root: string, end: KeyFile | null): Promise<void> {
  if (end) return writeKeyFile(root, end)
  await rm(join(root, KEY_FILE), { force: true })
  await syncFolder(root)
}
