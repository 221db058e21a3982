import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, it, onTestFinished } from 'vitest'
import { INPUT, SIGNED } from '../../scripts/reference/dicom-result.ts'
import { keyObjects } from '../../src/main/core/dicom-objects/key-objects.ts'
import { captionOf, secondaryCapture } from '../../src/main/core/dicom-objects/secondary-capture.ts'
import { structuredReport } from '../../src/main/core/dicom-objects/structured-report.ts'
import { type Dictionary, loadDictionary } from '../../src/main/engine/deidentify/dictionary.ts'
import { textsOf } from '../../src/main/engine/deidentify/element.ts'
import { readFile } from '../../src/main/engine/deidentify/file.ts'
import { deidentify } from '../../src/main/engine/deidentify/index.ts'
import { Pseudonyms } from '../../src/main/engine/deidentify/pseudonyms.ts'
import { writeElements } from '../../src/main/engine/deidentify/write.ts'
import { drawResult } from '../../src/main/engine/result-picture/index.ts'
import { missing } from '../support/dicom-tools.ts'
import { Orthanc } from '../support/orthanc.ts'
import { shared } from '../support/shared.ts'

const FONTS = join(import.meta.dirname, '..', '..', 'resources', 'fonts')
const REASON = missing('orthanc') ?? missing('dcmdump')

let dictionary: Dictionary
beforeAll(async () => {
  dictionary = await loadDictionary()
})

/** A data set in one form, whether its sequences had a length or not. */
function dataSetOf(file: Uint8Array): Buffer {
  const { elements } = readFile(file, dictionary)
  return Buffer.from(writeElements(elements, { explicit: true, littleEndian: true }))
}

it('a PACS stores all objects of a result in the study of its images, and gives them back unchanged', async ({
  skip,
}) => {
  if (REASON) return skip(REASON)
  const unread = await structuredReport(INPUT)
  const signed = { ...INPUT, verdict: SIGNED, predecessors: [unread.reference] }
  const image = { width: 2, height: 2, channels: 1 as const, data: new Uint8Array(4) }
  const objects = [
    unread,
    await structuredReport(signed),
    await secondaryCapture(signed, await drawResult(image, captionOf(signed), FONTS)),
    await keyObjects(INPUT),
  ]
  const orthanc = await Orthanc.start(onTestFinished)
  // Sent twice, they are there once.
  for (const { file } of [...objects, ...objects]) await orthanc.store(file)
  expect(await orthanc.count()).toMatchObject({ CountStudies: 1, CountSeries: 3, CountInstances: 4 })
  for (const { file, reference } of objects)
    expect(dataSetOf(await orthanc.fetch(reference.uid)).equals(dataSetOf(file))).toBe(true)
})

it('a PACS takes a de-identified copy, and gives it back unchanged', { timeout: 60_000 }, async ({ skip }) => {
  const path = shared('dicom/syntaxes/MR_small.dcm')
  if (REASON || !path) return skip(REASON ?? 'not run: the shared data folder is not there (GYRUS_SHARED)')
  const { file } = await deidentify(readFileSync(path), new Pseudonyms(new Uint8Array(32)), '0.1.0')
  const uid = readFile(file, dictionary).elements.find(({ tag }) => tag === 0x0008_0018)
  const orthanc = await Orthanc.start(onTestFinished)
  await orthanc.store(file)
  const back = await orthanc.fetch(textsOf(uid)[0] ?? '')
  expect(dataSetOf(back).equals(dataSetOf(file))).toBe(true)
})
