/** Writes DICOM objects of an invented result, to be looked at: `node scripts/reference/example-dicom.ts FOLDER`. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { structuredReport } from '../../src/main/core/dicom-objects/structured-report.ts'
import { INPUT, SIGNED, VERDICT } from './dicom-result.ts'

const folder = process.argv[2]
if (!folder) throw new Error('Which folder? node scripts/reference/example-dicom.ts FOLDER')
await mkdir(folder, { recursive: true })
const unread = await structuredReport(INPUT)
const objects = {
  'report-unread': unread,
  'report-unsigned': await structuredReport({ ...INPUT, verdict: VERDICT }),
  'report-signed': await structuredReport({ ...INPUT, verdict: SIGNED, predecessors: [unread.reference] }),
}
for (const [name, { file }] of Object.entries(objects)) await writeFile(join(folder, `${name}.dcm`), file)
