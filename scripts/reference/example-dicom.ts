/** Writes DICOM objects of an invented result, to be looked at: `node scripts/reference/example-dicom.ts FOLDER`. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { keyObjects } from '../../src/main/core/dicom-objects/key-objects.ts'
import { captionOf, secondaryCapture } from '../../src/main/core/dicom-objects/secondary-capture.ts'
import { structuredReport } from '../../src/main/core/dicom-objects/structured-report.ts'
import { drawResult } from '../../src/main/engine/result-picture/index.ts'
import { INPUT, OF_SERIES, SIGNED, VERDICT } from './dicom-result.ts'

const RESOURCES = join(import.meta.dirname, '..', '..', 'resources')

const folder = process.argv[2]
if (!folder) throw new Error('Which folder? node scripts/reference/example-dicom.ts FOLDER')
await mkdir(folder, { recursive: true })
const unread = await structuredReport(INPUT)
const signed = { ...INPUT, verdict: SIGNED, predecessors: [unread.reference] }
const { data, info } = await sharp(join(RESOURCES, 'samples', 'sample-01.jpg'))
  .greyscale()
  .raw()
  .toBuffer({ resolveWithObject: true })
const image = { width: info.width, height: info.height, channels: 1 as const, data }
const picture = await drawResult(image, captionOf(signed), join(RESOURCES, 'fonts'))
const objects = {
  'report-unread': unread,
  'report-unsigned': await structuredReport({ ...INPUT, verdict: VERDICT }),
  'report-signed': await structuredReport(signed),
  picture: await secondaryCapture(signed, picture),
  'report-series': await structuredReport(OF_SERIES),
  'key-objects': await keyObjects(OF_SERIES),
}
for (const [name, { file }] of Object.entries(objects)) await writeFile(join(folder, `${name}.dcm`), file)
