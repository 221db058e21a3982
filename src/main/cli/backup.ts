import { resolve } from 'node:path'
import { InvalidArgumentError } from 'commander'
import { backupSettingsSchema, type MadeBackup } from '../../shared/backup.ts'
import { GyrusError } from '../../shared/errors.ts'
import { chooseDataDir, DATABASES, type OpenRecord, openLog } from '../compose.ts'
import { backUp } from '../core/care/back-up.ts'
import { knownBackups } from '../core/care/known-backups.ts'
import { type Restored, restore } from '../core/care/restore.ts'
import { verifyBackup } from '../core/care/verify-backup.ts'
import { quoted } from '../core/command-lines.ts'
import { refuseDepartment } from '../core/department/settings.ts'
import type { KeyFile } from '../core/encryption/key-file.ts'
import { VERSION } from '../installation.ts'
import { openKey } from '../passphrase.ts'
import type { Store } from '../store/types.ts'
import { dataCommand } from './data-command.ts'
import { EXIT } from './exit.ts'
import { followOnTerminal } from './follow.ts'
import { mayRead, whoMay } from './who.ts'

interface Options {
  json?: boolean
  dataDir?: string
}

interface BackupOptions extends Options {
  readAll?: boolean
  list?: boolean
  verify?: string
  daily?: string
  keepDays?: number
  keepWeeks?: number
}

export const backupCommand = () =>
  dataCommand('backup', 'Make a backup, also while Gyrus works; without a folder, show what is set.')
    .argument('[folder]', 'where backups lie, each in a folder of its own')
    .option('--read-all', 'also read again what earlier backups left there, and mend it')
    .option('--list', 'the backups that the record knows of')
    .option('--verify <backup>', 'read all of one again, as a restore would; exit code 2 where it is not sound')
    .option('--daily <folder>', 'have Gyrus make one every day; “off” ends that')
    .option('--keep-days <n>', 'keep the newest backup of so many days', kept('daily', 1))
    .option('--keep-weeks <n>', 'and of so many weeks', kept('weekly', 0))
    .action(backup)

export const restoreCommand = () =>
  dataCommand('restore', 'Make a data folder of a backup, after all of it was checked.')
    .argument('<backup>', 'one of the folders “gyrus-backup-…”')
    .option('--replace', 'put the data folder that is there aside; nothing is deleted')
    .action(restoreFrom)

async function backup(folder: string | undefined, options: BackupOptions): Promise<void> {
  const dataDir = chooseDataDir(options.dataDir)
  const by = await mayRead(options.dataDir, 'backup', 'administer')
  const record = await openLog(dataDir)
  try {
    const { store } = record
    if (options.list) return await listBackups(record, options)
    if (options.verify !== undefined) return await verify(record, options.verify, { ...options, by })
    const changes = options.daily !== undefined || options.keepDays !== undefined || options.keepWeeks !== undefined
    if (changes) {
      refuseDepartment(record.folder.department)
      await setSchedule(store, options, by)
    }
    if (folder === undefined) return print(options, await store.backupSettings(), await settingLines(store))
    const parts = { version: VERSION, folder: record.folder, store, databases: DATABASES }
    const how = { by, daily: false, readAll: options.readAll === true }
    const made = await followOnTerminal((following) => backUp(parts, folder, how, following), 'items')
    print(options, made, madeLines(made))
  } finally {
    await record.close()
  }
}

async function listBackups(record: OpenRecord, options: Options): Promise<void> {
  const backups = await knownBackups(record)
  const lines = backups.map(({ path, at, bytes, scans, verified }) => {
    const size = bytes === null ? 'not in reach' : `${Math.ceil(bytes / 1e6)} MB`
    const sound = verified ? `verified ${verified.at}: ${verified.sound ? 'sound' : 'NOT SOUND'}` : 'not verified since'
    return `${at}  ${scans} stored scans, ${size}, ${sound}  ${path}`
  })
  print(options, backups, lines.length > 0 ? lines : ['No backup was made yet.'])
}

async function verify(record: OpenRecord, path: string, options: Options & { by: string }): Promise<void> {
  const parts = { databases: DATABASES, folder: record.folder, unlock }
  const backup = resolve(path)
  const detail = { path: backup, sound: true, reason: null as string | null }
  try {
    await followOnTerminal((following) => verifyBackup(parts, backup, following), 'items')
  } catch (error) {
    if (!(error instanceof GyrusError) || error.code !== 'backup-unsound') throw error
    Object.assign(detail, { sound: false, reason: String(error.details.reason) })
    process.exitCode = EXIT.broken
  }
  await record.store.log({ actor: options.by, act: 'backup.verified', subject: 'backup', detail })
  const found = detail.reason === null ? 'all that a restore needs is there, and what it was.' : detail.reason
  print(options, detail, [`${backup} is ${detail.sound ? 'sound' : 'NOT SOUND'}: ${found}`])
}

async function setSchedule(store: Store, { daily, keepDays, keepWeeks }: BackupOptions, by: string): Promise<void> {
  const now = await store.backupSettings()
  const chosen = {
    ...now,
    folder: daily === undefined ? now.folder : daily === 'off' ? null : daily,
    daily: keepDays ?? now.daily,
    weekly: keepWeeks ?? now.weekly,
  }
  await store.setBackups(backupSettingsSchema.parse(chosen), by)
}

async function settingLines(store: Store): Promise<string[]> {
  const { folder, daily, weekly, last } = await store.backupSettings()
  return [
    last ? `Newest backup: ${last.path} of ${last.at}` : 'No backup was made yet.',
    folder ? `Every day into ${folder}` : 'Not made every day (see --daily).',
    `Kept: the newest of ${daily} days and of ${weekly} weeks.`,
  ]
}

function madeLines({ path, entries, scans, copied, lostScans, removed }: MadeBackup): string[] {
  return [
    `Wrote ${path}: ${entries} entries of the trail, ${scans} stored scans; ${copied} files were new.`,
    '  (A picture that was opened more than once is stored once: there can be fewer scans than cases.)',
    ...lostScans.map((sha256) => `  LOST in the data folder, and in no backup here: scan ${sha256}`),
    ...removed.map((old) => `  Removed ${old}, as the rule says.`),
  ]
}

async function restoreFrom(from: string, options: Options & { replace?: boolean }): Promise<void> {
  const dataDir = chooseDataDir(options.dataDir)
  const asked = { backup: from, dataDir, replace: options.replace === true }
  const parts = {
    databases: DATABASES,
    who: (store: Store) => whoMay(store, 'administer', 'restore'),
    unlock,
  }
  const restored = await followOnTerminal((following) => restore(parts, asked, following), 'items')
  const { at, entries, scans, lostScans, putAside } = restored
  print(options, restored, [
    `Restored ${restored.dataDir} as it was at ${at}: ${entries} entries of the trail, ${scans} stored scans.`,
    ...(putAside ? [`  The data folder that was there is now ${putAside}.`] : []),
    ...lostScans.map((sha256) => `  Was lost before the backup: scan ${sha256}`),
    ...endedLines(restored),
  ])
}

/** What is to go on here has to be told: a trial must not write among what the record itself keeps. */
function endedLines({ ended, dataDir }: Restored): string[] {
  const line = (what: string, command: string, folder: string | null) =>
    folder === null
      ? []
      : [
          `  No ${what} are made from this folder. If it is to go on as the record, set them again:`,
          `    gyrus ${command} --daily ${quoted(folder)} --data-dir ${quoted(dataDir)}`,
        ]
  return [...line('daily backups', 'backup', ended.backups), ...line('daily signed heads', 'audit head', ended.heads)]
}

/** A backup may be of a time when the record had another key. */
const unlock = async (file: KeyFile) => (await openKey(file)).keys

/** Of days or weeks, as the record takes it. */
const kept = (of: 'daily' | 'weekly', least: number) => (text: string) => {
  const { data } = backupSettingsSchema.shape[of].safeParse(/^\d+$/.test(text) ? Number(text) : null)
  if (data === undefined) throw new InvalidArgumentError(`A number from ${least} to 1000 is needed.`)
  return data
}

function print({ json }: Options, found: unknown, lines: string[]): void {
  console.log(json ? JSON.stringify(found) : lines.join('\n'))
}
