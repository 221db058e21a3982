import { beforeAll, describe, expect, it } from 'vitest'
import { type Dictionary, loadDictionary } from '../../src/main/engine/deidentify/dictionary.ts'
import { type Element, textElement } from '../../src/main/engine/deidentify/element.ts'
import { deidentify } from '../../src/main/engine/deidentify/index.ts'
import { Pseudonyms } from '../../src/main/engine/deidentify/pseudonyms.ts'
import { BASIC_PROFILE } from '../../src/main/engine/deidentify/table.ts'
import { writeElements } from '../../src/main/engine/deidentify/write.ts'
import type { DeidentifyNote } from '../../src/shared/deidentify.ts'
import { EXPLICIT, fileOf, KEY, MR, PIXELS, sequence } from './support.ts'

const TAGS = Object.values(BASIC_PROFILE).flatMap((tags) => tags.trim().split(/\s+/))
const SECRET = '19870604'
const SECRET_UID = '1.2.3.19870604'

let dictionary: Dictionary
beforeAll(async () => {
  dictionary = await loadDictionary()
})

const clean = (file: Uint8Array) => deidentify(file, new Pseudonyms(KEY), '0.1.0')
const act = (note: DeidentifyNote, tag: string) => note.attributes.find((one) => one.tag === tag)?.act

/** An element that holds something that must not stay, as its VR allows. */
function secretive(tag: number): Element {
  const vr = dictionary(tag)?.vr ?? 'LO'
  if (vr === 'UI') return textElement(tag, vr, SECRET_UID)
  if (vr === 'SQ')
    return sequence(tag, [textElement(0x0010_0010, 'PN', SECRET), textElement(0x0008_1155, 'UI', SECRET_UID)])
  return textElement(tag, vr, SECRET)
}

describe('the table of the profile', () => {
  it('is that of the standard’s edition 2026c, each attribute once', () => {
    expect(TAGS).toHaveLength(652)
    expect(new Set(TAGS).size).toBe(TAGS.length)
    for (const tag of TAGS) expect(tag).toMatch(/^[0-9A-F]{8}$/)
  })

  it.for([
    ['PatientName', 0x0010_0010, 'Z'],
    ['PatientBirthDate', 0x0010_0030, 'Z'],
    ['InstitutionAddress', 0x0008_0081, 'X'],
    ['StudyInstanceUID', 0x0020_000d, 'U'],
    ['ContentDate', 0x0008_0023, 'Z/D'],
    ['DeviceSerialNumber', 0x0018_1000, 'X/Z/D'],
    ['ReferencedImageSequence', 0x0008_1140, 'X/Z/U*'],
  ] as const)('has %s as the standard has it', ([, tag, action]) => {
    const hex = tag.toString(16).toUpperCase().padStart(8, '0')
    expect(BASIC_PROFILE[action].split(/\s+/)).toContain(hex)
  })
})

describe('a de-identified copy', () => {
  it('keeps nothing of what any attribute of the table held, at the top or in a sequence', async () => {
    const secrets = TAGS.map((tag) => secretive(Number.parseInt(tag, 16))).sort((a, b) => a.tag - b.tag)
    const dataSet = secrets.filter(({ tag }) => tag >>> 16 !== 0)
    const before = fileOf([...dataSet, sequence(0x0008_9215, dataSet)])
    expect(before.includes(SECRET)).toBe(true)
    const { file, note } = await clean(before)
    expect(Buffer.from(file).includes(SECRET)).toBe(false)
    // Each was met twice at least, and what was done is told.
    const told = new Set(note.attributes.map(({ tag }) => tag.replace(/[(),]/g, '')))
    expect(dataSet.filter(({ tag }) => !told.has(tag.toString(16).toUpperCase().padStart(8, '0')))).toEqual([])
  })

  it('keeps what the table does not list', async () => {
    const kept = [textElement(0x0018_0081, 'DS', '4.2'), textElement(0x0018_0023, 'CS', '3D')]
    const { file } = await clean(fileOf(kept))
    for (const element of [...kept, MR, PIXELS])
      expect(Buffer.from(file).includes(Buffer.from(writeElements([element], EXPLICIT)))).toBe(true)
  })

  it.for<[string, Element]>([
    ['private attributes', textElement(0x0019_1001, 'LO', SECRET)],
    ['their creators', textElement(0x0019_0010, 'LO', SECRET)],
    ['overlays', textElement(0x6000_3000, 'OW', SECRET)],
    ['overlays’ comments', textElement(0x6002_4000, 'LT', SECRET)],
    ['curves', textElement(0x5002_3000, 'OW', SECRET)],
    ['attributes that the dictionary does not know', textElement(0x0008_ffee, 'LO', SECRET)],
    ['values of unknown VR', textElement(0x0018_0081, 'UN', SECRET)],
    ['names that the table does not list', textElement(0x0014_2006, 'PN', SECRET)],
    ['days that the table does not list', textElement(0x0014_3076, 'DA', SECRET)],
    ['UIDs that the table does not list', textElement(0x0070_031b, 'UI', SECRET_UID)],
  ])('loses %s', async ([, element]) => {
    for (const elements of [[element], [sequence(0x0008_9215, [element])]]) {
      const before = fileOf(elements)
      expect(before.includes(SECRET)).toBe(true)
      const { file, note } = await clean(before)
      expect(Buffer.from(file).includes(SECRET)).toBe(false)
      expect(note.attributes).toHaveLength(1)
    }
  })

  it('loses preamble, group 2 and what is behind the data set', async () => {
    const preamble = Buffer.alloc(128, SECRET)
    const meta = [textElement(0x0002_0016, 'AE', SECRET), textElement(0x0002_0013, 'SH', SECRET)]
    const before = Buffer.concat([
      fileOf([], { preamble, meta }),
      writeElements([textElement(0xfffc_fffc, 'OB', SECRET)], EXPLICIT),
    ])
    const { file } = await clean(before)
    expect(Buffer.from(file).includes(SECRET)).toBe(false)
  })

  it('is never told of by a value', async () => {
    const secrets = TAGS.map((tag) => secretive(Number.parseInt(tag, 16))).filter(({ tag }) => tag >>> 16 !== 0)
    const { note } = await clean(fileOf(secrets))
    expect(JSON.stringify(note)).not.toContain(SECRET)
  })

  it('does not fill what was empty: no contrast agent stays none', async () => {
    const empty = [textElement(0x0010_0030, 'DA', ''), textElement(0x0018_0010, 'LO', '')]
    const { file, note } = await clean(fileOf(empty))
    expect(note.attributes).toEqual([])
    for (const element of empty)
      expect(Buffer.from(file).includes(Buffer.from(writeElements([element], EXPLICIT)))).toBe(true)
  })

  it('loses a private sequence that tells neither VR nor length', async () => {
    const sequenceOfUnknown = Buffer.concat([
      Buffer.from([0x09, 0, 0x10, 0x10, 0x55, 0x4e, 0, 0, 0xff, 0xff, 0xff, 0xff]),
      Buffer.from([0xfe, 0xff, 0x00, 0xe0, 0xff, 0xff, 0xff, 0xff]),
      writeElements([textElement(0x0010_0010, 'PN', SECRET)], { explicit: false, littleEndian: true }),
      Buffer.from([0xfe, 0xff, 0x0d, 0xe0, 0, 0, 0, 0, 0xfe, 0xff, 0xdd, 0xe0, 0, 0, 0, 0]),
    ])
    const { file, note } = await clean(
      Buffer.concat([writeElements([MR], EXPLICIT), sequenceOfUnknown, writeElements([PIXELS], EXPLICIT)]),
    )
    expect(Buffer.from(file).includes(SECRET)).toBe(false)
    expect(note.attributes).toEqual([{ tag: '(0009,1010)', keyword: '', act: 'removed', count: 1 }])
    expect(Buffer.from(file).includes(Buffer.from(writeElements([PIXELS], EXPLICIT)))).toBe(true)
  })

  it('takes the place of an earlier statement with its own', async () => {
    const { file, note } = await clean(
      fileOf([textElement(0x0012_0062, 'CS', 'NO'), textElement(0x0012_0063, 'LO', SECRET)]),
    )
    expect(Buffer.from(file).includes(SECRET)).toBe(false)
    expect(Buffer.from(file).includes('PS3.15 2026c Basic Profile\\Gyrus 0.1.0')).toBe(true)
    expect(note.attributes).toEqual([])
  })

  it('tells what was done', async () => {
    const { note } = await clean(
      fileOf([
        textElement(0x0010_0010, 'PN', 'Doe^Jane'),
        textElement(0x0010_0020, 'LO', '4711'),
        textElement(0x0010_0030, 'DA', SECRET),
        textElement(0x0008_0081, 'ST', 'Street 1'),
        textElement(0x0020_000d, 'UI', SECRET_UID),
      ]),
    )
    expect(note.attributes.find(({ keyword }) => keyword === 'PatientName')).toEqual({
      tag: '(0010,0010)',
      keyword: 'PatientName',
      act: 'replaced',
      count: 1,
    })
    expect(act(note, '(0010,0030)')).toBe('emptied')
    expect(act(note, '(0008,0081)')).toBe('removed')
    expect(act(note, '(0020,000D)')).toBe('new-uid')
  })
})

describe('pseudonyms', () => {
  const pseudonyms = new Pseudonyms(KEY)
  const other = new Pseudonyms(new Uint8Array(32).fill(8))

  it('are the same in one export and others in the next', () => {
    expect(pseudonyms.uid('1.2.3')).toBe(new Pseudonyms(KEY).uid('1.2.3'))
    expect(pseudonyms.uid('1.2.3')).not.toBe(pseudonyms.uid('1.2.4'))
    expect(pseudonyms.uid('1.2.3')).not.toBe(other.uid('1.2.3'))
    expect(pseudonyms.uid('1.2.3')).toMatch(/^2\.25\.[1-9]\d{0,38}$/)
    expect(pseudonyms.patient('', '4711')).toBe(new Pseudonyms(KEY).patient('', '4711'))
    expect(pseudonyms.patient('', '4711')).not.toBe(other.patient('', '4711'))
  })

  it('tell patients of two hospitals apart that have the same ID', () => {
    expect(pseudonyms.patient('A', '4711')).not.toBe(pseudonyms.patient('B', '4711'))
  })

  it('leave UIDs of the standard', () => {
    expect(pseudonyms.uid('1.2.840.10008.1.4.1.1')).toBe('1.2.840.10008.1.4.1.1')
  })

  it('want a key that cannot be guessed', () => {
    expect(() => new Pseudonyms(new Uint8Array(16))).toThrow('a key of 32 bytes was expected')
  })

  it('do not make one patient of two without an ID', async () => {
    const { file, note } = await clean(fileOf([textElement(0x0010_0010, 'PN', 'Doe^Jane')]))
    expect(Buffer.from(file).includes('GYRUS-')).toBe(false)
    expect(act(note, '(0010,0010)')).toBe('emptied')
  })
})

describe('warnings', () => {
  const burnt = (value: string) => textElement(0x0028_0301, 'CS', value)
  const capture = textElement(0x0008_0064, 'CS', 'WSD')
  it.for<[string, Element[], string[]]>([
    ['nothing stated', [], ['text-not-stated', 'face']],
    ['text stated', [burnt('YES')], ['text-stated', 'face']],
    ['no text stated', [burnt('NO')], ['face']],
    ['neither text nor face', [burnt('NO'), textElement(0x0028_0302, 'CS', 'NO')], []],
    ['no text stated by a capture', [burnt('NO'), capture], ['text-likely', 'face']],
    ['a screenshot', [textElement(0x0008_0008, 'CS', 'DERIVED\\SECONDARY\\SCREEN SAVE')], ['text-likely', 'face']],
    ['a derived slice', [burnt('NO'), textElement(0x0008_0008, 'CS', 'DERIVED\\SECONDARY\\MPR')], ['face']],
  ])('for %s', async ([, elements, warnings]) => {
    expect((await clean(fileOf(elements))).note.warnings).toEqual(warnings)
  })

  it.for(['7', '7.4', '3.1', '6.1', '77.1.4'])('for the SOP class …1.1.%s', async (end) => {
    const dataSet = writeElements(
      [textElement(0x0008_0016, 'UI', `1.2.840.10008.5.1.4.1.1.${end}`), burnt('NO'), PIXELS],
      EXPLICIT,
    )
    expect((await clean(dataSet)).note.warnings).toEqual(['text-likely', 'face'])
  })
})
