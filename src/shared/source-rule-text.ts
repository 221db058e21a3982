import type { SourceRule } from './source-rule.ts'

/** What a rule is put together of. */
export const RULE_WORDS = {
  takes: (what: string) => `Takes ${what}`,
  anyModality: 'any modality',
  anyBodyPart: 'any body part',
  nameNone: 'files that name none',
  and: (codes: string, others: string) => `${codes} and ${others}`,
  describedBy: (words: string) => `described by ${words}`,
  notDescribedBy: (words: string) => `not described by ${words}`,
  pictures: 'pictures too',
  noPictures: 'no pictures',
  listed: 'Only listed.',
  classified: 'Classified at once.',
  quoted: (word: string) => `“${word}”`,
  or: ' or ',
}

/** A rule in words, e.g. `Takes MR and files that name none; any body part. Classified at once.` `pictures`: whether any can come. */
export function ruleText(rule: SourceRule, { pictures }: { pictures: boolean }): string {
  const parts = [
    RULE_WORDS.takes(ofCodes(rule.modalities, rule.withoutModality, RULE_WORDS.anyModality)),
    ofCodes(rule.bodyParts, rule.withoutBodyPart, RULE_WORDS.anyBodyPart),
    ...(rule.describedBy.length > 0 ? [RULE_WORDS.describedBy(quoted(rule.describedBy))] : []),
    ...(rule.notDescribedBy.length > 0 ? [RULE_WORDS.notDescribedBy(quoted(rule.notDescribedBy))] : []),
    ...(pictures ? [rule.pictures ? RULE_WORDS.pictures : RULE_WORDS.noPictures] : []),
  ]
  return `${parts.join('; ')}. ${rule.does === 'list' ? RULE_WORDS.listed : RULE_WORDS.classified}`
}

function ofCodes(codes: string[], without: boolean, any: string): string {
  if (codes.length === 0) return any
  return without ? RULE_WORDS.and(codes.join(', '), RULE_WORDS.nameNone) : codes.join(', ')
}

const quoted = (words: string[]) => words.map(RULE_WORDS.quoted).join(RULE_WORDS.or)
