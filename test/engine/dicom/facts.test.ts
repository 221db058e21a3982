import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { decodeText } from '../../../src/main/engine/decode/dicom/character-sets.ts'
import { readableName } from '../../../src/main/engine/decode/dicom/person-name.ts'
import { decodeImage } from '../../../src/main/engine/decode/index.ts'
import { dicomFactsSchema } from '../../../src/shared/dicom.ts'
import { needsShared } from '../../support/needs-shared.ts'
import { shared } from '../../support/shared.ts'
import { dicomFile, element } from './support/write.ts'

const factsOf = async (changes: Record<number, Buffer>) => (await decodeImage(dicomFile(changes))).dicom

describe('names', () => {
  // Examples of PS3.5, annexes H to J, and of the sets of ISO 8859.
  it.each([
    ['ISO_IR 100', '427563 5e 4ae9 726f6d65', 'Buc^Jérome'],
    ['ISO_IR 144', 'bbeeda6365dcd17970d3', 'Люкceмбypг'],
    ['ISO_IR 126', 'c4e9efedf5f3e9eff2', 'Διονυσιος'],
    ['\\ISO 2022 IR 87', '59616d616461 3d 1b2442 3b334544 1b2842 5e 1b2442 42404f3a 1b2842', 'Yamada=山田^太郎'],
    ['ISO 2022 IR 13\\ISO 2022 IR 87', 'd4cfc0de5ec0dbb33d 1b2442 3b334544 1b284a', 'ﾔﾏﾀﾞ^ﾀﾛｳ=山田'],
    ['\\ISO 2022 IR 149', '486f6e67 3d 1b242943 fbf3 5e 1b242943 d1ced4d7', 'Hong=洪^吉洞'],
    ['ISO_IR 192', '57616e673de78e8b5ee5b08fe4b89c', 'Wang=王^小东'],
    ['GB18030', '57616e673dcdf55ed0a1b6ab', 'Wang=王^小东'],
  ])('%s', (sets, hex, expected) => {
    expect(decodeText(Buffer.from(hex.replaceAll(' ', ''), 'hex'), 'PN', sets.split('\\'))).toBe(expected)
  })

  it.each([
    ['japanese', 'Yamada, Tarou (山田, 太郎, やまだ, たろう)'],
    ['korean', 'Hong, Gildong (洪, 吉洞, 홍, 길동)'],
    ['chinese', 'Wang, XiaoDong (王, 小东)'],
  ])('of a file: %s', async (name, expected) => {
    const bytes = readFileSync(join(import.meta.dirname, 'files', `name-${name}.dcm`))
    expect((await decodeImage(bytes)).dicom?.patientName).toBe(expected)
  })

  it.each([
    ['Doe^Jane', 'Doe, Jane'],
    ['Adams^John Robert Quincy^^Rev.^B.A. M.Div.', 'Adams, Rev. John Robert Quincy, B.A. M.Div.'],
    ['Doe', 'Doe'],
    ['^Jane', 'Jane'],
    ['=山田^太郎', '山田, 太郎'],
    ['', ''],
  ])('%s for a reader', (dicom, readable) => {
    expect(readableName(dicom)).toBe(readable)
  })

  it('HTML stays text, and control characters become spaces', async () => {
    const facts = await factsOf({ 1048592: element(0x00100010, 'PN', '<b onload>Doe\x1b[2J\x07^Jane') })
    expect(facts?.patientName).toBe('<b onload>Doe[2J, Jane')
  })

  it('what no set can read becomes a sign for that, never an error', async () => {
    const name = Uint8Array.of(0x44, 0xff, 0xfe, 0x80)
    const sets = element(0x00080005, 'CS', 'ISO_IR 192')
    const facts = await factsOf({ 524293: sets, 1048592: element(0x00100010, 'PN', name) })
    expect(facts?.patientName).toMatch(/^D�+$/)
  })
})

describe('dates and numbers', () => {
  it.each([
    ['20130717', '2013-07-17'],
    ['2013.07.17', '2013-07-17'],
    ['20130231', ''],
    ['2013', ''],
    ['yesterday', ''],
  ])('%s is the day “%s”', async (date, day) => {
    expect((await factsOf({ 524320: element(0x00080020, 'DA', date) }))?.studyDate).toBe(day)
  })

  it('what cannot be read as a number is left out, and the image is read all the same', async () => {
    const facts = await factsOf({
      1572999: element(0x00180087, 'DS', 'strong'),
      2097171: element(0x00200013, 'IS', '7'),
    })
    expect(facts).toMatchObject({ fieldStrength: null, instanceNumber: 7 })
    expect(dicomFactsSchema.parse(facts)).toEqual(facts)
  })
})

const SERIES = shared('dicom/series-t1/N2D_0204.dcm')
needsShared(SERIES)
it.skipIf(SERIES === null)('a slice of a real series tells all of it', async () => {
  expect((await decodeImage(readFileSync(SERIES as string))).dicom).toMatchObject({
    patientName: 'Jane_Doe',
    patientId: '02',
    birthDate: '1966-01-01',
    sex: 'F',
    studyUid: '1.2.826.0.1.3680043.2.1143.2592092611698916978113112155415165916',
    modality: 'MR',
    studyDescription: 'Hanke_Stadler^0024_transrep',
    seriesDescription: 'anat-T1w',
    studyDate: '2013-07-17',
    studyTime: '14:15:00',
    seriesNumber: 401,
    instanceNumber: 204,
    pixelSpacing: [0.666666686534882, 0.699987828731537],
    position: [-96.1986634838339, -142.611380682939, -8.38579578092501],
    frames: 1,
  })
})

it('keeps what an object in the same study has to say, too; files of an older Gyrus said less', async () => {
  const facts = await factsOf({
    524432: element(0x00080090, 'PN', 'Roe^Richard'),
    1048609: element(0x00100021, 'LO', 'Example Hospital'),
    2097168: element(0x00200010, 'SH', 'S-1'),
    2097234: element(0x00200052, 'UI', '1.2.3.9'),
  })
  const told = { patientIdIssuer: 'Example Hospital', studyId: 'S-1', referringPhysician: 'Roe^Richard' }
  expect(facts).toMatchObject({ ...told, frameOfReferenceUid: '1.2.3.9' })
  const { patientIdIssuer, studyId, referringPhysician, frameOfReferenceUid, ...older } = dicomFactsSchema.parse(facts)
  const none = { patientIdIssuer: '', studyId: '', referringPhysician: '', frameOfReferenceUid: '' }
  expect(dicomFactsSchema.parse(older)).toMatchObject(none)
})

const [EXPLICIT = null, IMPLICIT = null] = ['MR_small.dcm', 'MR_small_implicit.dcm'].map((name) =>
  shared(`dicom/syntaxes/${name}`),
)
needsShared(EXPLICIT)
it.skipIf(!EXPLICIT || !IMPLICIT)(
  'times of the sequence, whether or not the file names the form of its values',
  async () => {
    for (const path of [EXPLICIT, IMPLICIT]) {
      const { dicom } = await decodeImage(readFileSync(path as string))
      expect(dicom).toMatchObject({ echoTime: 240, inversionTime: null })
    }
  },
)
