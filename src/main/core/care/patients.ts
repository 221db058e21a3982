import { existsSync } from 'node:fs'
import { copyFile, mkdir, readFile, rm, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { GyrusError } from '../../../shared/errors.ts'
import { asFileError } from '../../../shared/file-errors.ts'
import type { KnownBackup, ReadStore, Store } from '../../store/types.ts'
import { type DataFolder, manifestPath, scanPath } from '../data-folder.ts'
import { manifestOf } from '../datasets/manifest-file.ts'
import { readScan } from '../stored-scans.ts'
import { writeThrough } from '../write-through.ts'
import { keepWhole, sha256Of, syncFolder } from './keep.ts'

/** Whose data: a patient by ID, or cases by their own ids. */
export interface Whose {
  patientId: string | null
  caseIds: string[]
}

interface Parts {
  folder: DataFolder
  store: Store
}

/** @throws GyrusError `patient-unknown` */
export async function casesOf(store: ReadStore, { patientId, caseIds }: Whose): Promise<string[]> {
  const ofPatient = patientId === null ? [] : await store.casesOfPatient(patientId)
  const all = [...new Set([...ofPatient, ...caseIds])]
  if (all.length === 0) throw new GyrusError('patient-unknown')
  return all
}

export interface ExportedPatient {
  path: string
  cases: number
  files: number
  /** Stored scans that are missing, or of which nothing can be read any more. */
  missing: string[]
  /** What was encrypted lies there in clear. */
  fromEncrypted: boolean
}

/**
 * Writes all that the record has of these cases into a folder that is not there yet: `patient.json`, and the stored
 * files under their hashes. It is on record, by the ids of the cases.
 *
 * @throws GyrusError `patient-unknown`, `case-unknown`, `output-unwritable`
 */
export async function exportPatient(
  { folder, store }: Parts,
  whose: Whose,
  out: string,
  by: string,
): Promise<ExportedPatient> {
  const caseIds = await casesOf(store, whose)
  const dossiers = []
  for (const id of caseIds) dossiers.push(await store.dossier(id))
  const path = resolve(out)
  const scans = [...new Set(dossiers.flatMap(({ scan }) => (scan === null ? [] : [String(scan.sha256)])))]
  // Erased ones are not kept, and not missing either.
  const living = scans.filter((sha256) => existsSync(scanPath(folder, sha256)))
  const altered: string[] = []
  const detail = { cases: caseIds, files: living.length }
  await store.log({ actor: by, act: 'patient.exported', subject: 'patient', detail })
  try {
    await mkdir(path, { mode: 0o700 })
    const content = { format: 'gyrus-patient-1', at: new Date().toISOString(), by, cases: dossiers }
    await keepWhole(join(path, 'patient.json'), `${JSON.stringify(content, null, 2)}\n`)
    for (const sha256 of living) {
      const kept = await keepCopy(folder, sha256, join(path, 'files', fileName(dossiers, sha256)))
      if (!kept) altered.push(sha256)
    }
  } catch (error) {
    const { code, details } = asFileError(error)
    throw new GyrusError('output-unwritable', { path, reason: details.reason ?? code }, { cause: error })
  }
  const erased = new Set(await store.erasedScans())
  const gone = scans.filter((sha256) => !living.includes(sha256) && !erased.has(sha256))
  const files = living.length - altered.length
  return { path, cases: caseIds.length, files, missing: [...gone, ...altered], fromEncrypted: folder.keys !== null }
}

/** In clear, also from an encrypted record: it is for the patient. @returns whether there was something to give */
async function keepCopy(folder: DataFolder, sha256: string, target: string): Promise<boolean> {
  await mkdir(dirname(target), { recursive: true, mode: 0o700 })
  if (folder.keys === null) {
    await copyFile(scanPath(folder, sha256), target)
    return true
  }
  const content = await readScan(folder, sha256)
  if (content) await writeThrough(target, content)
  return content !== null
}

/** The hash, with the extension that the file came with, so that it opens. */
function fileName(dossiers: { case: Record<string, unknown> }[], sha256: string): string {
  const found = dossiers.find((one) => one.case.scan_sha256 === sha256)
  const extension = /\.[a-z0-9]{1,5}$/i.exec(String(found?.case.file_name ?? ''))?.[0] ?? ''
  return `${sha256}${extension.toLowerCase()}`
}

export interface ErasedPatient {
  cases: number
  /** Stored files that were deleted. */
  files: number
  /** Cases that were not erased and have one of the files: it stays for them. */
  filesKeptFor: string[]
  reasonSha256: string
  /** Entries of the audit trail of an older Gyrus that still say something in clear; they cannot be changed. */
  clearEntries: number
  /** Backups that still hold what was erased. */
  backups: (KnownBackup & { reachable: boolean })[]
  /** Frozen data sets, `name@version`, that hold one of the files. */
  datasets: string[]
  /** Batches whose folders may be named after the patient. */
  batches: string[]
}

/**
 * Erases what the record has of a patient: names and free text, and the stored files that no other case has. Labels,
 * probabilities, verdicts and who did what when stay, and the audit trail stays whole.
 *
 * @param reason why, of which only the SHA-256 goes on record
 * @throws GyrusError `patient-unknown`, `case-unknown`, `case-erased`, `erase-unfinished`
 */
export async function erasePatient(
  { folder, store }: Parts,
  whose: Whose,
  { reason, by }: { reason: string; by: string },
): Promise<ErasedPatient> {
  const all = await casesOf(store, whose)
  const before = new Set(await store.erasedAmong(all))
  const caseIds = all.filter((id) => !before.has(id))
  if (caseIds.length === 0) throw new GyrusError('case-erased')
  const dossiers = await Promise.all(caseIds.map((id) => store.dossier(id)))
  const since = dossiers.map((one) => String(one.case.received_at)).sort()[0] ?? ''
  const batches = await store.batchesOf(caseIds)
  const filesKeptFor = await store.sharingScan(caseIds)
  const reasonSha256 = sha256Of(Buffer.from(reason))
  const { scans, clearEntries } = await store.erase({ caseIds, by, reasonSha256 })
  await removeErased({ folder, store })
  const known = await store.backupsSince(since)
  return {
    ...{ cases: caseIds.length, files: scans.length, filesKeptFor, reasonSha256, clearEntries, batches },
    backups: await Promise.all(known.map(async (one) => ({ ...one, reachable: await isThere(one.path) }))),
    datasets: await datasetsWith(
      { folder, store },
      dossiers.flatMap(({ scan }) => (scan ? [String(scan.sha256)] : [])),
    ),
  }
}

/** Deletes copies that no case may have any more; also what a kill left of an erasure. */
export async function removeErased({ folder, store }: Parts): Promise<void> {
  for (const sha256 of await store.erasedScans()) await rm(scanPath(folder, sha256), { force: true })
  await syncFolder(folder.scans)
}

const isThere = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  )

async function datasetsWith({ folder, store }: Parts, scans: string[]): Promise<string[]> {
  const holding: string[] = []
  for (const { name, version } of await store.listDatasets()) {
    const stored = await readFile(manifestPath(folder, name, version)).catch(() => null)
    const manifest = stored && manifestOf(folder, { name, version }, stored)
    if (manifest && scans.some((sha256) => Buffer.from(manifest).includes(sha256))) holding.push(`${name}@${version}`)
  }
  return holding
}
