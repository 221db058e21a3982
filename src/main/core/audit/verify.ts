import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { access } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import type { AuditBreak, AuditVerdict, BreakKind, SignedHead } from '../../../shared/audit.ts'
import { GyrusError } from '../../../shared/errors.ts'
import { asFileError } from '../../../shared/file-errors.ts'
import type { ObjectStore } from '../../object-store/types.ts'
import type { BoundScan, ReadStore, VerifyFollowing } from '../../store/types.ts'
import { sha256Of } from '../care/keep.ts'
import { type DataFolder, scanKey, scanPath } from '../data-folder.ts'
import { readScan } from '../stored-scans.ts'
import { isSigned } from './heads.ts'
import { readKey } from './key.ts'

const PAGE = 200

export interface VerifyOptions {
  /** Read all stored scans again. */
  files: boolean
  /** Signed heads by their paths. */
  heads: { path: string; head: SignedHead }[]
}

/**
 * Verifies the audit trail and all that it binds. Ends at the first break: the chain and the rows first, then the
 * heads, then the files.
 *
 * @throws GyrusError `cancelled`, `audit-key-unusable`, what a database that cannot be read gives
 */
export async function verifyAudit(
  { store, folder }: { store: ReadStore; folder: DataFolder },
  { files, heads }: VerifyOptions,
  following: VerifyFollowing = {},
): Promise<AuditVerdict> {
  const verdict = await store.verifyRecord(following)
  if (verdict.broken) return verdict
  const broken = await firstBadHead(store, folder, heads)
  if (broken) return { ...verdict, broken }
  const held = { ...verdict, heads: heads.length }
  return files ? { ...held, ...(await checkFiles(store, folder, following)) } : held
}

async function firstBadHead(
  store: ReadStore,
  folder: DataFolder,
  heads: VerifyOptions['heads'],
): Promise<AuditBreak | null> {
  if (heads.length === 0) return null
  const own = await readKey(folder)
  const { installation } = await store.auditSettings()
  for (const { path, head } of heads) {
    const kind = await judge(store, head, { installation, publicKey: own?.publicKey ?? null })
    if (kind) return { kind, sequence: head.sequence, act: null, subject: null, what: path }
  }
  return null
}

async function judge(
  store: ReadStore,
  head: SignedHead,
  here: { installation: string; publicKey: string | null },
): Promise<BreakKind | null> {
  if (!isSigned(head)) return 'head-forged'
  // A record and a key that were both replaced are not those of this head either.
  if (head.installation !== here.installation || head.publicKey !== here.publicKey) return 'head-foreign'
  const entry = await store.auditEntry(head.sequence)
  if (!entry) return 'head-truncated'
  return entry.hash === head.hash ? null : 'head-replaced'
}

/** Reads every stored scan: its content has the hash that is its name and that its case is bound to. */
async function checkFiles(store: ReadStore, folder: DataFolder, following: VerifyFollowing) {
  const total = await countScans(store)
  let files = 0
  for (let after = ''; ; ) {
    const scans = await store.scansAfter(after, PAGE)
    const last = scans.at(-1)
    if (!last) return { files, broken: null }
    for (const scan of scans) {
      if (following.signal?.aborted) throw new GyrusError('cancelled')
      const broken = await checkFile(folder, scan)
      if (broken) return { files, broken }
      files += 1
      following.onProgress?.({ stage: 'files', done: files, total: Math.max(total, files) })
    }
    after = last.sha256
  }
}

async function countScans(store: ReadStore): Promise<number> {
  let n = 0
  for (let after = ''; ; ) {
    const scans = await store.scansAfter(after, 5_000)
    const last = scans.at(-1)
    if (!last) return n
    n += scans.length
    after = last.sha256
  }
}

async function checkFile(folder: DataFolder, { sha256, sequence }: BoundScan): Promise<AuditBreak | null> {
  const broken = (kind: BreakKind) => ({ kind, sequence, act: null, subject: null, what: `scans/${sha256}` })
  try {
    return (await isWhole(folder, sha256)) ? null : broken('file-altered')
  } catch (error) {
    const known = asFileError(error)
    if (known.code === 'file-missing') return broken('file-missing')
    throw known
  }
}

/** A clear one is hashed as it is read; a sealed one is small enough to be opened whole. @throws the file's error */
async function isWhole(folder: DataFolder, sha256: string): Promise<boolean> {
  if (folder.files.store) return isWholeInStore(await folder.files.store(), sha256)
  const path = scanPath(folder, sha256)
  if (folder.keys !== null) {
    await access(path)
    return (await readScan(folder, sha256)) !== null
  }
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex') === sha256
}

/** What others get is looked at, and not the copy that is here. */
async function isWholeInStore(store: ObjectStore, sha256: string): Promise<boolean> {
  const content = await store.get(scanKey(sha256))
  if (content === null) throw new GyrusError('file-missing')
  return sha256Of(content) === sha256
}
