import { describe, expect, it } from 'vitest'
import {
  noField,
  parseSearch,
  toConfidence,
  toDays,
  toHash,
  unknownField,
  writeDays,
} from '../../src/shared/search-terms.ts'

describe('what is typed into the search', () => {
  it.each([
    ['meningioma 2026', 'meningioma 2026', []],
    ['patient:müller', '', [{ field: 'patient', value: 'müller' }]],
    ['left Patient:"Anna  Müller" t1', 'left t1', [{ field: 'patient', value: 'Anna  Müller' }]],
    [
      'hash:9f86d081 batch:monday',
      '',
      [
        { field: 'hash', value: '9f86d081' },
        { field: 'batch', value: 'monday' },
      ],
    ],
    // Half typed, not of a field, or within a word.
    ['patient:', 'patient:', []],
    ['patient: ""', 'patient: ""', []],
    ['patient:"Anna M', '', [{ field: 'patient', value: 'Anna M' }]],
    ['text:plain inpatient:x', 'text:plain inpatient:x', []],
    [
      'Confidence:0.9 study:2026-11-01..',
      '',
      [
        { field: 'confidence', value: '0.9' },
        { field: 'study', value: '2026-11-01..' },
      ],
    ],
    ['patient:a:b', '', [{ field: 'patient', value: 'a:b' }]],
  ])('%s', (typed, words, terms) => {
    expect(parseSearch(typed)).toEqual({ words, terms })
  })

  it('what only a menu has is told by its name', () => {
    expect(noField('label:glioma')).toBe('label')
    expect(noField('t1 Reader:ruth')).toBe('reader')
    for (const typed of ['label', 'label: glioma', 'relabel:x', 'patient:label', 'batch:monday'])
      expect(noField(typed)).toBeNull()
  })

  it('what looks like a field and is none is told by its name', () => {
    expect(unknownField('file:10.png')).toBe('file')
    expect(unknownField('t1 Name:müller label:glioma')).toBe('name')
    for (const typed of ['label:glioma', 'patient:x', 'file: 10', 'T1:x', 'https://a.b', '12:30', 'hash:9f86d081'])
      expect(unknownField(typed)).toBeNull()
  })

  it('a hash is told by 8 characters or more', () => {
    expect(toHash(' 9F86D081 ')).toBe('9f86d081')
    expect(toHash('a'.repeat(64))).toBe('a'.repeat(64))
    for (const typed of ['9f86d08', 'a'.repeat(65), '9f86d08g', '9f86-d081']) expect(toHash(typed)).toBeNull()
  })

  it('a confidence by a number or a percentage up to the whole', () => {
    expect(['0.9', ' 90 %', '0,9', '.9', '1', '0'].map(toConfidence)).toEqual([0.9, 0.9, 0.9, 0.9, 1, 0])
    for (const typed of ['', '90', '1.01', '-0.5', '<0.9', 'low', '101%']) expect(toConfidence(typed)).toBeNull()
  })

  it('days by one of them, or by two of which one may be open', () => {
    const [first, last] = ['2026-11-01', '2026-11-20']
    for (const [typed, from, until] of [
      [first, first, first],
      [`${first}..${last}`, first, last],
      [`${first}..`, first, null],
      [`..${last}`, null, last],
    ] as const) {
      expect(toDays(typed)).toEqual({ from, until })
      expect(writeDays({ from, until })).toBe(typed)
    }
    for (const typed of ['', '..', '2026-11', '2026-11-31', `${first}..${last}..`, 'monday'])
      expect(toDays(typed)).toBeNull()
  })
})
