import { zipSync } from 'fflate'
import type { Download } from '../downloads.ts'
import type { ObjectFile } from './index.ts'

/** Objects as one archive: a page saves one file. */
export function zipObjects(name: string, files: ObjectFile[]): Download {
  const entries = Object.fromEntries(files.map((file) => [file.name, file.content]))
  const content = (async function* () {
    yield zipSync(entries, { level: 1 })
  })()
  return { fileName: `${name}.zip`, mediaType: 'application/zip', content }
}
