import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import SQLite from 'better-sqlite3'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { DATABASES } from '../../src/main/compose.ts'
import { verifyAudit } from '../../src/main/core/audit/verify.ts'
import { backUp } from '../../src/main/core/care/back-up.ts'
import { Backups } from '../../src/main/core/care/backups.ts'
import { sha256Of } from '../../src/main/core/care/keep.ts'
import { knownBackups } from '../../src/main/core/care/known-backups.ts'
import { readNote } from '../../src/main/core/care/note.ts'
import { keptScan, readManifest } from '../../src/main/core/care/places.ts'
import { restore } from '../../src/main/core/care/restore.ts'
import { keptBackups } from '../../src/main/core/care/retention.ts'
import { verifyBackup } from '../../src/main/core/care/verify-backup.ts'
import { type DataFolder, dataFolderAt, scanPath } from '../../src/main/core/data-folder.ts'
import { lockDataFolder, openReadStore, openStore } from '../../src/main/store/index.ts'
import type { Store } from '../../src/main/store/types.ts'
import { backupWarning } from '../../src/shared/backup.ts'
import { backUpTo, makeDataFolder, withStore } from '../support/care.ts'
import { newCase } from '../support/cases.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { tamper } from '../support/spoil.ts'
import { undoFrom } from '../support/undo.ts'

async function setUp() {
  const base = temporaryFolder()
  const dir = join(base, 'backups')
  mkdirSync(dir)
  return { base, dir, ...(await makeDataFolder(join(base, 'data'))) }
}

const names = (dir: string) => readdirSync(dir).filter((name) => /backup-/.test(name))
const who = async () => 'Dr A'
/** As in a Gyrus that has just been started. */
const backupsOf = (folder: DataFolder, store: Store, removing = () => false) => {
  const database = { at: '2026-01-01T00:00:00.000Z', look: 'whole' } as const
  return new Backups({ version: '1', folder, store, databases: DATABASES }, () => undefined, database, removing)
}

const bring = (backup: string, dataDir: string, replace = false) =>
  restore(
    { databases: DATABASES, who, unlock: () => Promise.reject(new Error('it is in clear')) },
    { backup, dataDir, replace },
  )

describe('a backup', () => {
  it('is of one moment, sound, told in its manifest, noted beside the database and on record', async () => {
    const { dir, folder } = await setUp()
    const made = await backUpTo(folder, dir)
    expect(made).toMatchObject({ scans: 3, copied: 4, lostScans: [], removed: [] })
    const manifest = await readManifest(made.path)
    expect(manifest).toMatchObject({ gyrus: '1.2.3', scans: 3, entries: made.entries })
    expect(manifest.files.map(({ path }) => path)).toEqual(['models/model-a/model.json'])
    expect(names(dir)).toHaveLength(1)
    const copy = openReadStore(join(made.path, 'gyrus.sqlite'))
    expect(await copy.verifyRecord({})).toMatchObject({ broken: null, entries: made.entries })
    await copy.close()
    expect(readNote(folder)).toEqual({ path: made.path, at: made.at })
    const again = await backUpTo(folder, dir)
    // Of one day, the newest is kept.
    expect(again).toMatchObject({ entries: made.entries + 1, copied: 0, removed: [made.path] })
    await withStore(folder, async (store) => {
      expect((await store.backupsSince('')).map(({ path }) => path)).toEqual([again.path])
      expect(await store.verifyRecord({})).toMatchObject({ broken: null })
    })
  })

  it('is made while Gyrus writes', async () => {
    const { dir, folder } = await setUp()
    const store = await openStore(folder.database)
    onTestFinished(() => store.close())
    let writing = true
    const sha256 = 'f'.repeat(64)
    const writer = (async () => {
      for (let n = 0; writing; n++) {
        await store.receive([newCase({ fileName: `${n}`, scan: { sha256, bytes: 1 } })])
        await setImmediate()
      }
    })()
    const parts = { version: '1', folder, store, databases: DATABASES }
    const made = await backUp(parts, dir, { by: 'Dr A', daily: false, readAll: false })
    writing = false
    await writer
    const copy = openReadStore(join(made.path, 'gyrus.sqlite'))
    expect(await copy.verifyRecord({})).toMatchObject({ broken: null })
    await copy.close()
  })

  it('tells scans that are lost, and mends what was spoilt in the backup folder where it is told to read all', async () => {
    const { dir, folder, mueller } = await setUp()
    const [lost, spoilt] = mueller.scans as [string, string]
    writeFileSync(scanPath(folder, lost), 'not it')
    expect((await backUpTo(folder, dir)).lostScans).toEqual([lost])
    const kept = keptScan(dir, spoilt)
    const before = readFileSync(kept)
    writeFileSync(kept, Buffer.alloc(before.length))
    expect(await backUpTo(folder, dir, { readAll: true })).toMatchObject({ copied: 1 })
    expect(readFileSync(kept).equals(before)).toBe(true)
  })

  it('leaves nothing under the final name when it is cancelled, and the next one takes the rest away', async () => {
    const { dir, folder } = await setUp()
    await withStore(folder, async (store) => {
      const parts = { version: '1', folder, store, databases: DATABASES }
      const abort = new AbortController()
      const onProgress = ({ stage }: { stage: string }) => stage === 'scans' && abort.abort()
      const options = { by: 'Dr A', daily: false, readAll: false }
      await expect(backUp(parts, dir, options, { signal: abort.signal, onProgress })).rejects.toMatchObject({
        code: 'cancelled',
      })
    })
    expect(names(dir)).toEqual([])
    mkdirSync(join(dir, '.part-gyrus-backup-20260101T000000000Z'))
    await backUpTo(folder, dir)
    expect(names(dir)).toHaveLength(1)
    expect(names(dir)[0]).toMatch(/^gyrus-backup-/)
  })

  it('says why there is none: folder missing, inside, busy, not to be written, record broken', async () => {
    const { base, dir, folder } = await setUp()
    const code = (to: string) =>
      backUpTo(folder, to).then(
        () => 'made',
        (error) => error.code,
      )
    expect(await code(join(base, 'none'))).toBe('backup-folder-missing')
    expect(await code(folder.models)).toBe('backup-folder-inside')
    symlinkSync(folder.models, join(base, 'way-in'))
    expect(await code(join(base, 'way-in'))).toBe('backup-folder-inside')
    const lock = lockDataFolder(dir)
    expect(await code(dir)).toBe('backup-busy')
    lock.release()
    // Root may write everywhere; a file in the way of the scans does not yield to it.
    writeFileSync(join(dir, 'scans'), '')
    expect(await code(dir)).toBe('backup-folder-unwritable')
    expect(names(dir)).toEqual([])
    rmSync(join(dir, 'scans'))
    tamper(folder.database, (sqlite) => sqlite.exec(`update results set label = 'notumor' where id = 1`))
    expect(await code(dir)).toBe('backup-record-broken')
    expect(names(dir)).toEqual([])
  })

  it('is kept by days and weeks, and what none needs any more goes with the others', async () => {
    const at = (day: string) => ({ name: day, at: `${day}T10:00:00.000Z` })
    const days = ['2026-11-02', '2026-11-09', '2026-11-15', '2026-11-16', '2026-11-23', '2026-11-24'].map(at)
    expect([...keptBackups(days, { daily: 2, weekly: 3 })].sort()).toEqual([
      '2026-11-15',
      '2026-11-16',
      '2026-11-23',
      '2026-11-24',
    ])
    const { dir, folder } = await setUp()
    await withStore(folder, (store) => store.setBackups({ folder: null, daily: 1, weekly: 0 }, 'Dr A'))
    const first = await backUpTo(folder, dir)
    const model = join(folder.models, 'model-a', 'model.json')
    writeFileSync(model, '{"id":"model-b"}')
    const second = await backUpTo(folder, dir)
    expect(second.removed).toEqual([first.path])
    expect(names(dir)).toHaveLength(1)
    expect(
      readdirSync(join(dir, 'files'), { recursive: true, withFileTypes: true }).filter((e) => e.isFile()),
    ).toHaveLength(1)
    expect(await bring(second.path, join(dir, '..', 'new'))).toMatchObject({ scans: 3 })
  })

  it('is made once a day; a folder that is away is told, and made up for when it is back', async () => {
    const { base, folder } = await setUp()
    const away = join(base, 'away')
    await withStore(folder, async (store) => {
      const backups = backupsOf(folder, store)
      await backups.set({ folder: away, daily: 3, weekly: 2 }, 'Dr A')
      await backups.look()
      expect(await backups.status()).toMatchObject({ folder: away, failure: { code: 'backup-folder-missing' } })
      mkdirSync(away)
      await backups.look()
      await backups.look()
      expect(names(away)).toHaveLength(1)
      expect(await backups.status()).toMatchObject({ failure: null, running: null, last: { at: expect.any(String) } })
      await backups.close()
    })
  })
})

describe('a restore', () => {
  it('brings the record, scans and models back, verified, with an entry of its own', async () => {
    const { base, dir, folder } = await setUp()
    const made = await backUpTo(folder, dir)
    const target = join(base, 'restored')
    const restored = await bring(made.path, target)
    expect(restored).toMatchObject({ dataDir: target, entries: made.entries + 1, putAside: null })
    const there = dataFolderAt(target)
    await withStore(there, async (store) => {
      const verdict = await verifyAudit({ store, folder: there }, { files: true, heads: [] })
      expect(verdict).toMatchObject({ broken: null, files: 3 })
      expect(await store.auditHead()).toMatchObject({ act: 'record.restored', actor: 'Dr A' })
    })
    expect(readFileSync(join(there.models, 'model-a', 'model.json'), 'utf8')).toBe('{"id":"model-a"}')
    expect(readdirSync(base).filter((name) => name.includes('restoring'))).toEqual([])
  })

  it('goes into an empty folder only, or puts the old one aside, but never under a running Gyrus', async () => {
    const { dir, folder } = await setUp()
    const made = await backUpTo(folder, dir)
    await expect(bring(made.path, folder.root)).rejects.toMatchObject({ code: 'restore-folder-used' })
    const lock = lockDataFolder(folder.root)
    await expect(bring(made.path, folder.root, true)).rejects.toMatchObject({ code: 'data-folder-in-use' })
    lock.release()
    writeFileSync(join(folder.root, 'mine.txt'), 'mine')
    const { putAside } = await bring(made.path, folder.root, true)
    expect(readFileSync(join(putAside ?? '', 'mine.txt'), 'utf8')).toBe('mine')
    expect(existsSync(join(putAside ?? '', 'gyrus.sqlite'))).toBe(true)
    expect(existsSync(folder.database)).toBe(true)
  })

  it('refuses what is broken and says what is wrong, and leaves nothing', async () => {
    const { base, dir, folder, mueller } = await setUp()
    const { path } = await backUpTo(folder, dir)
    const target = join(base, 'restored')
    const reasonOf = (backup = path) =>
      bring(backup, target).then(
        () => 'restored',
        (error) => `${error.code}: ${error.message}`,
      )
    expect(await reasonOf(dir)).toMatch(/^backup-invalid: .*no manifest/)
    const scan = keptScan(dir, mueller.scans[0] ?? '')
    const content = readFileSync(scan)
    writeFileSync(scan, 'x')
    expect(await reasonOf()).toMatch(/^backup-unsound: .*scan .* missing or was changed/)
    writeFileSync(scan, content)
    const manifest = join(path, 'manifest.json')
    const text = readFileSync(manifest, 'utf8')
    writeFileSync(manifest, text.replace('models/model-a/model.json', '../../escaped.json'))
    expect(await reasonOf()).toMatch(/^backup-unsound: .*outside the data folder/)
    writeFileSync(manifest, text)
    const database = join(path, 'gyrus.sqlite')
    const whole = readFileSync(database)
    appendFileSync(database, 'x')
    expect(await reasonOf()).toMatch(/^backup-unsound: .*its database is missing or was changed/)
    writeFileSync(database, whole)
    expect(readdirSync(base).sort()).toEqual(['backups', 'data'])
    expect(await reasonOf()).toBe('restored')
  })

  it('refuses a backup whose manifest was made to fit a record that was changed', async () => {
    const { createHash } = await import('node:crypto')
    const { base, dir, folder } = await setUp()
    const { path } = await backUpTo(folder, dir)
    const database = join(path, 'gyrus.sqlite')
    const sqlite = new SQLite(database)
    sqlite.exec(`drop trigger results_no_update; update results set label = 'notumor' where id = 1`)
    sqlite.close()
    const manifest = JSON.parse(readFileSync(join(path, 'manifest.json'), 'utf8'))
    const content = readFileSync(database)
    manifest.database = { bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') }
    writeFileSync(join(path, 'manifest.json'), JSON.stringify(manifest))
    await expect(bring(path, join(base, 'restored'))).rejects.toMatchObject({ code: 'backup-unsound' })
  })
})

describe('the backups that are known', () => {
  it('are listed with size and state; each can be verified again, sound or not, and that is on record', async () => {
    const { dir, folder, mueller } = await setUp()
    await withStore(folder, async (store) => {
      const backups = backupsOf(folder, store)
      expect(await knownBackups({ store, folder })).toEqual([])
      await expect(backups.startNow('Dr A')).rejects.toMatchObject({ code: 'backup-folder-unset' })
      await store.setBackups({ folder: dir, daily: 3, weekly: 0 }, 'Dr A')
      expect((await backups.status()).warning).toBe('never')
      // While cases go by a rule, a backup would miss their files.
      const beside = backupsOf(folder, store, () => true)
      await expect(beside.startNow('Dr A')).rejects.toMatchObject({ code: 'retention-busy' })
      await beside.look()
      expect(await knownBackups({ store, folder })).toEqual([])
      await backups.startNow('Dr A')
      expect(await backups.status()).toMatchObject({ running: { what: 'backup' }, warning: null })
      await expect(backups.startNow('Dr A')).rejects.toMatchObject({ code: 'backup-busy' })
      await ended(backups)
      const [made] = await knownBackups({ store, folder })
      expect(made).toMatchObject({ scans: 3, lost: 0, daily: false, reachable: true, verified: null })
      expect(made?.bytes).toBeGreaterThan(10_000)
      expect(made?.restore).toBe(`npm run -s gyrus -- restore "${made?.path}" --data-dir "${folder.root}" --replace`)

      const verified = async () => {
        await backups.startVerify(made?.at ?? '', 'Dr A')
        await ended(backups)
        return (await knownBackups({ store, folder }))[0]?.verified
      }
      expect(await verified()).toMatchObject({ sound: true, reason: null })
      expect(await store.auditHead()).toMatchObject({ act: 'backup.verified', actor: 'Dr A' })
      writeFileSync(keptScan(dir, mueller.scans[0] ?? ''), 'x')
      expect(await verified()).toMatchObject({ sound: false, reason: expect.stringMatching(/the scan .* was changed/) })
      rmSync(join(made?.path ?? '', 'manifest.json'))
      expect(await verified()).toMatchObject({ sound: false, reason: expect.stringContaining('no manifest') })
      expect(await knownBackups({ store, folder })).toMatchObject([{ reachable: false, bytes: null }])
      // A drive that is away says nothing about the backup on it.
      rmSync(made?.path ?? '', { recursive: true })
      await expect(backups.startVerify(made?.at ?? '', 'Dr A')).rejects.toMatchObject({ code: 'backup-folder-missing' })
      await expect(backups.startVerify('2020-01-01T00:00:00.000Z', 'Dr A')).rejects.toMatchObject({
        code: 'backup-unknown',
      })
      expect(readdirSync(folder.incoming).filter((name) => name.includes('sqlite'))).toEqual([])
    })
  })

  it('of an older Gyrus are verified and swept on a copy, and stay as they are', async () => {
    const { dir, folder } = await setUp()
    await withStore(folder, (store) => store.setBackups({ folder: null, daily: 1, weekly: 1 }, 'Dr A'))
    const made = await backUpTo(folder, dir)
    const database = join(made.path, 'gyrus.sqlite')
    await undoFrom(database, '0013-retention')
    const manifestPath = join(made.path, 'manifest.json')
    const manifest = JSON.parse(readFileSync(manifestPath, 'utf8'))
    const before = readFileSync(database)
    manifest.database = { bytes: before.length, sha256: sha256Of(before) }
    writeFileSync(manifestPath, JSON.stringify(manifest))
    expect(await verifyBackup({ databases: DATABASES, folder }, made.path)).toMatchObject({ scans: 3 })
    expect(readFileSync(database).equals(before)).toBe(true)
  })

  it('warn when the last one failed, is late, or there is none although there are cases', () => {
    const day = 86_400_000
    const now = Date.parse('2026-11-24T12:00:00.000Z')
    const ago = (days: number) => ({ at: new Date(now - days * day).toISOString() })
    const since = ago(30).at
    const warn = (folder: string | null, last: { at: string } | null, failed = false, from: string | null = since) =>
      backupWarning({ folder, last, failed, sound: true, gone: false }, from, now)
    expect(warn('/b', ago(1))).toBeNull()
    expect(warn('/b', ago(3))).toBe('late')
    expect(warn('/b', ago(1), true)).toBe('failed')
    expect(warn(null, ago(3))).toBeNull()
    const fresh = { folder: '/b', last: ago(1), failed: false }
    expect(backupWarning({ ...fresh, sound: false, gone: false }, since, now)).toBe('unsound')
    expect(backupWarning({ ...fresh, sound: true, gone: true }, since, now)).toBe('gone')
    expect(warn(null, ago(8))).toBe('old')
    expect(warn(null, null)).toBe('never')
    expect(warn(null, null, false, null)).toBeNull()
  })
})

/** Until what was begun has come to its end. */
async function ended(backups: Backups): Promise<void> {
  await vi.waitFor(async () => expect((await backups.status()).running).toBeNull(), 20_000)
}
