import { closeSync, openSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { GyrusError } from '../../../shared/errors.ts'
import { KEY_FILE, type KeyFile, readKeyFile } from './key-file.ts'
import type { KeyStore } from './key-store.ts'
import { deriveKeys, type FolderKeys } from './keys.ts'
import { type SecretWrap, unwrapInStore, unwrapWith } from './wraps.ts'

/** An opened data key, with what comes of it. */
export interface Opened {
  dataKey: Uint8Array
  keys: FolderKeys
}

/**
 * What a data folder's key is wrapped in, where it is encrypted.
 *
 * @throws GyrusError `keys-missing` for a database that is encrypted without, `keys-unreadable`; `encryption-unfinished`
 */
export function keyFileInForce(root: string, database: string): KeyFile | null {
  const file = readKeyFile(root)
  if (file === null) {
    if (looksEncrypted(database)) throw new GyrusError('keys-missing', { path: join(root, KEY_FILE) })
    return null
  }
  if (file.stage !== 'on') throw new GyrusError('encryption-unfinished', { path: root })
  return file
}

/** @throws GyrusError `passphrase-wrong` */
export async function openWithSecret(file: KeyFile, secret: string): Promise<Opened> {
  for (const wrap of file.wraps) {
    if (wrap.kind === 'key-store') continue
    const dataKey = await unwrapWith(wrap as SecretWrap, secret, file.id)
    if (dataKey) return checked(file, dataKey)
  }
  throw new GyrusError('passphrase-wrong')
}

/** Null where the store has no key of this folder that it can open. */
export async function openWithStore(file: KeyFile, store: KeyStore): Promise<Opened | null> {
  if ((await store.problem()) !== null) return null
  for (const wrap of file.wraps) {
    const dataKey = wrap.kind === 'key-store' ? await unwrapInStore(store, wrap.sealed) : null
    if (dataKey && deriveKeys(dataKey).id === file.id) return checked(file, dataKey)
  }
  return null
}

function checked(file: KeyFile, dataKey: Uint8Array): Opened {
  const keys = deriveKeys(dataKey)
  if (keys.id !== file.id) throw new GyrusError('passphrase-wrong')
  return { dataKey, keys }
}

/**
 * Whether a database is one that Gyrus encrypted: it does not begin as SQLite's files do, but has the page size and the
 * room for tags (64 bytes a page) where those have theirs, which are left in clear.
 */
export function looksEncrypted(database: string): boolean {
  const head = headOf(database)
  const begin = Buffer.from('SQLite format 3\0')
  if (head.length < 24 || head.subarray(0, 16).equals(begin)) return false
  return head.readUInt16BE(16) === 4096 && head[20] === 64 && head.subarray(21, 24).equals(Buffer.from([64, 32, 32]))
}

function headOf(path: string): Buffer {
  const head = Buffer.alloc(24)
  let file: number | undefined
  try {
    file = openSync(path, 'r')
    return head.subarray(0, readSync(file, head, 0, 24, 0))
  } catch {
    return head.subarray(0, 0)
  } finally {
    if (file !== undefined) closeSync(file)
  }
}
