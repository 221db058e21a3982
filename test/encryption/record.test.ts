import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { openRecord, readRecord } from '../../src/main/compose.ts'
import { exportHead } from '../../src/main/core/audit/heads.ts'
import { readKey } from '../../src/main/core/audit/key.ts'
import { verifyAudit } from '../../src/main/core/audit/verify.ts'
import { checkRecord } from '../../src/main/core/care/check.ts'
import { type DataFolder, scanPath } from '../../src/main/core/data-folder.ts'
import { decrypt } from '../../src/main/core/encryption/index.ts'
import { readScan } from '../../src/main/core/stored-scans.ts'
import { checkDatabase, openStore } from '../../src/main/store/index.ts'
import { makeDataFolder, SECRETS, withStore } from '../support/care.ts'
import { Cleanup, temporaryFolder } from '../support/cleanup.ts'
import { encryptFolder, openedAt, PASSPHRASE, partsFor } from '../support/encryption.ts'

const cleanup = new Cleanup()
const base = temporaryFolder(cleanup.add)
let clear: DataFolder
let record: DataFolder
let scans: string[]
let code: string
/** What the scans held, by their hashes. */
const contents = new Map<string, Buffer>()

beforeAll(async () => {
  const made = await makeDataFolder(join(base, 'data'))
  clear = made.folder
  scans = (await withStore(clear, (store) => store.scansAfter('', 10))).map(({ sha256 }) => sha256)
  for (const sha256 of scans) contents.set(sha256, readFileSync(scanPath(clear, sha256)))
  await withStore(clear, (store) => exportHead({ folder: clear, store }, base, { actor: 'Dr A', daily: false }))
  const encrypted = await encryptFolder(clear.root)
  record = encrypted.folder
  code = encrypted.code
  return cleanup.run
}, 60_000)

/** All files below, as paths. */
const filesIn = (root: string) =>
  readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))

/** A copy of the encrypted folder, to be broken. */
async function copied(name: string): Promise<DataFolder> {
  const root = join(base, name)
  const { cpSync } = await import('node:fs')
  cpSync(record.root, root, { recursive: true })
  return openedAt(root)
}

const flip = (path: string, at: number) => {
  const bytes = readFileSync(path)
  bytes[at] = (bytes[at] as number) ^ 1
  writeFileSync(path, bytes)
}

describe('an encrypted record', { timeout: 60_000 }, () => {
  it('has no byte of patients, scans or the signing key in clear anywhere in its folder', () => {
    const files = filesIn(record.root)
    expect(files.length).toBeGreaterThan(6)
    for (const path of files) {
      const bytes = readFileSync(path)
      for (const secret of [...SECRETS, 'PRIVATE KEY', 'SQLite format 3']) {
        // The locks are databases of their own and hold nothing.
        if (secret.startsWith('SQLite') && !path.endsWith('gyrus.sqlite')) continue
        expect(bytes.includes(secret), `${secret} in ${path}`).toBe(false)
      }
      for (const content of contents.values()) {
        expect(bytes.includes(content.subarray(40, 104)), `a scan in ${path}`).toBe(false)
      }
    }
    expect(existsSync(join(record.root, 'turning'))).toBe(false)
    expect(existsSync(join(record.root, 'turned'))).toBe(false)
  })

  it('holds all that was there: rows, trail, scans, and the key that signed', async () => {
    const store = await readRecord(record)
    const heads = readdirSync(base).filter((name) => name.endsWith('.json'))
    const head = JSON.parse(readFileSync(join(base, heads[0] as string), 'utf8'))
    const verdict = await verifyAudit({ store, folder: record }, { files: true, heads: [{ path: 'head', head }] })
    expect(verdict).toMatchObject({ broken: null, files: 3, heads: 1 })
    const entries = await store.listAudit(
      { actors: [], acts: [], subject: '', from: null, until: null, near: null },
      null,
      1,
    )
    expect(entries.entries[0]).toMatchObject({ act: 'record.encrypted', actor: 'Dr Admin' })
    await store.close()
    for (const sha256 of scans) expect(await readScan(record, sha256)).toEqual(contents.get(sha256))
    expect((await readKey(record))?.fingerprint).toMatch(/^[0-9a-f]{64}$/)
    expect(readFileSync(record.auditKey).includes('GYRUSEN1')).toBe(true)
  })

  it('opens with the recovery code too', async () => {
    expect((await openedAt(record.root, code)).keys).toEqual(record.keys)
  })

  it('is written without a clear byte: log, and what SQLite would sort in files', async () => {
    const folder = await copied('written')
    const store = await openStore(folder.database, folder.keys?.database)
    await store.log({ actor: 'MUELLER^ERIKA', act: 'app.started', subject: 'gyrus', detail: {} })
    const log = readFileSync(`${folder.database}-wal`)
    expect(log.length).toBeGreaterThan(1_000)
    expect(log.includes('MUELLER^ERIKA')).toBe(false)
    await store.close()
  })
})

describe('what is no damage', { timeout: 60_000 }, () => {
  it('a record without its passphrase', async () => {
    await expect(openRecord(record.root)).rejects.toMatchObject({ code: 'passphrase-needed' })
  })

  it('a wrong passphrase', async () => {
    await expect(openedAt(record.root, 'nine green kettles sang')).rejects.toMatchObject({ code: 'passphrase-wrong' })
  })

  it('a record without its keys.json, which stays as it is', async () => {
    const folder = await copied('no-keys')
    rmSync(join(folder.root, 'keys.json'))
    const before = readFileSync(folder.database)
    await expect(openRecord(folder.root)).rejects.toMatchObject({ code: 'keys-missing' })
    await expect(encryptFolder(folder.root)).rejects.toMatchObject({ code: 'keys-missing' })
    expect(readFileSync(folder.database).equals(before)).toBe(true)
    copyFileSync(join(record.root, 'keys.json'), join(folder.root, 'keys.json'))
    expect((await openedAt(folder.root)).keys).toEqual(record.keys)
  })
})

describe('what was altered is found', { timeout: 60_000 }, () => {
  it('a scan, by its ciphertext', async () => {
    const folder = await copied('scan')
    const [sha256] = scans as [string]
    flip(scanPath(folder, sha256), 200)
    expect(await readScan(folder, sha256)).toBeNull()
    const store = await readRecord(folder)
    const verdict = await verifyAudit({ store, folder }, { files: true, heads: [] })
    await store.close()
    expect(verdict.broken).toMatchObject({ kind: 'file-altered', what: `scans/${sha256}` })
  })

  it('a scan that was put in another’s place, though both are sealed soundly', async () => {
    const folder = await copied('exchanged')
    const [first, second] = scans as [string, string]
    copyFileSync(scanPath(folder, first), scanPath(folder, second))
    expect(await readScan(folder, second)).toBeNull()
  })

  it('a clear scan in place of a sealed one', async () => {
    const folder = await copied('clear-scan')
    const [sha256] = scans as [string]
    writeFileSync(scanPath(folder, sha256), contents.get(sha256) as Buffer)
    expect(await readScan(folder, sha256)).toBeNull()
  })

  it('a page of the database, at the start, wherever it lies', async () => {
    const pages = statSync(record.database).size / 4096
    for (const page of [0, 1, Math.floor(pages / 2), pages - 1]) {
      const folder = await copied(`page-${page}`)
      // Of the first page, the first 16 bytes name no content (they are a salt that this key does not use).
      flip(folder.database, page * 4096 + 300)
      const check = () => checkRecord(folder, (file) => checkDatabase(file, folder.keys?.database))
      expect(check, `page ${page}`).toThrow(expect.objectContaining({ code: 'record-damaged' }))
    }
  })

  it('the signing key', async () => {
    const folder = await copied('key')
    flip(folder.auditKey, 60)
    await expect(readKey(folder)).rejects.toMatchObject({ code: 'audit-key-unusable' })
  })
})

describe('decrypting', { timeout: 60_000 }, () => {
  it('gives back every file as it was, and leaves no key', async () => {
    const folder = await copied('decrypted')
    expect(await decrypt(partsFor(folder.root))).toEqual({ state: 'decrypted', files: 4 })
    expect(existsSync(join(folder.root, 'keys.json'))).toBe(false)
    for (const sha256 of scans) {
      expect(readFileSync(scanPath(folder, sha256)).equals(contents.get(sha256) as Buffer)).toBe(true)
    }
    const { store, folder: opened, close } = await openRecord(folder.root)
    expect(opened.keys).toBeNull()
    const verdict = await verifyAudit({ store, folder: opened }, { files: true, heads: [] })
    expect(verdict).toMatchObject({ broken: null, files: 3 })
    expect(readFileSync(opened.auditKey, 'utf8')).toContain('PRIVATE KEY')
    await close()
    await expect(decrypt(partsFor(folder.root))).rejects.toMatchObject({ code: 'not-encrypted' })
  })

  it('wants the passphrase, and changes nothing without', async () => {
    const before = readFileSync(record.database)
    await expect(decrypt(partsFor(record.root, `${PASSPHRASE}!`))).rejects.toMatchObject({ code: 'passphrase-wrong' })
    expect(readFileSync(record.database).equals(before)).toBe(true)
    await expect(encryptFolder(record.root)).rejects.toMatchObject({ code: 'already-encrypted' })
  })
})
