/** De-identifies DICOM files, to be looked at: `node scripts/reference/deidentify-dicom.ts OUT FILE…`. */
import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { deidentify } from '../../src/main/engine/deidentify/index.ts'
import { Pseudonyms } from '../../src/main/engine/deidentify/pseudonyms.ts'
import { DEIDENTIFY_ACT_NAMES, PIXEL_WARNINGS } from '../../src/shared/deidentify.ts'
import { toFailure } from '../../src/shared/errors.ts'

const [out, ...files] = process.argv.slice(2)
if (!out || files.length === 0) throw new Error('node scripts/reference/deidentify-dicom.ts OUT FILE…')
await mkdir(out, { recursive: true })
const pseudonyms = new Pseudonyms(randomBytes(32))
for (const path of files) {
  console.info(path)
  try {
    const { file, note } = await deidentify(await readFile(path), pseudonyms, 'example')
    await writeFile(join(out, basename(path)), file)
    for (const { tag, keyword, act, count } of note.attributes)
      console.info(`  ${DEIDENTIFY_ACT_NAMES[act]} ${count}: ${tag} ${keyword}`)
    for (const warning of note.warnings) console.info(`  ${PIXEL_WARNINGS[warning]}`)
  } catch (error) {
    console.info(`  ${toFailure(error).message}`)
  }
}
