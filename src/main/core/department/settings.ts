import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { type DepartmentSettings, departmentSettingsSchema } from '../../../shared/department.ts'
import { GyrusError } from '../../../shared/errors.ts'
import { type FilesPlace, parseFilesPlace } from '../../../shared/files-place.ts'
import type { Credentials } from '../../object-store/types.ts'
import { SETTINGS } from './settings-place.ts'

/** Where the workstations of a department keep what they share. */
export interface Department {
  /** Address of the PostgreSQL database, with its password: to be shown to nobody. */
  database: string
  /** Where files are by their hashes, models and data sets: as it was set. */
  files: string
  /** The same, read. */
  place: FilesPlace
  /** Of a store; empty for a folder. To be shown to nobody. */
  credentials: Credentials
  /** What this workstation is called; no other one has the name. */
  station: string
}

const STATION = 'station'

/**
 * The department of a data folder: what the environment says (GYRUS_DATABASE, GYRUS_FILES, and of a store GYRUS_FILES_KEY
 * and GYRUS_FILES_SECRET), else what was set; null where the record lies in the folder itself.
 *
 * @throws GyrusError `department-settings`, `department-files-unset` where they are not whole, `files-address`, `files-credentials`
 */
export function departmentOf(root: string): Department | null {
  const settings = settingsOf(root)
  if (!settings) return null
  const { database, files } = settings
  return { database, files, ...filesPlaceOf(settings), station: stationOf(root) }
}

/** Where files are shared, and as whom. @throws GyrusError `files-address`, `files-credentials` */
export function filesPlaceOf({
  files,
  filesKey: key = '',
  filesSecret: secret = '',
}: Omit<DepartmentSettings, 'database'>) {
  const place = parseFilesPlace(files)
  if (place.kind === 's3' && (key === '' || secret === '')) throw new GyrusError('files-credentials')
  return { place, credentials: { key, secret } }
}

/**
 * Some work is for a record that lies in its folder alone: PostgreSQL has its own means for a department's.
 *
 * @throws GyrusError `department-own-means`
 */
export function refuseDepartment(department: Department | null): void {
  if (department) throw new GyrusError('department-own-means')
}

export function settingsOf(root: string): DepartmentSettings | null {
  const { GYRUS_DATABASE: database, GYRUS_FILES: files } = process.env
  if (database) {
    if (!files) throw new GyrusError('department-files-unset')
    return { database, files, ...environmentCredentials() }
  }
  const written = readOrNull(join(root, SETTINGS))
  if (written === null) return null
  const read = departmentSettingsSchema.safeParse(parsed(written))
  if (!read.success) throw new GyrusError('department-settings', { reason: SETTINGS })
  return read.data
}

/** Host and name of a database, without who signs in there and by what. */
export function databasePlace(address: string): string {
  const url = URL.parse(address)
  return url ? `${url.host}${url.pathname}` : ''
}

/** As whom a store is asked by what the environment says. */
export function environmentCredentials(): Required<Pick<DepartmentSettings, 'filesKey' | 'filesSecret'>> {
  const { GYRUS_FILES_KEY: filesKey = '', GYRUS_FILES_SECRET: filesSecret = '' } = process.env
  return { filesKey, filesSecret }
}

/** The environment without what opens the department's database and store: for processes that read files of others. */
export function environmentWithoutSecrets(): NodeJS.ProcessEnv {
  const { GYRUS_DATABASE: _, GYRUS_FILES_KEY: __, GYRUS_FILES_SECRET: ___, PGPASSWORD: ____, ...rest } = process.env
  return rest
}

/** From the next start on. @param settings null for a record of the workstation's own */
export function keepSettings(root: string, settings: DepartmentSettings | null): void {
  const file = join(root, SETTINGS)
  try {
    if (settings === null) {
      rmSync(file, { force: true })
      return
    }
    const part = `${file}.part`
    // It has a password, and is whole or not there.
    writeFileSync(part, `${JSON.stringify(settings, null, 2)}\n`, { mode: 0o600 })
    renameSync(part, file)
  } catch (error) {
    throw new GyrusError('department-settings', { reason: SETTINGS }, { cause: error })
  }
}

/** What a workstation is called; made once: two folders on one machine are two workstations. */
export function stationOf(root: string): string {
  const file = join(root, STATION)
  const known = readOrNull(file)?.trim()
  if (known) return known
  const station = `${hostname()}-${randomBytes(3).toString('hex')}`
  mkdirSync(root, { recursive: true, mode: 0o700 })
  writeFileSync(file, `${station}\n`, { mode: 0o600 })
  return station
}

function readOrNull(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    // Where no data folder can be, another one says so.
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return null
    throw new GyrusError('department-settings', { reason: SETTINGS }, { cause: error })
  }
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return null
  }
}
