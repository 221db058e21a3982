import { accessSync, constants, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { GyrusError } from '../../shared/errors.ts'
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
  /** Private key that signs heads of the audit trail. */
  auditKey: string
  /** What it is encrypted with; null where it is in clear. */
  keys: FolderKeys | null
}

export const AUDIT_KEY = 'audit-key.pem'

export function dataFolderAt(root: string, keys: FolderKeys | null = null): DataFolder {
  return {
    root,
    database: join(root, 'gyrus.sqlite'),
    scans: join(root, 'scans'),
    incoming: join(root, 'incoming'),
    models: join(root, 'models'),
    evaluations: join(root, 'evaluations'),
    gate: join(root, 'gate.json'),
    datasets: join(root, 'datasets'),
    datasetFiles: join(root, 'datasets', 'files'),
    auditKey: join(root, AUDIT_KEY),
    keys,
  }
}

/** Makes the folders and sees that they can be written. @throws GyrusError `data-folder-unusable` */
export function prepareDataFolder(folder: DataFolder): void {
  try {
    mkdirSync(folder.scans, { recursive: true, mode: 0o700 })
    mkdirSync(folder.incoming, { recursive: true, mode: 0o700 })
    mkdirSync(folder.models, { recursive: true, mode: 0o700 })
    accessSync(folder.root, constants.W_OK)
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error)
    throw new GyrusError('data-folder-unusable', { path: folder.root, reason }, { cause: error })
  }
}

/** Removes what a kill left half copied. Call only while holding the folder's lock. */
export function emptyIncoming(folder: DataFolder): void {
  for (const name of readdirSync(folder.incoming)) rmSync(join(folder.incoming, name), { force: true, recursive: true })
}

export const manifestPath = (folder: DataFolder, name: string, version: number) =>
  join(folder.datasets, name, String(version), 'dataset.json')

export const scanPath = (folder: DataFolder, sha256: string) => join(folder.scans, sha256.slice(0, 2), sha256)

export const datasetFile = (folder: DataFolder, sha256: string) => join(folder.datasetFiles, sha256.slice(0, 2), sha256)
