import { Zip, ZipDeflate, ZipPassThrough } from 'fflate'
import { readStored } from '../../sealed/read.ts'
import type { Store } from '../../store/types.ts'
import type { DataFolder } from '../data-folder.ts'
import type { Download } from '../downloads.ts'
import { scanFile } from '../stored-scans.ts'
import { gatherPatient } from './patients.ts'

/**
 * Everything of these cases as one archive with what `exportPatient` writes into a folder. It is on record before it is
 * given out; the files are read as it is fetched, in clear also from an encrypted record.
 *
 * @throws GyrusError `patient-unknown`, `case-unknown`
 */
export async function zipPatient(
  parts: { folder: DataFolder; store: Store },
  caseIds: string[],
  by: string,
): Promise<Download> {
  const { json, files } = await gatherPatient(parts, { patientId: null, caseIds }, by)
  // Not the patient: names of downloads are kept in many places.
  const day = new Date().toISOString().slice(0, 10)
  const content = archive(parts.folder, json, files)
  return { fileName: `gyrus-patient-${day}.zip`, mediaType: 'application/zip', content }
}

async function* archive(
  folder: DataFolder,
  json: string,
  files: { sha256: string; name: string }[],
): AsyncGenerator<Uint8Array> {
  let made: Uint8Array[] = []
  const zip = new Zip((error, chunk) => {
    if (error) throw error
    made.push(chunk)
  })
  const table = new ZipDeflate('patient.json', { level: 6 })
  zip.add(table)
  table.push(new TextEncoder().encode(json), true)
  for (const { sha256, name } of files) {
    yield* made
    made = []
    // Images are packed already.
    const image = new ZipPassThrough(`files/${name}`)
    zip.add(image)
    image.push(await readStored(await scanFile(folder, sha256)), true)
  }
  zip.end()
  yield* made
}
