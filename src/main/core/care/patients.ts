import { existsSync } from 'node:fs'
import { copyFile, mkdir, readFile, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { GyrusError } from '../../../shared/errors.ts'
import { asFileError } from '../../../shared/file-errors.ts'
import type { ErasedPatient } from '../../../shared/retention.ts'
import { readStored } from '../../sealed/read.ts'
import type { Dossier, ReadStore, Store } from '../../store/types.ts'
import { type DataFolder, manifestPath, scanPath } from '../data-folder.ts'
import { manifestOf, readManifest } from '../datasets/manifest-file.ts'
import { readScan, scanFile } from '../stored-scans.ts'
import { writeThrough } from '../write-through.ts'
import { keepWhole } from './keep.ts'
import { saltedReason } from './reason.ts'
import { removeScans, type Settled } from './remove-scans.ts'

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
  const whole = await store.wholeSeries([...new Set([...ofPatient, ...caseIds])])
  const all = [...new Set([...whole, ...(await store.editedFrom(whole))])]
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

/** What an export holds. */
interface Gathered {
  cases: number
  /** The content of `patient.json`. */
  json: string
  /** Stored files, by what they are called in the export. */
  files: { sha256: string; name: string }[]
  /** Stored scans that are missing, or of which nothing can be read any more; `patient.json` says so, too. */
  missing: string[]
}

/** Reads all that the record has of these cases; that it was exported is on record, by the ids of the cases. */
export async function gatherPatient({ folder, store }: Parts, whose: Whose, by: string): Promise<Gathered> {
  const caseIds = await casesOf(store, whose)
  const dossiers: Dossier[] = []
  for (const id of caseIds) dossiers.push(await store.dossier(id))
  // What was erased, or went by a rule, is not kept, and not missing either.
  const gone = new Set(await store.erasedScans())
  const scans = [...new Set(dossiers.flatMap(({ scan }) => (scan === null ? [] : [String(scan.sha256)])))]
  const kept = scans.filter((sha256) => !gone.has(sha256))
  const living: string[] = []
  for (const sha256 of kept) if (await canBeRead(folder, sha256)) living.push(sha256)
  const missing = kept.filter((sha256) => !living.includes(sha256))
  const detail = { cases: caseIds, files: living.length }
  await store.log({ actor: by, act: 'patient.exported', subject: 'patient', detail })
  const content = { format: 'gyrus-patient-1', at: new Date().toISOString(), by, cases: dossiers, missing }
  return {
    cases: caseIds.length,
    json: `${JSON.stringify(content, null, 2)}\n`,
    files: living.map((sha256) => ({ sha256, name: fileName(dossiers, sha256) })),
    missing,
  }
}

/**
 * Writes all that the record has of these cases into a folder that is not there yet: `patient.json`, and the stored
 * files under their hashes.
 *
 * @throws GyrusError `patient-unknown`, `case-unknown`, `output-unwritable`
 */
export async function exportPatient(parts: Parts, whose: Whose, out: string, by: string): Promise<ExportedPatient> {
  const { cases, json, files, missing } = await gatherPatient(parts, whose, by)
  const path = resolve(out)
  try {
    await mkdir(path, { mode: 0o700 })
    await keepWhole(join(path, 'patient.json'), json)
    for (const { sha256, name } of files) await keepCopy(parts.folder, sha256, join(path, 'files', name))
  } catch (error) {
    const { code, details } = asFileError(error)
    throw new GyrusError('output-unwritable', { path, reason: details.reason ?? code }, { cause: error })
  }
  return { path, cases, files: files.length, missing, fromEncrypted: parts.folder.keys !== null }
}

/** In clear, also from an encrypted record: it is for the patient. */
async function keepCopy(folder: DataFolder, sha256: string, target: string): Promise<void> {
  await mkdir(dirname(target), { recursive: true, mode: 0o700 })
  const file = await scanFile(folder, sha256)
  if (folder.keys === null) return copyFile(file.path, target)
  await writeThrough(target, await readStored(file))
}

/** Whether there is something to give: of a sealed copy that was altered nothing can be read. */
async function canBeRead(folder: DataFolder, sha256: string): Promise<boolean> {
  const inFolder = folder.keys === null && folder.files.store === null
  return inFolder ? existsSync(scanPath(folder, sha256)) : (await readScan(folder, sha256)) !== null
}

/** The hash, with the extension that the file came with, so that it opens. */
function fileName(dossiers: { case: Record<string, unknown> }[], sha256: string): string {
  const found = dossiers.find((one) => one.case.scan_sha256 === sha256)
  const extension = /\.[a-z0-9]{1,5}$/i.exec(String(found?.case.file_name ?? ''))?.[0] ?? ''
  return `${sha256}${extension.toLowerCase()}`
}

/**
 * Erases what the record has of a patient: names and free text, and the stored files that no other case has. Labels,
 * probabilities, verdicts and who did what when stay, and the audit trail stays whole.
 *
 * @param reason why, of which only the SHA-256 goes on record, with its salt
 * @param settled what a removal of files waits for
 * @throws GyrusError `patient-unknown`, `case-unknown`, `case-erased`, `case-held`, `erase-unfinished`
 */
export async function erasePatient(
  { folder, store }: Parts,
  whose: Whose,
  { reason, by }: { reason: string; by: string },
  settled?: Settled,
): Promise<ErasedPatient> {
  const all = await casesOf(store, whose)
  const before = new Set(await store.erasedAmong(all))
  const caseIds = all.filter((id) => !before.has(id))
  if (caseIds.length === 0) throw new GyrusError('case-erased')
  const dossiers = await Promise.all(caseIds.map((id) => store.dossier(id)))
  const since = dossiers.map((one) => String(one.case.received_at)).sort()[0] ?? ''
  const batches = await store.batchesOf(caseIds)
  const filesKeptFor = await store.sharingScan(caseIds)
  const salted = saltedReason(reason)
  const { scans, clearEntries } = await store.erase({ caseIds, by, reason: salted })
  await removeScans({ folder, store }, scans, settled)
  const known = await store.backupsSince(since)
  return {
    ...{ cases: caseIds.length, files: scans.length, filesKeptFor, reason: salted, clearEntries, batches },
    backups: await Promise.all(known.map(async (one) => ({ ...one, reachable: await isThere(one.path) }))),
    datasets: await datasetsWith(
      { folder, store },
      dossiers.flatMap(({ scan }) => (scan ? [String(scan.sha256)] : [])),
    ),
  }
}

const isThere = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  )

async function datasetsWith({ folder, store }: Parts, scans: string[]): Promise<string[]> {
  const holding: string[] = []
  for (const entry of await store.listDatasets()) {
    // Fetched where it lies elsewhere; one that was altered may still hold them.
    await readManifest(folder, entry).catch(() => null)
    const stored = await readFile(manifestPath(folder, entry.name, entry.version)).catch(() => null)
    const manifest = stored && manifestOf(folder, entry, stored)
    if (manifest && scans.some((sha256) => Buffer.from(manifest).includes(sha256)))
      holding.push(`${entry.name}@${entry.version}`)
  }
  return holding
}
