import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, it } from 'vitest'
import { DATABASES } from '../../src/main/compose.ts'
import { Backups } from '../../src/main/core/care/backups.ts'
import { restore } from '../../src/main/core/care/restore.ts'
import { type DataFolder, dataFolderAt } from '../../src/main/core/data-folder.ts'
import type { BackupManifest } from '../../src/shared/backup.ts'
import { DEFAULT_LISTENER } from '../../src/shared/sources.ts'
import { backUpTo, makeDataFolder, withStore } from '../support/care.ts'
import { temporaryFolder } from '../support/cleanup.ts'

const bring = (backup: string, dataDir: string, replace: boolean) =>
  restore(
    { databases: DATABASES, who: async () => 'Dr A', unlock: () => Promise.reject(new Error('it is in clear')) },
    { backup, dataDir, replace },
  )

async function scheduled() {
  const base = temporaryFolder()
  const [dir, heads] = [join(base, 'backups'), join(base, 'heads')]
  for (const path of [dir, heads]) mkdirSync(path)
  const { folder } = await makeDataFolder(join(base, 'data'))
  await withStore(folder, async (store) => {
    await store.setBackups({ folder: dir, daily: 9, weekly: 8 }, 'Dr A')
    await store.setHeadsFolder(heads, 'Dr A')
    await store.setListener({ ...DEFAULT_LISTENER, on: true }, 'Dr A')
    await store.setFolder({ id: 'a', on: true, path: dir, subFolders: false }, 'Dr A')
  })
  return { base, dir, heads, folder, made: await backUpTo(folder, dir) }
}

it('leaves the backups and heads of the record alone where it makes one record more', async () => {
  const { base, dir, heads, made } = await scheduled()
  const trial = await bring(made.path, join(base, 'trial'), false)
  expect(trial.ended).toEqual({ backups: dir, heads })
  const folder = dataFolderAt(trial.dataDir)
  await withStore(folder, async (store) => {
    const database = { at: '2026-01-01T00:00:00.000Z', look: 'whole' } as const
    const parts = { version: '1', folder, store, databases: DATABASES }
    const backups = new Backups(
      parts,
      () => undefined,
      database,
      () => false,
    )
    await backups.look()
    await backups.close()
    expect(await store.backupSettings()).toMatchObject({ folder: null, daily: 9, weekly: 8 })
    expect((await store.auditSettings()).headsFolder).toBeNull()
    expect(await store.listenerSettings()).toMatchObject({ on: false })
    expect(await store.watchedFolders()).toMatchObject([{ on: false, path: dir }])
    expect((await store.auditHead())?.sequence).toBe(trial.entries)
    expect(await store.verifyRecord({})).toMatchObject({ broken: null })
  })
  expect(readdirSync(dir).filter((name) => name.startsWith('gyrus-backup-'))).toEqual([basename(made.path)])
})

it('keeps one backup a day of each: those of a trial, and of a copy of the folder, take none of the record away', async () => {
  const { base, dir, folder, made } = await scheduled()
  const keepOne = (of: DataFolder) =>
    withStore(of, (store) => store.setBackups({ folder: null, daily: 1, weekly: 0 }, 'Dr A'))
  const trial = dataFolderAt((await bring(made.path, join(base, 'trial'), false)).dataDir)
  const copied = dataFolderAt(join(base, 'copied'))
  cpSync(folder.root, copied.root, { recursive: true })
  for (const one of [folder, trial, copied]) await keepOne(one)
  const ofTrial = await backUpTo(trial, dir)
  const ofCopy = await backUpTo(copied, dir)
  expect([ofTrial.removed, ofCopy.removed]).toEqual([[], []])
  // Each takes its own older one of the day away, and no other.
  expect((await backUpTo(folder, dir)).removed).toEqual([made.path])
  expect((await backUpTo(trial, dir)).removed).toEqual([ofTrial.path])
  expect((await backUpTo(copied, dir)).removed).toEqual([ofCopy.path])
  const installations = await Promise.all(
    [folder, trial].map((one) => withStore(one, async (store) => (await store.auditSettings()).installation)),
  )
  expect(new Set(installations).size).toBe(2)
}, 120_000)

it('leaves a backup that does not say where it was made to whoever made it', async () => {
  const { base, dir, folder, made } = await scheduled()
  const copied = dataFolderAt(join(base, 'copied'))
  cpSync(folder.root, copied.root, { recursive: true })
  // As an older Gyrus wrote it.
  const path = join(made.path, 'manifest.json')
  const { place, ...manifest } = JSON.parse(readFileSync(path, 'utf8')) as BackupManifest
  expect(place).toMatch(/^[0-9a-f]{64}$/)
  writeFileSync(path, JSON.stringify(manifest))
  for (const one of [folder, copied]) {
    await withStore(one, (store) => store.setBackups({ folder: null, daily: 1, weekly: 0 }, 'Dr A'))
    expect((await backUpTo(one, dir)).removed).toEqual([])
  }
  expect(readdirSync(dir)).toContain(basename(made.path))
}, 120_000)

it('goes on with both where it takes the place of the record', async () => {
  const { dir, heads, folder, made } = await scheduled()
  const { ended } = await bring(made.path, folder.root, true)
  expect(ended).toEqual({ backups: null, heads: null })
  await withStore(folder, async (store) => {
    expect(await store.backupSettings()).toMatchObject({ folder: dir, daily: 9, weekly: 8 })
    expect((await store.auditSettings()).headsFolder).toBe(heads)
    expect(await store.listenerSettings()).toMatchObject({ on: true })
    expect(await store.watchedFolders()).toMatchObject([{ on: true }])
  })
})
