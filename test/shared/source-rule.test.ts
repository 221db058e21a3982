import { describe, expect, it } from 'vitest'
import {
  DEFAULT_RULE,
  passedBy,
  type RuleFacts,
  type SourceRule,
  sourceRuleSchema,
} from '../../src/shared/source-rule.ts'
import { ruleText } from '../../src/shared/source-rule-text.ts'

const MR: RuleFacts = { modality: 'MR', bodyPart: '', studyDescription: '', seriesDescription: '' }
const passed = (facts: Partial<RuleFacts>, rule: Partial<SourceRule> = {}) =>
  passedBy({ ...DEFAULT_RULE, ...rule }, { ...MR, ...facts })

describe('a rule', () => {
  it('at first takes MR and what names no modality, and no copies of screens', () => {
    expect(['MR', 'mr ', ''].map((modality) => passed({ modality }))).toEqual([null, null, null])
    expect(['CT', 'SC', 'OT', 'MRI'].map((modality) => passed({ modality }))).toEqual(Array(4).fill('modality'))
    expect(passed({ modality: '' }, { withoutModality: false })).toBe('modality')
  })

  it('takes all where its lists are empty', () => {
    expect(passed({ modality: 'CT', bodyPart: 'KNEE' }, { modalities: [], withoutModality: false })).toBeNull()
  })

  it('goes by the body part, where it is named', () => {
    const head = { bodyParts: ['HEAD', 'BRAIN'] }
    expect(['HEAD', 'brain', '', 'KNEE'].map((bodyPart) => passed({ bodyPart }, head))).toEqual([
      ...[null, null, null],
      'body-part',
    ])
    expect(passed({ bodyPart: '' }, { ...head, withoutBodyPart: false })).toBe('body-part')
  })

  it('goes by words of study and series, without capitals and accents, and never over the end of one', () => {
    const described = { studyDescription: 'Crâne T1', seriesDescription: 'axial post' }
    expect(passed(described, { describedBy: ['flair', 'crane'] })).toBeNull()
    expect(passed(described, { describedBy: ['t1 axial'] })).toBe('description')
    expect(passed(described, { describedBy: ['flair'] })).toBe('description')
    expect(passed(described, { notDescribedBy: ['scout', 'AXIAL P'] })).toBe('description')
    expect(passed({}, { notDescribedBy: ['scout'] })).toBeNull()
    expect(passed({}, { describedBy: ['t1'] })).toBe('description')
  })

  it('has codes in capitals, and refuses what is none', () => {
    expect(sourceRuleSchema.parse({ ...DEFAULT_RULE, bodyParts: [' head '] }).bodyParts).toEqual(['HEAD'])
    for (const code of ['', 'a'.repeat(17), 'HEAD\\NECK'])
      expect(sourceRuleSchema.safeParse({ ...DEFAULT_RULE, modalities: [code] }).success).toBe(false)
  })

  it('is told in words', () => {
    expect(ruleText(DEFAULT_RULE, { pictures: true })).toBe(
      'Takes MR and files that name none; any body part; pictures too. Classified at once.',
    )
    const narrow: SourceRule = {
      ...{ modalities: [], withoutModality: true, bodyParts: ['HEAD'], withoutBodyPart: false, pictures: false },
      ...{ describedBy: ['T1', 'post'], notDescribedBy: ['scout'], does: 'list' },
    }
    expect(ruleText(narrow, { pictures: false })).toBe(
      'Takes any modality; HEAD; described by “T1” or “post”; not described by “scout”. Only listed.',
    )
  })
})
