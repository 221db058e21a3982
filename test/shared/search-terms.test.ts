import { describe, expect, it } from 'vitest'
import { parseSearch, toHash } from '../../src/shared/search-terms.ts'

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
    ['patient:a:b', '', [{ field: 'patient', value: 'a:b' }]],
  ])('%s', (typed, words, terms) => {
    expect(parseSearch(typed)).toEqual({ words, terms })
  })

  it('a hash is told by 8 characters or more', () => {
    expect(toHash(' 9F86D081 ')).toBe('9f86d081')
    expect(toHash('a'.repeat(64))).toBe('a'.repeat(64))
    for (const typed of ['9f86d08', 'a'.repeat(65), '9f86d08g', '9f86-d081']) expect(toHash(typed)).toBeNull()
  })
})
