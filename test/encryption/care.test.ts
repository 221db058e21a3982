import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { DATABASES } from '../../src/main/compose.ts'
import { exportHead } from '../../src/main/core/audit/heads.ts'
import { readKey } from '../../src/main/core/audit/key.ts'
import { verifyAudit } from '../../src/main/core/audit/verify.ts'
import { backUp } from '../../src/main/core/care/back-up.ts'
import { erasePatient, exportPatient } from '../../src/main/core/care/patients.ts'
import { keptScan, readManifest } from '../../src/main/core/care/places.ts'
import { restore } from '../../src/main/core/care/restore.ts'
import { type DataFolder, scanPath } from '../../src/main/core/data-folder.ts'
import { changePassphrase } from '../../src/main/core/encryption/change-wraps.ts'
import { readKeyFile } from '../../src/main/core/encryption/key-file.ts'
import { openWithSecret } from '../../src/main/core/encryption/unlock.ts'
import { openReadStore, openStore } from '../../src/main/store/index.ts'
import type { Store } from '../../src/main/store/types.ts'
import { backUpTo, makeDataFolder, SECRETS } from '../support/care.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { encryptFolder, openedAt, PASSPHRASE } from '../support/encryption.ts'

async function setUp() {
  const base = temporaryFolder()
  const dir = join(base, 'backups')
  mkdirSync(dir)
  const made = await makeDataFolder(join(base, 'data'))
  return { base, dir, ...made }
}

async function withRecord<T>(folder: DataFolder, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore(folder.database, folder.keys?.database)
  return work(store).finally(() => store.close())
}

const options = { by: 'Dr A', daily: false, readAll: false }
const make = (folder: DataFolder, dir: string, change = {}) =>
  withRecord(folder, (store) => {
    return backUp({ version: '1.2.3', folder, store, databases: DATABASES }, dir, { ...options, ...change })
  })

const bring = (backup: string, dataDir: string, secret = PASSPHRASE) => {
  const unlock = async (file: Parameters<typeof openWithSecret>[0]) => (await openWithSecret(file, secret)).keys
  return restore({ databases: DATABASES, who: async () => 'Dr A', unlock }, { backup, dataDir, replace: false })
}

/** Of a day that is past: of one day only the newest backup is kept. */
function madeBefore(backup: string, days: number): void {
  const path = join(backup, 'manifest.json')
  const manifest = JSON.parse(readFileSync(path, 'utf8'))
  const at = new Date(Date.parse(manifest.at) - days * 86_400_000).toISOString()
  writeFileSync(path, JSON.stringify({ ...manifest, at }))
}

/** Names of secrets that some file below says. */
const told = (dir: string) => {
  const files = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const contents = files.map((entry) => readFileSync(join(entry.parentPath, entry.name)))
  return [...SECRETS, 'PRIVATE KEY'].filter((secret) => contents.some((content) => content.includes(secret)))
}

describe('a backup of an encrypted record', () => {
  it('is encrypted with the same key, and restored with the passphrase or the recovery code', async () => {
    const { base, dir, folder: clear } = await setUp()
    const { folder, code } = await encryptFolder(clear.root)
    await withRecord(folder, (store) => exportHead({ folder, store }, base, { actor: 'Dr A', daily: false }))
    const made = await make(folder, dir)
    expect(made).toMatchObject({ scans: 3, copied: 5, lostScans: [] })
    expect(told(dir)).toEqual([])
    expect(await readManifest(made.path)).toMatchObject({ keyId: folder.keys?.id })
    await expect(bring(made.path, join(base, 'wrong'), 'something else')).rejects.toMatchObject({
      code: 'passphrase-wrong',
    })
    expect(existsSync(join(base, 'wrong'))).toBe(false)
    for (const [name, secret] of [
      ['by-passphrase', PASSPHRASE],
      ['by-code', code],
    ] as const) {
      const { dataDir } = await bring(made.path, join(base, name), secret)
      const restored = await openedAt(dataDir)
      expect(restored.keys).toEqual(folder.keys)
      expect(told(dataDir)).toEqual([])
      const store = openReadStore(restored.database, restored.keys?.database)
      expect(await verifyAudit({ store, folder: restored }, { files: true, heads: [] })).toMatchObject({
        broken: null,
        files: 3,
      })
      await store.close()
      expect((await readKey(restored))?.fingerprint).toBe((await readKey(folder))?.fingerprint)
      expect(readFileSync(join(dataDir, 'models', 'model-a', 'model.json'), 'utf8')).toBe('{"id":"model-a"}')
    }
  }, 120_000)

  it('copies what is new only, mends what was altered, and is refused where it was', async () => {
    const { base, dir, folder: clear } = await setUp()
    const { folder } = await encryptFolder(clear.root)
    await make(folder, dir)
    const second = await make(folder, dir)
    expect(second.copied).toBe(0)
    const [sha256] = readdirSync(folder.scans, { recursive: true })
      .map(String)
      .filter((name) => /[0-9a-f]{64}$/.test(name))
    const kept = keptScan(dir, (sha256 as string).slice(-64), folder.keys?.id ?? null)
    const bytes = readFileSync(kept)
    bytes.writeUInt8(bytes.readUInt8(100) ^ 1, 100)
    writeFileSync(kept, bytes)
    await expect(bring(second.path, join(base, 'new'))).rejects.toMatchObject({ code: 'backup-unsound' })
    const third = await make(folder, dir, { readAll: true })
    expect(third).toMatchObject({ copied: 1, removed: [second.path] })
    await bring(third.path, join(base, 'new'))
    rmSync(join(third.path, 'keys.json'))
    await expect(bring(third.path, join(base, 'none'))).rejects.toMatchObject({ code: 'backup-unsound' })
  }, 120_000)

  it('lies beside clear ones of before, each restored as it is; their rule takes the files of either away', async () => {
    const { base, dir, folder: clear } = await setUp()
    const before = await backUpTo(clear, dir)
    madeBefore(before.path, 2)
    const { folder } = await encryptFolder(clear.root)
    const after = await make(folder, dir)
    madeBefore(after.path, 1)
    expect(readdirSync(dir)).toEqual(expect.arrayContaining(['scans', `scans-${folder.keys?.id}`]))
    const { dataDir } = await bring(before.path, join(base, 'clear'))
    expect((await openedAt(dataDir)).keys).toBeNull()
    await bring(after.path, join(base, 'sealed'))
    await withRecord(folder, (store) => store.setBackups({ folder: null, daily: 1, weekly: 0 }, 'Dr A'))
    const last = await make(folder, dir)
    expect(last.removed.toSorted()).toEqual([before.path, after.path].toSorted())
    const left = (name: string) =>
      readdirSync(join(dir, name), { recursive: true }).filter((path) => /[0-9a-f]{64}$/.test(String(path)))
    expect([left('scans').length, left(`scans-${folder.keys?.id}`).length]).toEqual([0, 3])
    await bring(last.path, join(base, 'last'))
  }, 120_000)

  it('opens by the passphrase of its time when that was changed', async () => {
    const { base, dir, folder: clear } = await setUp()
    const { folder } = await encryptFolder(clear.root)
    const before = await make(folder, dir)
    madeBefore(before.path, 1)
    const file = readKeyFile(folder.root)
    if (!file) throw new Error('no key file')
    const opened = await openWithSecret(file, PASSPHRASE)
    const next = 'eleven slow lanterns hum'
    await withRecord(folder, (store) => changePassphrase({ root: folder.root, store, by: 'Dr A' }, opened, next))
    await expect(openedAt(folder.root)).rejects.toMatchObject({ code: 'passphrase-wrong' })
    expect((await openedAt(folder.root, next)).keys).toEqual(folder.keys)
    const after = await make(folder, dir)
    expect(after.copied).toBe(0)
    await bring(before.path, join(base, 'before'), PASSPHRASE)
    await bring(after.path, join(base, 'after'), next)
    const changed = changePassphrase(
      { root: folder.root, store: { log: async () => undefined }, by: 'x' },
      opened,
      'short',
    )
    await expect(changed).rejects.toMatchObject({ code: 'password-short' })
  }, 120_000)
})

describe('a patient of an encrypted record', () => {
  it('is exported in clear, which is said; what was altered is told as missing', async () => {
    const { base, folder: clear, mueller } = await setUp()
    const contents = mueller.scans.map((sha256) => readFileSync(scanPath(clear, sha256)))
    const { folder } = await encryptFolder(clear.root)
    const whose = { patientId: mueller.id, caseIds: [] }
    const out = join(base, 'out')
    const exported = await withRecord(folder, (store) => exportPatient({ folder, store }, whose, out, 'Dr A'))
    expect(exported).toMatchObject({ files: 2, missing: [], fromEncrypted: true })
    for (const [index, sha256] of mueller.scans.entries()) {
      expect(readFileSync(join(out, 'files', `${sha256}.png`)).equals(contents[index] as Buffer)).toBe(true)
    }
    const path = scanPath(folder, mueller.scans[0] as string)
    writeFileSync(path, 'something else')
    const again = join(base, 'again')
    expect(await withRecord(folder, (store) => exportPatient({ folder, store }, whose, again, 'Dr A'))).toMatchObject({
      files: 1,
      missing: [mueller.scans[0]],
    })
  }, 120_000)

  it('is erased, with the sealed files', async () => {
    const { folder: clear, mueller } = await setUp()
    const { folder } = await encryptFolder(clear.root)
    const whose = { patientId: mueller.id, caseIds: [] }
    const asked = { reason: 'asked for', by: 'Dr A' }
    const erased = await withRecord(folder, (store) => erasePatient({ folder, store }, whose, asked))
    expect(erased).toMatchObject({ cases: 2, files: 2 })
    for (const sha256 of mueller.scans) expect(existsSync(scanPath(folder, sha256))).toBe(false)
    const store = openReadStore(folder.database, folder.keys?.database)
    expect(await verifyAudit({ store, folder }, { files: true, heads: [] })).toMatchObject({ broken: null, files: 1 })
    await store.close()
  }, 120_000)
})
