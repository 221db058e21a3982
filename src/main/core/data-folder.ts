import { accessSync, constants, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { GyrusError } from '../../shared/errors.ts'
import { inPlace } from './department/files/in-place.ts'
import { InStore } from './department/files/in-store.ts'
import { FilesMark } from './department/files/mark.ts'
import type { SharedFiles } from './department/files/types.ts'
import { type Department, departmentOf } from './department/settings.ts'
import type { FolderKeys } from './encryption/keys.ts'

/** Where things lie in the data folder. */
export interface DataFolder {
  root: string
  database: string
  /** Content-addressed copies: `scans/<first two digits>/<SHA-256>`. */
  scans: string
  /** Copies that are not yet whole; emptied at every start. */
  incoming: string
  /** Models that were trained or imported: one folder each. */
  models: string
  /** What was measured of models here: `evaluations/<model>/<SHA-256>`. */
  evaluations: string
  /** What a model must show before it may be used. */
  gate: string
  /** Frozen sets: `datasets/<name>/<version>/dataset.json`. */
  datasets: string
  /** Their images: `datasets/files/<first two digits>/<SHA-256>`. */
  datasetFiles: string
  /** Trainings: one folder each. */
  runs: string
  /** Private key that signs heads of the audit trail. */
  auditKey: string
  /** What it is encrypted with; null where it is in clear. */
  keys: FolderKeys | null
  /** Where the record and what all workstations share lie; null where they lie here. */
  department: Department | null
  /** What others know of these files, and what is fetched from there before it is read. */
  files: SharedFiles
  /** What they are known by; null where they lie here. */
  mark: FilesMark | null
}

export const AUDIT_KEY = 'audit-key.pem'

/** @throws GyrusError `department-settings` */
export function dataFolderAt(root: string, keys: FolderKeys | null = null): DataFolder {
  const department = departmentOf(root)
  const shared = sharedFolderOf(root, department)
  // Beside the copies, so that one that is whole takes its place at once.
  const incoming = department ? join(shared, 'incoming', department.station) : join(root, 'incoming')
  const mark = department && new FilesMark(department)
  return {
    root,
    database: join(root, 'gyrus.sqlite'),
    scans: join(shared, 'scans'),
    incoming,
    models: join(shared, 'models'),
    evaluations: join(shared, 'evaluations'),
    gate: join(shared, 'gate.json'),
    datasets: join(shared, 'datasets'),
    datasetFiles: join(shared, 'datasets', 'files'),
    runs: join(shared, 'runs'),
    auditKey: join(root, AUDIT_KEY),
    keys,
    department,
    files:
      department?.place.kind === 's3'
        ? new InStore({ place: department.place, credentials: department.credentials, root: shared, incoming, mark })
        : inPlace(shared, mark),
    mark,
  }
}

/** Where a workstation has the files, or its copies of them: never among those of the record that it had before. */
function sharedFolderOf(root: string, department: Department | null): string {
  if (!department) return root
  return department.place.kind === 's3' ? join(root, 'copies') : department.place.path
}

/** Whether there may be a record: of a department's only its database can tell. */
export const hasRecord = ({ department, database }: Pick<DataFolder, 'department' | 'database'>): boolean =>
  department !== null || existsSync(database)

/**
 * Makes the folders and sees that they can be written; those of a department when its files are known (`prepareFiles`).
 *
 * @throws GyrusError `data-folder-unusable`, `department-folder`
 */
export function prepareDataFolder(folder: DataFolder): void {
  makeFolders(() => {
    mkdirSync(folder.root, { recursive: true, mode: 0o700 })
    requireShared(folder.department)
    accessSync(folder.root, constants.W_OK)
  }, folder)
  if (!folder.department) prepareFiles(folder)
}

/** Makes the folders of files. @throws GyrusError `data-folder-unusable` */
export function prepareFiles(folder: DataFolder): void {
  makeFolders(() => {
    for (const dir of [folder.scans, folder.incoming, folder.models]) mkdirSync(dir, { recursive: true, mode: 0o700 })
  }, folder)
}

function makeFolders(make: () => void, folder: DataFolder): void {
  try {
    make()
  } catch (error) {
    if (error instanceof GyrusError) throw error
    const { code: reason = String(error), path = folder.root } = error as NodeJS.ErrnoException
    throw new GyrusError('data-folder-unusable', { path, reason }, { cause: error })
  }
}

/** A folder that is not there is a drive that is not connected: made anew, it would be another one than the others have. */
function requireShared(department: Department | null): void {
  if (department?.place.kind === 'folder' && !existsSync(department.place.path))
    throw new GyrusError('department-folder', { path: department.place.path })
}

/** Removes what a kill left half copied. Call only while holding the folder's lock. */
export function emptyIncoming(folder: DataFolder): void {
  for (const name of readdirSync(folder.incoming)) rmSync(join(folder.incoming, name), { force: true, recursive: true })
}

export const manifestPath = (folder: DataFolder, name: string, version: number) =>
  join(folder.datasets, name, String(version), 'dataset.json')

export const scanPath = (folder: DataFolder, sha256: string) => join(folder.scans, sha256.slice(0, 2), sha256)

export const datasetFile = (folder: DataFolder, sha256: string) => join(folder.datasetFiles, sha256.slice(0, 2), sha256)

/** What they are called among the shared files (`DataFolder.files`). */
export const scanKey = (sha256: string) => `scans/${sha256.slice(0, 2)}/${sha256}`

export const DATASET_FILES = 'datasets/files'

export const datasetFileKey = (sha256: string) => `${DATASET_FILES}/${sha256.slice(0, 2)}/${sha256}`

export const versionKey = ({ name, version }: { name: string; version: number }) => `datasets/${name}/${version}`
