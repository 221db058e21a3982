import { truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fuzz } from '../../../scripts/fuzz/index.ts'
import { readDirectory } from '../../../src/main/engine/medium/read.ts'
import { namedFiles } from '../../../src/main/engine/medium/records.ts'
import { GyrusError } from '../../../src/shared/errors.ts'
import { asOnMedium, isDirectoryName, partsOfFileId } from '../../../src/shared/medium-names.ts'
import { temporaryFolder } from '../../support/cleanup.ts'
import { element } from '../dicom/support/write.ts'
import { dicomdir } from './support.ts'

const named = (...files: string[]) => namedFiles(dicomdir(files.map((file) => ({ file }))))

function codeOf(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    if (error instanceof GyrusError) return error.code
    throw error
  }
  return expect.unreachable('it was read')
}

describe('the records of a DICOMDIR', () => {
  it('name files, each once, in their order; those of no file and those taken out name none', () => {
    const records = [
      { type: 'PATIENT' },
      { file: 'DICOM\\ST1\\IM2' },
      { file: 'DICOM\\ST1\\IM1 ' },
      { file: 'DICOM\\ST1\\IM2' },
      { file: 'DICOM\\OLD', inUse: false },
      { type: 'SR DOCUMENT', file: 'SR1' },
    ]
    expect(namedFiles(dicomdir(records))).toEqual([
      { shown: 'DICOM/ST1/IM2', parts: ['DICOM', 'ST1', 'IM2'] },
      { shown: 'DICOM/ST1/IM1', parts: ['DICOM', 'ST1', 'IM1'] },
      { shown: 'SR1', parts: ['SR1'] },
    ])
  })

  it('are read as they lie: links in a circle, backwards and out of the file change nothing', () => {
    const links = [
      { file: 'A', next: 400, lower: 400 },
      { file: 'B', next: 0xffffffff, lower: 1 },
      { file: 'C', next: 420, lower: 420 },
    ]
    expect(namedFiles(dicomdir(links)).map(({ shown }) => shown)).toEqual(['A', 'B', 'C'])
  })

  it.each(['..\\..\\etc\\passwd', '\\ROOT', '/etc/passwd', 'C:\\IM1', 'A\\..\\..\\B', 'A\\\\B', 'A\\.\\B', 'A\0B\\C'])(
    'that lead out of the medium are told: %j',
    (file) => {
      expect(named(file, 'OK')).toMatchObject([{ parts: null }, { parts: ['OK'] }])
    },
  )

  it('show no letter that a terminal would take for an order', () => {
    const [file] = named(`A\\${'\x1b[31m'}B${'C'.repeat(999)}`)
    expect(file?.shown).toMatch(/^A\/ \[31mBC+$/)
    expect(file?.shown.length).toBe(200)
  })

  it('are refused where there are more than any medium has', () => {
    const many = Array.from({ length: 50_001 }, (_, i) => ({ file: `I${i}` }))
    expect(codeOf(() => namedFiles(dicomdir(many)))).toBe('dicom-limit')
    expect(namedFiles(dicomdir(many.slice(1)))).toHaveLength(50_000)
  })

  it('are refused where the file is cut off, anywhere; a directory without records is damaged', () => {
    const whole = dicomdir(Array.from({ length: 40 }, (_, i) => ({ file: `DICOM\\IM${i}` })))
    const start = whole.indexOf(Buffer.from([0x04, 0, 0x20, 0x12])) + 12
    for (let length = start + 1; length < whole.length; length += 97)
      expect(
        codeOf(() => namedFiles(whole.subarray(0, length))),
        `${length} bytes`,
      ).toBe('image-truncated')
    expect(codeOf(() => namedFiles(whole.subarray(0, start - 12)))).toBe('dicom-damaged')
    expect(codeOf(() => namedFiles(Buffer.from('no DICOM at all, whatever its name')))).toBe('image-unsupported')
  })

  it('that claim 4 GB are refused at once, and so is a directory of more than 64 MB', async () => {
    const claims = dicomdir([{ file: 'A' }])
    const at = claims.indexOf(Buffer.from([0x04, 0, 0x20, 0x12]))
    claims.writeUInt32LE(0xfffffffe, at + 8)
    expect(codeOf(() => namedFiles(claims))).toBe('image-truncated')
    const path = join(temporaryFolder(), 'DICOMDIR')
    writeFileSync(path, dicomdir([{ file: 'A' }]))
    expect(await readDirectory({ path })).toHaveLength(1)
    truncateSync(path, 65 * 2 ** 20)
    await expect(readDirectory({ path })).rejects.toMatchObject({ code: 'file-too-large' })
    await expect(readDirectory({ path: join(path, '..', 'none') })).rejects.toMatchObject({ code: 'file-missing' })
  })

  it('in records within records end at a limit', () => {
    let inner: Uint8Array = element(0x00041430, 'CS', 'IMAGE')
    for (let depth = 0; depth < 40; depth++) inner = element(0x00041220, 'SQ', [inner])
    const file = Buffer.concat([
      Buffer.alloc(128),
      Buffer.from('DICM'),
      element(0x00020010, 'UI', '1.2.840.10008.1.2.1'),
      inner,
    ])
    expect(codeOf(() => namedFiles(file))).toBe('dicom-limit')
  })
})

it('mutated directories are read or refused with a code', { timeout: 120_000 }, async () => {
  const directory = dicomdir(
    Array.from({ length: 12 }, (_, i) => ({ file: `DICOM\\SE${i % 3}\\IM${i}`, next: 500 + i })),
  )
  const files = [new Uint8Array(directory), new Uint8Array(dicomdir([{ type: 'PATIENT' }, { file: 'IM1' }]))]
  const { outcomes, wrong } = await fuzz(files, { rounds: 500, seed: 20_261_129, what: 'directory' })
  expect(wrong).toEqual([])
  expect(Object.keys(outcomes)).toEqual(expect.arrayContaining(['decoded', 'image-truncated', 'dicom-damaged']))
})

it('names are those of the medium in any case, with a version or a dot at their end', () => {
  for (const name of ['DICOMDIR', 'dicomdir', 'DICOMDIR;1', 'DicomDir.', 'DICOMDIR.;1'])
    expect(isDirectoryName(name)).toBe(true)
  for (const name of ['DICOMDIR.txt', 'DICOMDIR2', 'XDICOMDIR']) expect(isDirectoryName(name)).toBe(false)
  expect(asOnMedium('im000001.;12')).toBe('IM000001')
  expect(partsOfFileId('IMAGES\\IM1')).toEqual(['IMAGES', 'IM1'])
  expect(partsOfFileId('IMAGES/IM1')).toEqual(['IMAGES', 'IM1'])
})
