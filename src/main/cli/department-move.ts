import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { type Command, Option } from 'commander'
import { type Failure, GyrusError, toFailure } from '../../shared/errors.ts'
import { isS3 } from '../../shared/files-place.ts'
import { chooseDataDir, openRecord } from '../compose.ts'
import { dataFolderAt } from '../core/data-folder.ts'
import { FilesMark } from '../core/department/files/mark.ts'
import { moveTarget, refuseOwnFolder, tryFiles } from '../core/department/files/places.ts'
import { environmentCredentials, filesPlaceOf } from '../core/department/settings.ts'
import { type CopiedFiles, filesOf, shareFiles } from '../core/department/share-files.ts'
import {
  type Moved,
  moveToDepartment,
  moveToFile,
  openDepartmentStoreBeside,
  tryMoveToDepartment,
  tryMoveToFile,
} from '../store/index.ts'
import type { CopyFollowing, Store } from '../store/types.ts'
import { dataCommand } from './data-command.ts'
import { followOnTerminal } from './follow.ts'
import { whoMay } from './who.ts'

interface Options {
  json?: boolean
  dataDir?: string
  to?: string
  toFile?: string
  files?: string
  again?: boolean
}

interface Done {
  moved: Moved
  /** Null where they are still to be copied. */
  files: CopiedFiles | null
  /** Where they lie. */
  from: string
  unmarked: Failure | null
}

const HELP = `
The record goes as a whole: in one transaction, of one moment, and only when counts, digests and the chain of the audit
trail are the same on both sides. Where it is broken off, nothing of the record is left there; files that were copied stay,
and are used again. What was there before stays, with one entry more in its audit trail: where it went.
Close Gyrus first, of a department on all workstations. A password may also be in PGPASSWORD or in ~/.pgpass; key and
secret of a store of files are in GYRUS_FILES_KEY and GYRUS_FILES_SECRET. The folder of --files has to be there, as on a drive
that is connected. --to-file writes the record in clear; “gyrus encrypt” encrypts it.`

export const departmentMoveCommand = () =>
  dataCommand('move', 'Move the record into a department’s empty database, or from there into a file.')
    .addOption(
      new Option(
        '--to <address>',
        'from this data folder to postgres://user:password@host:port/database, with the role that is to own it',
      ).conflicts('toFile'),
    )
    .option('--to-file <file>', 'from the department (GYRUS_DATABASE) to a file that is not there yet: gyrus.sqlite')
    .option(
      '--files <place>',
      'copy scans, models, evaluations and data sets there as well, each verified: a folder, or s3://bucket/prefix?endpoint=…',
    )
    .option('--again', 'also where the record was moved before, and is gone on with elsewhere')
    .addHelpText('after', HELP)
    .action(run)

async function run(options: Options, command: Command): Promise<void> {
  const { to, toFile } = options
  if (to !== undefined) return print(options, await moveThere(options, to))
  if (toFile !== undefined) return print(options, await moveBack(options, resolve(toFile)))
  command.error('error: say where it goes: --to a database, or --to-file')
}

/** The data folder is held all the while. */
async function moveThere(options: Options, to: string): Promise<Done> {
  const root = chooseDataDir(options.dataDir)
  const { files } = options
  const { department, database } = dataFolderAt(root)
  if (department) throw new GyrusError('department-already')
  if (!existsSync(database)) throw new GyrusError('record-missing', { path: root })
  const record = await openRecord(root)
  try {
    const { folder, store } = record
    const by = await mayMove(store, options)
    const former = (await store.recordMark()).id
    const file = { file: folder.database, key: folder.keys?.database ?? null }
    // What is in the way is found before anything is copied, which may take hours.
    await tryMoveToDepartment(file, to)
    if (files !== undefined) {
      refuseOwnFolder(root, files)
      await markOf(files).compare({ id: former, marked: false })
      await tryFiles({ files, ...environmentCredentials() })
    }
    return await followOnTerminal(async (following) => {
      const copied = await copyFiles(folder, options, following)
      const moved = await moveToDepartment(file, to, { by, following })
      const unmarked = files === undefined ? null : await markFiles(to, files, former)
      return { moved, files: copied, from: filesOf(folder), unmarked }
    }, 'items')
  } finally {
    await record.close()
  }
}

/** @returns why the files could not be marked as those of the record, which has moved; null where they are */
async function markFiles(to: string, files: string, former: string | null): Promise<Failure | null> {
  try {
    const store = await openDepartmentStoreBeside(to, '')
    await markOf(files)
      .claim(store, former)
      .finally(() => store.close())
    return null
  } catch (error) {
    return toFailure(error)
  }
}

const markOf = (files: string) => new FilesMark(filesPlaceOf({ files, ...environmentCredentials() }))

async function moveBack(options: Options, file: string): Promise<Done> {
  const root = chooseDataDir(options.dataDir)
  const { department } = dataFolderAt(root)
  if (!department) throw new GyrusError('department-missing')
  const { folder, store, close } = await openRecord(root)
  // It must not be connected itself while it looks whether workstations are.
  const by = await mayMove(store, options).finally(close)
  await tryMoveToFile(department.database, file)
  const { files: to } = options
  // The folder of the new file is made with it.
  if (to !== undefined && resolve(to) !== dirname(file)) await tryFiles({ files: to, ...environmentCredentials() })
  return followOnTerminal(async (following) => {
    const files = await copyFiles(folder, options, following)
    const moved = await moveToFile(department.database, file, { by, following })
    return { moved, files, from: filesOf(folder), unmarked: null }
  }, 'items')
}

/** @throws GyrusError `move-left-before` where two would go on with it */
async function mayMove(store: Store, { again = false }: Options): Promise<string> {
  const by = await whoMay(store, 'administer', 'department move')
  const gone = again ? null : await store.goneOnElsewhere()
  if (gone) throw new GyrusError('move-left-before', { at: gone.at, place: gone.place })
  return by
}

/** Before the record: what it names is there when it is. */
const copyFiles = async (folder: Parameters<typeof shareFiles>[0], { files }: Options, following: CopyFollowing) =>
  files === undefined ? null : shareFiles(folder, await moveTarget(files), following)

function print({ json, to, toFile, files: folder }: Options, { moved, files, from, unmarked }: Done): void {
  const { tables, rows, head, untold } = moved
  const lines = [
    `Moved ${rows} rows of ${Object.keys(tables).length} tables; counts, digests and chain are the same on both sides.`,
    ...(head ? [`  Head of the audit trail: entry ${head.sequence}, ${head.hash}`] : []),
    ...(files
      ? [`  ${files.files} files are in ${shown(folder ?? '')}, ${files.copied} of them copied now; each was verified.`]
      : [`  Not moved: scans, models, evaluations and data sets. They lie in ${from}.`, ...whereTo(to)]),
    ...(unmarked
      ? [
          `  The files could not be marked as this record’s: ${unmarked.message} [${unmarked.code}] The first start does it.`,
        ]
      : []),
    ...(to === undefined
      ? [`  ${toFile} is a record of its own: as gyrus.sqlite of a data folder, without GYRUS_DATABASE.`]
      : [
          '  From now on join it on each workstation: Admin › Settings › Department, or GYRUS_DATABASE and GYRUS_FILES.',
        ]),
    '  What was there before stays. Do not go on with it: the two would part.',
    ...(untold
      ? [`  Its own audit trail could not be told that it was left: ${untold.message} [${untold.code}]`]
      : ['  Its own audit trail tells when and where it went.']),
  ]
  console.log(json ? JSON.stringify({ ...moved, files }) : lines.join('\n'))
}

const shown = (files: string) => (isS3(files) ? files : resolve(files))

const whereTo = (to: string | undefined) => [
  `  Copy the folders scans, models, evaluations, datasets and runs, and gate.json, ${to === undefined ? 'beside gyrus.sqlite' : 'into the folder of GYRUS_FILES'}; into a store, and out of one, with --files.`,
]
