import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomUUID,
} from 'node:crypto'
import { link, readFile, rm } from 'node:fs/promises'
import { GyrusError } from '../../../shared/errors.ts'
import { asDataFolderError } from '../../../shared/file-errors.ts'
import { AUDIT_KEY, type DataFolder } from '../data-folder.ts'
import { asStored, contentOf } from '../stored-scans.ts'
import { writeThrough } from '../write-through.ts'

/** The installation's Ed25519 key. */
export interface SigningKey {
  privateKey: KeyObject
  /** SPKI, base64. */
  publicKey: string
  fingerprint: string
}

/** The key of this data folder; null where none was made yet. @throws GyrusError `audit-key-unusable` */
export async function readKey({ auditKey, keys }: DataFolder): Promise<SigningKey | null> {
  const stored = await readFile(auditKey).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw new GyrusError('audit-key-unusable', { path: auditKey, reason: error.code ?? error.message })
  })
  if (stored === null) return null
  const pem = contentOf({ keys }, AUDIT_KEY, stored)
  if (pem === null) throw new GyrusError('audit-key-unusable', { path: auditKey, reason: 'it was altered' })
  return toKey(Buffer.from(pem).toString(), auditKey)
}

/**
 * The key, made where there is none yet; readable by its owner alone. Two that make one at a time end with the same.
 *
 * @throws GyrusError `audit-key-unusable`, `disk-full`, `data-folder-unusable`
 */
export async function ensureKey(folder: DataFolder): Promise<{ key: SigningKey; made: boolean }> {
  const present = await readKey(folder)
  if (present) return { key: present, made: false }
  const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' })
  const stored = asStored(folder, AUDIT_KEY, Buffer.from(pem))
  const part = `${folder.auditKey}.${randomUUID()}`
  try {
    await writeThrough(part, stored)
    await link(part, folder.auditKey)
  } catch (error) {
    const other = (error as NodeJS.ErrnoException).code === 'EEXIST' ? await readKey(folder) : null
    if (other) return { key: other, made: false }
    throw asDataFolderError(error, folder.auditKey)
  } finally {
    await rm(part, { force: true })
  }
  return { key: toKey(String(pem), folder.auditKey), made: true }
}

/** SHA-256 (hex) of a public key, by which people know it. */
export const fingerprintOf = (publicKey: string): string =>
  createHash('sha256').update(Buffer.from(publicKey, 'base64')).digest('hex')

function toKey(pem: string, path: string): SigningKey {
  try {
    const privateKey = createPrivateKey(pem)
    if (privateKey.asymmetricKeyType !== 'ed25519') throw new Error('it is not an Ed25519 key')
    const publicKey = createPublicKey(privateKey).export({ type: 'spki', format: 'der' }).toString('base64')
    return { privateKey, publicKey, fingerprint: fingerprintOf(publicKey) }
  } catch (error) {
    throw new GyrusError('audit-key-unusable', { path, reason: (error as Error).message }, { cause: error })
  }
}
