import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { deidentify } from '../../src/main/engine/deidentify/index.ts'
import { Pseudonyms } from '../../src/main/engine/deidentify/pseudonyms.ts'
import { complaints, dcmtk, missing, python, rewritten } from '../support/dicom-tools.ts'
import { shared } from '../support/shared.ts'
import { KEY } from './support.ts'

interface Compared {
  pixelsSame: boolean
  syntaxSame: boolean
  changed: string[]
  removed: string[]
  private: number
  statement: unknown[]
  instance: boolean
  study: string
  series: string
  sop: string
  patient: [string, string]
}

const NOT_RUN = 'not run: the shared data folder is not there (GYRUS_SHARED)'
const SYNTAXES = [
  ...['MR_small', 'MR_small_implicit', 'MR_small_bigendian', 'MR_small_padded', 'MR_small_expb', 'MR_small_RLE'],
  ...['MR_small_jp2klossless', 'MR_small_jpeg_ls_lossless', 'CT_small', 'JPEG-lossy', 'JPEG2000', 'SC_rgb_rle'],
]

function file(name: string): Buffer | null {
  const path = shared(`dicom/${name}.dcm`)
  return path === null ? null : readFileSync(path)
}

const clean = async (bytes: Uint8Array, key = KEY) => (await deidentify(bytes, new Pseudonyms(key), '0.1.0')).file
const compare = (source: Uint8Array, copy: Uint8Array) =>
  python('deidentify/python/compare.py', source, copy) as Compared

describe('a de-identified copy of a real file', () => {
  it.for([...SYNTAXES.map((name) => `syntaxes/${name}`), 'series-t1/N2D_0192'])(
    'has the pixels of %s and no new fault',
    async (name, { skip }) => {
      const source = file(name)
      const reason = missing('dicomPython') ?? missing('dciodvfy')
      if (!source || reason) return skip(reason ?? NOT_RUN)
      const copy = await clean(source)
      expect(compare(source, copy)).toMatchObject({
        pixelsSame: true,
        syntaxSame: true,
        private: 0,
        instance: true,
        statement: ['YES', ['PS3.15 2026c Basic Profile', 'Gyrus 0.1.0'], '113100', 'REMOVED'],
      })
      const before = new Set(complaints(source).errors)
      expect(complaints(copy).errors.filter((error) => !before.has(error))).toEqual([])
    },
  )

  it('passes dciodvfy without errors where its source is right', async ({ skip }) => {
    const source = file('syntaxes/MR_small')
    const reason = missing('dciodvfy')
    if (!source || reason) return skip(reason ?? NOT_RUN)
    expect(complaints(await clean(source)).errors).toEqual([])
  })

  it('changes and removes what the profile says, and nothing else', async ({ skip }) => {
    const source = file('syntaxes/MR_small')
    const reason = missing('dicomPython')
    if (!source || reason) return skip(reason ?? NOT_RUN)
    const { changed, removed, patient } = compare(source, await clean(source))
    expect(changed).toEqual([
      ...['DeviceSerialNumber', 'FrameOfReferenceUID', 'InstanceCreationDate', 'InstanceCreationTime'],
      ...['InstanceCreatorUID', 'InstitutionName', 'OperatorsName', 'PatientID', 'PatientName', 'PatientSex'],
      ...[
        'SOPInstanceUID',
        'SeriesInstanceUID',
        'StationName',
        'StudyDate',
        'StudyID',
        'StudyInstanceUID',
        'StudyTime',
      ],
    ])
    expect(removed).toEqual([
      'DataSetTrailingPadding',
      'ImageComments',
      'NameOfPhysiciansReadingStudy',
      'PatientSize',
      'PatientWeight',
      'TimezoneOffsetFromUTC',
    ])
    expect(patient[0]).toMatch(/^GYRUS-[0-9A-F]{12}$/)
    expect(patient[1]).toBe(patient[0])
  })

  it('stays in its series, its study and with its patient, by one key only', async ({ skip }) => {
    const [one, two] = [file('series-t1/N2D_0192'), file('series-t1/N2D_0204')]
    const reason = missing('dicomPython')
    if (!one || !two || reason) return skip(reason ?? NOT_RUN)
    const [first, second] = [compare(one, await clean(one)), compare(two, await clean(two))]
    expect([second.study, second.series, second.patient]).toEqual([first.study, first.series, first.patient])
    expect(second.sop).not.toBe(first.sop)
    const other = compare(one, await clean(one, new Uint8Array(32).fill(9)))
    expect(other.study).not.toBe(first.study)
    expect(other.patient).not.toEqual(first.patient)
  })

  it('is the same for a deflated file', async ({ skip }) => {
    const source = file('syntaxes/MR_small')
    const reason = missing('dcmdump') ?? missing('dicomPython')
    if (!source || reason) return skip(reason ?? NOT_RUN)
    const deflated = rewritten(source, '+td')
    const copy = await clean(deflated)
    expect(compare(deflated, copy)).toMatchObject({ pixelsSame: true, syntaxSame: true, private: 0 })
    expect(dcmtk('dcmdump', copy)).toContain('DeflatedLittleEndianExplicit')
  })

  it('is the same for a file without preamble and group 2', async ({ skip }) => {
    const source = file('syntaxes/MR_small')
    const reason = missing('dcmdump') ?? missing('dicomPython')
    if (!source || reason) return skip(reason ?? NOT_RUN)
    for (const syntax of ['+te', '+ti']) {
      const whole = rewritten(source, syntax)
      const bare = rewritten(source, '-F', syntax)
      expect(bare.includes('DICM')).toBe(false)
      expect(compare(whole, await clean(bare))).toMatchObject({ pixelsSame: true, syntaxSame: true, private: 0 })
    }
  })
})
