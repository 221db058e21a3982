import { copyFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { decodeFrame } from '../../src/main/engine/decode/dicom/index.ts'
import { CAUTIONS } from '../../src/shared/cautions.ts'
import { LABELS } from '../../src/shared/labels.ts'
import { RESOURCES } from '../engine/support/shipped.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { ask, openPaths, openTestCore } from '../support/core.ts'
import { needsShared } from '../support/needs-shared.ts'
import { shared } from '../support/shared.ts'

const FILES = join(import.meta.dirname, '../engine/dicom/files')
const SLICE = shared('dicom/series-t1/N2D_0240.dcm')

needsShared(SLICE)
it.skipIf(SLICE === null)('a slice gets the answer of the PNG that was exported of it', async () => {
  const { core } = await openTestCore(temporaryFolder())
  const png = join(RESOURCES, 'samples/sample-02.png')
  const [dicom, picture] = await openPaths(core, SLICE as string, png)
  if (dicom?.status !== 'analysed' || picture?.status !== 'analysed') expect.unreachable('both are read')
  for (const label of LABELS) {
    expect(Math.abs(dicom.confidences[label] - picture.confidences[label])).toBeLessThan(0.02)
  }
  // The healthy volunteer was given no contrast agent; a PNG has no header that could name one.
  expect([dicom.cautions, picture.cautions]).toEqual([[CAUTIONS.contrast], []])
  const told = await ask(core, 'cases.get', { id: dicom.caseId as string })
  expect(told).toMatchObject({ patientName: 'Jane_Doe', studyDate: '2013-07-17', scan: { format: 'dicom' } })
  expect(told.dicom).toMatchObject({ modality: 'MR', instanceNumber: 240, patientNameDicom: 'Jane_Doe' })
})

it('a file of several frames that the model does not judge stands by its middle one, and gives each of them', async () => {
  const folder = temporaryFolder()
  const path = join(folder, 'enhanced.dcm')
  copyFileSync(join(FILES, 'enhanced-mr.dcm'), path)
  const { core } = await openTestCore(join(folder, 'data'))
  const [outcome] = await openPaths(core, path)
  const id = outcome?.caseId as string
  expect((await ask(core, 'cases.get', { id })).dicom).toMatchObject({ frame: 2, frames: 3 })
  const pixelsOf = async (frame?: number) => (await core.images.pixels(id, frame)).data
  const wanted = async (frame: number) => {
    const { data } = await decodeFrame(readFileSync(path), frame)
    return Buffer.from(data.buffer, data.byteOffset, data.byteLength)
  }
  for (const frame of [0, 1, 2]) expect(Buffer.from(await pixelsOf(frame)).equals(await wanted(frame))).toBe(true)
  expect(Buffer.from(await pixelsOf()).equals(await wanted(1))).toBe(true)
  await expect(pixelsOf(3)).rejects.toMatchObject({ code: 'dicom-frame-missing' })
})
