import { createPublicKey, randomUUID, sign, verify } from 'node:crypto'
import { readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type SignedHead, signedHeadSchema } from '../../../shared/audit.ts'
import { canonicalJson } from '../../../shared/canonical-json.ts'
import { GyrusError } from '../../../shared/errors.ts'
import { asFileError } from '../../../shared/file-errors.ts'
import type { Store } from '../../store/types.ts'
import type { DataFolder } from '../data-folder.ts'
import { writeThrough } from '../write-through.ts'
import { ensureKey, type SigningKey } from './key.ts'

export interface ExportedHead {
  path: string
  head: SignedHead
  fingerprint: string
}

/**
 * Signs the last entry of the chain and writes it into a folder, under a name that tells installation, sequence and
 * time. The key is made where there is none.
 *
 * @throws GyrusError `audit-folder-missing`, `audit-folder-unwritable`, `audit-key-unusable`; what the store throws
 */
export async function exportHead(
  { store, folder }: { store: Store; folder: DataFolder },
  dir: string,
  { actor, daily }: { actor: string; daily: boolean },
): Promise<ExportedHead> {
  const target = resolve(dir)
  const found = await stat(target).catch(() => null)
  if (!found?.isDirectory()) throw new GyrusError('audit-folder-missing', { path: target })
  const { key, made } = await ensureKey(folder)
  const { fingerprint } = key
  if (made) await store.log({ actor, act: 'audit.key-made', subject: 'audit', detail: { fingerprint } })
  const head = await signHead(store, key)
  const path = join(target, nameOf(head))
  await writeWhole(path, `${JSON.stringify(head, null, 2)}\n`)
  await store.logHead({ at: head.at, sequence: head.sequence, hash: head.hash, fingerprint, daily }, actor)
  return { path, head, fingerprint }
}

async function signHead(store: Store, { privateKey, publicKey }: SigningKey): Promise<SignedHead> {
  const last = await store.auditHead()
  if (!last) throw new GyrusError('audit-empty')
  const { installation } = await store.auditSettings()
  const { sequence, hash } = last
  const at = new Date().toISOString()
  const content = { format: 'gyrus-audit-head-1' as const, installation, sequence, hash, at, publicKey }
  const signature = sign(null, Buffer.from(canonicalJson(content)), privateKey).toString('base64')
  return { ...content, signature }
}

/** A head and where it lies. */
export interface HeadFile {
  path: string
  head: SignedHead
}

/**
 * A head's file, or those that Gyrus wrote into a folder, the oldest first.
 *
 * @param installation only of this one: several may write into one folder
 * @throws GyrusError `audit-head-invalid`, also where a folder has none; `file-missing`, `file-unreadable`
 */
export async function readHeads(path: string, installation?: string): Promise<HeadFile[]> {
  try {
    const files = (await stat(path)).isDirectory() ? await headFiles(path, installation) : [path]
    return await Promise.all(
      files.map(async (file) => ({ path: file, head: parseHead(await readFile(file, 'utf8'), file) })),
    )
  } catch (error) {
    throw asFileError(error)
  }
}

async function headFiles(folder: string, installation = ''): Promise<string[]> {
  const beginning = `gyrus-head-${installation.slice(0, 8)}`
  const names = (await readdir(folder)).filter((name) => name.startsWith(beginning) && name.endsWith('.json'))
  if (names.length === 0) throw new GyrusError('audit-head-invalid', { path: folder })
  return names.sort().map((name) => join(folder, name))
}

/** Whether a head is what was signed with the key that it names. */
export function isSigned({ signature, ...content }: SignedHead): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(content.publicKey, 'base64'), type: 'spki', format: 'der' })
    return verify(null, Buffer.from(canonicalJson(content)), key, Buffer.from(signature, 'base64'))
  } catch {
    return false
  }
}

/** @throws GyrusError `audit-head-invalid` */
export function parseHead(text: string, path: string): SignedHead {
  try {
    return signedHeadSchema.parse(JSON.parse(text))
  } catch (error) {
    throw new GyrusError('audit-head-invalid', { path }, { cause: error })
  }
}

function nameOf({ installation, sequence, at }: SignedHead): string {
  const time = at.replace(/[-:]|\.\d+/g, '')
  return `gyrus-head-${installation.slice(0, 8)}-${String(sequence).padStart(9, '0')}-${time}.json`
}

/** Whoever looks into the folder meanwhile finds all of it or nothing. */
async function writeWhole(path: string, text: string): Promise<void> {
  const part = `${path}.${randomUUID()}.part`
  try {
    await writeThrough(part, text)
    await rename(part, path)
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined)
    const { code, details } = asFileError(error)
    throw new GyrusError('audit-folder-unwritable', { path, reason: details.reason ?? code }, { cause: error })
  }
}
