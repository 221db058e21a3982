import { describe, expect, it } from 'vitest'
import { scannerOf, sequenceOf } from '../../src/shared/acquisition.ts'

const scanner = (manufacturer: string, manufacturerModel = '', fieldStrength: number | null = null) =>
  scannerOf({ manufacturer, manufacturerModel, fieldStrength })
const sequence = (seriesDescription: string, sequenceName = '') => sequenceOf({ seriesDescription, sequenceName })

describe('a scanner', () => {
  it.each([
    ['SIEMENS', 'Prisma_fit', 2.89362],
    ['  Siemens ', 'PRISMA  FIT', 3],
    ['Siemens Healthineers', 'Prisma Fit', 3.0],
    ['Siemens Healthcare GmbH', 'Prisma fit', 30_000],
    ['SIEMENS', 'Siemens Prisma fit', 2.9],
  ])('has one spelling: %s, %s, %d', (...said) => {
    expect(scanner(...said)).toBe('SIEMENS PRISMA FIT, 3 T')
  })

  it.each([
    ['GE MEDICAL SYSTEMS', 'GE'],
    ['GE Medical Systems, Inc.', 'GE'],
    ['Canon Medical Systems Corporation', 'CANON'],
    ['Philips Medical Systems', 'PHILIPS'],
    ['Medical Systems', 'MEDICAL SYSTEMS'],
    ['Kincaid', 'KINCAID'],
  ])('is told by its maker without what the company is called besides: %s', (said, told) => {
    expect(scanner(said)).toBe(told)
  })

  it.each([
    [1.494, '1.5 T'],
    [15_000, '1.5 T'],
    [0.55, '0.55 T'],
    [0.35, '0.35 T'],
    [1.2, '1.2 T'],
    [0.9999, '1 T'],
    [6.98, '7 T'],
    [0, ''],
    [-3, ''],
    [null, ''],
  ])('has the field that its magnet is sold as: %s', (said, told) => {
    expect(scanner('', '', said)).toBe(told)
  })

  it('is told as far as the file says it', () => {
    expect(scanner('Philips', 'Achieva')).toBe('PHILIPS ACHIEVA')
    expect(scanner('', 'Achieva', 1.5)).toBe('ACHIEVA, 1.5 T')
    expect(scanner(' ', '_')).toBe('')
  })

  it('keeps models and fields apart', () => {
    expect(scanner('Siemens', 'Skyra', 3)).not.toBe(scanner('Siemens', 'Aera', 3))
    expect(scanner('Siemens', 'Skyra', 3)).not.toBe(scanner('Siemens', 'Skyra', 1.5))
  })
})

describe('a sequence', () => {
  it.each(['t1_se_tra', 'T1 SE TRA', ' t1-se  tra ', 'Ｔ1_SE-TRA'])('has one spelling: %s', (said) => {
    expect(sequence(said)).toBe('T1 SE TRA')
  })

  it('is that of the pulse sequence where the series has no name', () => {
    expect(sequence('', '*tse2d1_11')).toBe('TSE2D1 11')
    expect(sequence(' -_ ', '*tse2d1_11')).toBe('TSE2D1 11')
    expect(sequence('T2', '*tse2d1_11')).toBe('T2')
    expect(sequence('', '')).toBe('')
  })

  it('with contrast is another one', () => {
    expect(sequence('T1 SE +C')).not.toBe(sequence('T1 SE'))
  })

  it('with a name as long as a page is cut', () => {
    expect(sequence('x'.repeat(400))).toHaveLength(120)
  })
})
