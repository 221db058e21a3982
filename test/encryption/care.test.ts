import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { DATABASES } from '../../src/main/compose.ts'
import { exportHead } from '../../src/main/core/audit/heads.ts'
import { readKey } from '../../src/main/core/audit/key.ts'
import { verifyAudit } from '../../src/main/core/audit/verify.ts'
import { backUp } from '../../src/main/core/care/back-up.ts'
import { Backups } from '../../src/main/core/care/backups.ts'
import { runRetention } from '../../src/main/core/care/case-retention.ts'
import { sha256Of } from '../../src/main/core/care/keep.ts'
import { zipPatient } from '../../src/main/core/care/patient-zip.ts'
import { erasePatient, exportPatient } from '../../src/main/core/care/patients.ts'
import { keptScan, readManifest } from '../../src/main/core/care/places.ts'
import { restore } from '../../src/main/core/care/restore.ts'
import { verifyBackup } from '../../src/main/core/care/verify-backup.ts'
import { type DataFolder, scanPath } from '../../src/main/core/data-folder.ts'
import { changePassphrase } from '../../src/main/core/encryption/change-wraps.ts'
import { decrypt } from '../../src/main/core/encryption/index.ts'
import { readKeyFile } from '../../src/main/core/encryption/key-file.ts'
import { openWithSecret } from '../../src/main/core/encryption/unlock.ts'
import { openReadStore, openStore } from '../../src/main/store/index.ts'
import type { Store } from '../../src/main/store/types.ts'
import { backUpTo, makeDataFolder, SECRETS } from '../support/care.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { encryptFolder, openedAt, PASSPHRASE, partsFor } from '../support/encryption.ts'
import { undoFrom } from '../support/undo.ts'

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

/** Looks at what lies in `incoming` whenever a database is opened. */
function watched(folder: DataFolder, found: string[]) {
  const open: typeof DATABASES.open = async (file, key) => {
    found.push(...told(folder.incoming))
    const store = await DATABASES.open(file, key)
    found.push(...told(folder.incoming))
    return store
  }
  return { ...DATABASES, open }
}

/** Has the manifest name the database as it is now. */
function renamed(backup: string): Buffer {
  const path = join(backup, 'manifest.json')
  const database = readFileSync(join(backup, 'gyrus.sqlite'))
  const manifest = JSON.parse(readFileSync(path, 'utf8'))
  manifest.database = { bytes: database.length, sha256: sha256Of(database) }
  writeFileSync(path, JSON.stringify(manifest))
  return database
}

describe('verification beside an encrypted record', () => {
  it('reads all of a backup, on a copy that is never in clear, also of an older Gyrus; and finds what was altered', async () => {
    const { dir, folder: clear, mueller } = await setUp()
    const { folder } = await encryptFolder(clear.root)
    const made = await make(folder, dir)
    const found: string[] = []
    const parts = { databases: watched(folder, found), folder }
    expect(await verifyBackup(parts, made.path)).toMatchObject({ scans: 3, keyId: folder.keys?.id })
    const database = join(made.path, 'gyrus.sqlite')
    await undoFrom(database, '0013-retention', folder.keys?.database)
    const older = renamed(made.path)
    expect(await verifyBackup(parts, made.path)).toMatchObject({ scans: 3 })
    expect(readFileSync(database).equals(older)).toBe(true)
    expect([found, readdirSync(folder.incoming)]).toEqual([[], []])

    const kept = keptScan(dir, mueller.scans[0] ?? '', folder.keys?.id)
    const bytes = readFileSync(kept)
    bytes.writeUInt8(bytes.readUInt8(100) ^ 1, 100)
    writeFileSync(kept, bytes)
    await expect(verifyBackup(parts, made.path)).rejects.toMatchObject({ code: 'backup-unsound' })
    writeFileSync(join(made.path, 'keys.json'), '{')
    await expect(verifyBackup(parts, made.path)).rejects.toMatchObject({
      code: 'backup-unsound',
      details: { reason: expect.stringContaining('keys.json') },
    })
  }, 120_000)

  it('seals the copy of a backup in clear, of this Gyrus or an older one', async () => {
    const { dir, folder: clear } = await setUp()
    const before = await backUpTo(clear, dir)
    const { folder } = await encryptFolder(clear.root)
    const found: string[] = []
    const parts = { databases: watched(folder, found), folder }
    expect(told(before.path)).not.toEqual([])
    expect(await verifyBackup(parts, before.path)).toMatchObject({ scans: 3 })
    await undoFrom(join(before.path, 'gyrus.sqlite'), '0012-second-readings')
    renamed(before.path)
    expect(await verifyBackup(parts, before.path)).toMatchObject({ scans: 3 })
    expect([found, readdirSync(folder.incoming)]).toEqual([[], []])
  }, 120_000)

  it('of a page goes on record; a backup under another key is neither sound nor unsound until its key is opened', async () => {
    const { dir, folder: sealed } = await setUp()
    const { folder } = await encryptFolder(sealed.root)
    const made = await make(folder, dir)
    const check = { at: new Date().toISOString(), look: 'whole' as const }
    const verified = (of: DataFolder) =>
      withRecord(of, async (store) => {
        const parts = { version: '1.2.3', folder: of, store, databases: DATABASES }
        const backups = new Backups(
          parts,
          () => undefined,
          check,
          () => false,
        )
        await backups.startVerify((await store.loggedBackups())[0]?.at ?? '', 'Dr A')
        await vi.waitFor(async () => expect((await backups.status()).running).toBeNull(), { timeout: 30_000 })
        return { row: (await store.loggedBackups())[0]?.verified, failure: (await backups.status()).verifyFailure }
      })
    expect(await verified(folder)).toMatchObject({ row: { sound: true }, failure: null })
    await decrypt(partsFor(folder.root))
    const clear = await openedAt(folder.root)
    expect(await verified(clear)).toMatchObject({ failure: { code: 'backup-other-key' } })
    const unlock = async (file: Parameters<typeof openWithSecret>[0]) => (await openWithSecret(file, PASSPHRASE)).keys
    expect(await verifyBackup({ databases: DATABASES, folder: clear, unlock }, made.path)).toMatchObject({ scans: 3 })
  }, 120_000)

  it('and the rule of backups know what an older Gyrus needs, under the key and in clear', async () => {
    const { base, dir, folder: clear } = await setUp()
    const before = await backUpTo(clear, dir)
    madeBefore(before.path, 1)
    const { folder } = await encryptFolder(clear.root)
    const first = await make(folder, dir)
    madeBefore(first.path, 2)
    const gone = await make(folder, dir)
    madeBefore(gone.path, 3)
    await undoFrom(join(before.path, 'gyrus.sqlite'), '0013-retention')
    await undoFrom(join(first.path, 'gyrus.sqlite'), '0013-retention', folder.keys?.database)
    for (const { path } of [before, first]) renamed(path)
    await withRecord(folder, (store) => store.setBackups({ folder: null, daily: 3, weekly: 0 }, 'Dr A'))
    expect((await make(folder, dir)).removed).toEqual([gone.path])
    await bring(before.path, join(base, 'clear'))
    await bring(first.path, join(base, 'sealed'))
  }, 120_000)
})

describe('rules of retention on an encrypted record', () => {
  it('take the sealed image of a signed case, and the record is sound', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-01-10T12:00:00.000Z') })
    onTestFinished(() => void vi.useRealTimers())
    const { folder: clear, mueller } = await setUp()
    const { folder } = await encryptFolder(clear.root)
    const [caseId = ''] = mueller.cases
    await withRecord(folder, async (store) => {
      const verdictId = (await store.getCase(caseId)).verdicts[0]?.id ?? 0
      await store.sign({ caseId, verdictId, reader: 'Dr A' })
      await store.setRetention({ imagesMonths: 1, casesYears: null, unsigned: false }, 'Dr Admin')
      vi.setSystemTime(new Date('2026-02-01T12:00:00.000Z'))
      await store.log({ actor: 'gyrus', act: 'app.started', subject: 'gyrus', detail: {} })
      const now = new Date('2026-02-20T12:00:00.000Z')
      vi.setSystemTime(now)
      expect(await runRetention({ store, folder }, { by: 'gyrus', now })).toMatchObject({ images: 1, files: 1 })
      expect(existsSync(scanPath(folder, mueller.scans[0] ?? ''))).toBe(false)
      expect(await verifyAudit({ store, folder }, { files: true, heads: [] })).toMatchObject({ broken: null, files: 2 })
    })
    expect([told(folder.root), readdirSync(folder.incoming)]).toEqual([[], []])
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

  it('is downloaded in clear from the page; what was altered is left out, and said', async () => {
    const { folder: clear, mueller } = await setUp()
    const contents = mueller.scans.map((sha256) => readFileSync(scanPath(clear, sha256)))
    const { folder } = await encryptFolder(clear.root)
    const zipped = () =>
      withRecord(folder, async (store) => {
        const { content } = await zipPatient({ folder, store }, mueller.cases, 'Dr A')
        const chunks: Uint8Array[] = []
        for await (const chunk of content) chunks.push(Buffer.from(chunk))
        return unzipSync(Buffer.concat(chunks))
      })
    const whole = await zipped()
    for (const [index, sha256] of mueller.scans.entries()) {
      expect(contents[index]?.equals(whole[`files/${sha256}.png`] ?? new Uint8Array())).toBe(true)
    }
    expect(told(folder.root)).toEqual([])
    writeFileSync(scanPath(folder, mueller.scans[0] ?? ''), 'something else')
    const rest = await zipped()
    expect(Object.keys(rest).toSorted()).toEqual([`files/${mueller.scans[1]}.png`, 'patient.json'])
    expect(JSON.parse(strFromU8(rest['patient.json'] ?? new Uint8Array())).missing).toEqual([mueller.scans[0]])
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
