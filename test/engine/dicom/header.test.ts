import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readHeader } from '../../../src/main/engine/decode/dicom/header.ts'
import { decodeImage } from '../../../src/main/engine/decode/index.ts'
import { needsShared } from '../../support/needs-shared.ts'
import { shared } from '../../support/shared.ts'
import { dicomFile, element } from './support/write.ts'

const FILES = join(import.meta.dirname, 'files')
const SLICE = shared('dicom/series-t1/N2D_0240.dcm')
const TRUNCATED = shared('dicom/syntaxes/MR_truncated.dcm')

const codeOf = (bytes: Uint8Array) => {
  try {
    readHeader(bytes)
    return null
  } catch (error) {
    return (error as { code: string }).code
  }
}

describe('the header of a DICOM image', () => {
  it.each(['enhanced-mr.dcm', 'name-japanese.dcm'])('says what its decoding says: %s', async (name) => {
    const bytes = readFileSync(join(FILES, name))
    expect(readHeader(bytes).facts).toEqual((await decodeImage(bytes)).dicom)
  })

  needsShared(SLICE)
  it.skipIf(SLICE === null)('says what its decoding says: a slice of a head', async () => {
    const bytes = readFileSync(SLICE as string)
    const { facts, bodyPart } = readHeader(bytes)
    expect(facts).toEqual((await decodeImage(bytes)).dicom)
    expect(facts).toMatchObject({ modality: 'MR', patientName: 'Jane_Doe' })
    expect(bodyPart).toMatch(/^[A-Z]*$/)
  })

  it('tells the body part, of an enhanced object by its code', () => {
    expect(readHeader(dicomFile()).bodyPart).toBe('')
    expect(readHeader(dicomFile({ 1572885: element(0x00180015, 'CS', 'head') })).bodyPart).toBe('HEAD')
    const code = element(0x00080104, 'LO', 'Brain')
    const anatomy = element(0x00209071, 'SQ', [element(0x00082218, 'SQ', [code])])
    const shared = element(0x52009229, 'SQ', [anatomy])
    expect(readHeader(dicomFile({ 1375769129: shared })).bodyPart).toBe('BRAIN')
    expect(readHeader(dicomFile({ 533016: element(0x00082218, 'SQ', [code]) })).bodyPart).toBe('BRAIN')
  })

  it('does not look at the pixels', () => {
    // JPEG 2000 by its syntax, and nothing of the kind in it.
    const bytes = dicomFile({}, '1.2.840.10008.1.2.4.90')
    expect(readHeader(bytes).facts.frames).toBe(1)
  })

  it('says what a file is instead', () => {
    expect(codeOf(new Uint8Array())).toBe('file-empty')
    expect(codeOf(Buffer.from('\x89PNG\r\n\x1a\n, and more than 128 bytes of it'.padEnd(200)))).toBe('dicom-none')
    const report = element(0x00080016, 'UI', '1.2.840.10008.5.1.4.1.1.88.34')
    expect(codeOf(dicomFile({ 524310: report }))).toBe('dicom-no-image')
    expect(codeOf(dicomFile({ 2145386512: null }))).toBe('dicom-no-image')
    expect(codeOf(dicomFile().subarray(0, 300))).toBe('image-truncated')
  })

  needsShared(TRUNCATED)
  it.skipIf(TRUNCATED === null)('says that a file was cut off', () => {
    expect(codeOf(readFileSync(TRUNCATED as string))).toBe('image-truncated')
  })
})
