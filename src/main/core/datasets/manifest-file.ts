import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { type DataFolder, manifestPath, versionKey } from '../data-folder.ts'
import { asStored, contentOf } from '../stored-scans.ts'

interface Version {
  name: string
  version: number
}

/** Under which a manifest is sealed: its place in the data folder. */
const placeOf = ({ name, version }: Version) => `datasets/${name}/${version}/dataset.json`

/**
 * A version's manifest, which is exactly what was written at the import: fetched where it lies elsewhere.
 *
 * @returns null where it was altered
 * @throws the file's error where there is none; GyrusError of `SharedFiles`
 */
export async function readManifest(
  folder: DataFolder,
  version: Version & { manifestSha256: string },
): Promise<Uint8Array | null> {
  const path = manifestPath(folder, version.name, version.version)
  const asRecorded = (stored: Uint8Array) => {
    const bytes = manifestOf(folder, version, stored)
    const sha256 = bytes && createHash('sha256').update(bytes).digest('hex')
    return sha256 === version.manifestSha256 ? bytes : null
  }
  if (folder.files.store) {
    const here = await readFile(path).then(asRecorded, () => null)
    if (here) return here
    await folder.files.pull(versionKey(version))
  }
  return asRecorded(await readFile(path))
}

/** What a stored manifest says, opened where the record is encrypted; null where it was altered. */
export const manifestOf = (folder: DataFolder, version: Version, stored: Uint8Array): Uint8Array | null =>
  contentOf(folder, placeOf(version), stored)

/** How a manifest lies in the data folder. */
export const storedManifest = (folder: DataFolder, version: Version, text: string): Uint8Array =>
  asStored(folder, placeOf(version), Buffer.from(text))
