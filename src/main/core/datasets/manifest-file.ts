import type { DataFolder } from '../data-folder.ts'
import { asStored, contentOf } from '../stored-scans.ts'

interface Version {
  name: string
  version: number
}

/** Under which a manifest is sealed: its place in the data folder. */
const placeOf = ({ name, version }: Version) => `datasets/${name}/${version}/dataset.json`

/** What a stored manifest says, opened where the record is encrypted; null where it was altered. */
export const manifestOf = (folder: DataFolder, version: Version, stored: Uint8Array): Uint8Array | null =>
  contentOf(folder, placeOf(version), stored)

/** How a manifest lies in the data folder. */
export const storedManifest = (folder: DataFolder, version: Version, text: string): Uint8Array =>
  asStored(folder, placeOf(version), Buffer.from(text))
