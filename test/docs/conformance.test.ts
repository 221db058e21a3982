import { expect, it } from 'vitest'
import { KEY_OBJECT_SELECTION } from '../../src/main/core/dicom-objects/key-objects.ts'
import { KINDS } from '../../src/main/core/dicom-objects/modules.ts'
import { SECONDARY_CAPTURE } from '../../src/main/core/dicom-objects/secondary-capture.ts'
import { COMPREHENSIVE_3D_SR } from '../../src/main/core/dicom-objects/structured-report.ts'
import { READ_SYNTAXES } from '../../src/main/engine/decode/dicom/codecs/index.ts'
import { STORAGE_CLASSES, TRANSFER_SYNTAXES, VERIFICATION } from '../../src/main/listener/uids.ts'
import type { Key } from '../../src/main/pacs/dimse/identifier.ts'
import { imageKeys, seriesKeys, studyKeys } from '../../src/main/pacs/dimse/keys.ts'
import { isOtherClass, PLAIN, QUERY, storageContexts } from '../../src/main/pacs/dimse/uids.ts'
import { IMPLEMENTATION_UID } from '../../src/shared/dicom-implementation.ts'
import { readPage, tableBelow } from './support/markdown.ts'

const page = readPage('docs/dicom-conformance.md')
const rows = (heading: string) => tableBelow(page, heading)
/** Names by UID, of rows that have one. */
const byUid = (heading: string) =>
  new Map(
    rows(heading)
      .filter(([, uid = '']) => /^1\.2\.840\./.test(uid))
      .map(([name, uid]) => [uid, name]),
  )
const uids = (heading: string) => [...byUid(heading).keys()].sort()

it('lists the classes that the listener takes', () => {
  const taken = [...STORAGE_CLASSES].map(([uid, name]) => [uid, `${name} Storage`] as const)
  expect(byUid('Listener: SOP classes as SCP')).toEqual(new Map([[VERIFICATION, 'Verification'], ...taken]))
})

it('lists the transfer syntaxes that the listener takes, which are those that the decoder reads', () => {
  expect(byUid('Listener: transfer syntaxes')).toEqual(new Map(TRANSFER_SYNTAXES))
  expect(uids('Listener: transfer syntaxes')).toEqual([...READ_SYNTAXES].sort())
})

it('lists what a PACS is asked for, and what results are sent as', () => {
  const results = [COMPREHENSIVE_3D_SR, SECONDARY_CAPTURE, KEY_OBJECT_SELECTION]
  expect(uids('Asker: SOP classes as SCU')).toEqual([VERIFICATION, ...Object.values(QUERY), ...results].sort())
  expect(PLAIN.map((uid) => TRANSFER_SYNTAXES.get(uid))).toEqual([
    'Explicit VR Little Endian',
    'Implicit VR Little Endian',
  ])
  expect(page.text).toContain('*Plain* is Explicit VR Little Endian, then Implicit VR Little Endian.')
})

it('lists what is taken during C-GET', () => {
  const contexts = storageContexts()
  const other = new Set(contexts.map(({ abstractSyntax }) => abstractSyntax).filter(isOtherClass))
  expect(uids('Asker: storage SCP during C-GET')).toEqual([...other].sort())
  const kept = new Set(contexts.map(({ abstractSyntax }) => abstractSyntax).filter((uid) => !isOtherClass(uid)))
  expect(kept).toEqual(new Set(STORAGE_CLASSES.keys()))
  const offered = new Set(contexts.flatMap(({ transferSyntaxes }) => transferSyntaxes))
  const missing = [...TRANSFER_SYNTAXES].filter(([uid]) => !offered.has(uid)).map(([, name]) => name)
  expect(missing).toEqual(['Deflated Explicit VR Little Endian', 'Explicit VR Big Endian'])
  expect(page.text).toContain('(not deflated, not big endian)')
})

it('lists the keys of a search', () => {
  const query = { patientName: '', patientId: '', accessionNumber: '', studyDateFrom: '', studyDateTo: '' }
  const asked: Record<string, Key[]> = {
    STUDY: studyKeys({ ...query, modality: '', description: '' }),
    SERIES: seriesKeys('1.2'),
    IMAGE: imageKeys('1.2', '1.3'),
  }
  const told = rows('Asker: keys of C-FIND')
  expect(told.map(([level]) => level)).toEqual(Object.keys(asked))
  for (const [level = '', tags = ''] of told) {
    const listed = [...tags.matchAll(/\((\w{4}),(\w{4})\)/g)].map(([, group, element]) => `${group}${element}`)
    const wanted = (asked[level] ?? []).map(([tag]) => tag.toString(16).toUpperCase().padStart(8, '0'))
    expect(listed.sort(), level).toEqual(wanted.sort())
  }
})

it('tells of the objects that Gyrus makes by the series that they are put into', () => {
  const series = Object.values(KINDS).map(({ modality, seriesNumber }) => `${modality}, ${seriesNumber}`)
  expect(rows('Objects that Gyrus makes').map((cells) => cells.at(-1))).toEqual(series)
})

it('names the implementation', () => {
  const row = rows('Association policies').find(([what]) => what === 'implementation class UID')
  expect(row?.[1]).toBe(IMPLEMENTATION_UID)
})
