import type { SourceRule } from './source-rule.ts'

/** A rule in words, e.g. `Takes MR and files that name none; any body part. Classified at once.` `pictures`: whether any can come. */
export function ruleText(rule: SourceRule, { pictures }: { pictures: boolean }): string {
  const parts = [
    `Takes ${ofCodes(rule.modalities, rule.withoutModality, 'any modality', 'files that name none')}`,
    ofCodes(rule.bodyParts, rule.withoutBodyPart, 'any body part', 'files that name none'),
    ...(rule.describedBy.length > 0 ? [`described by ${quoted(rule.describedBy)}`] : []),
    ...(rule.notDescribedBy.length > 0 ? [`not described by ${quoted(rule.notDescribedBy)}`] : []),
    ...(pictures ? [rule.pictures ? 'pictures too' : 'no pictures'] : []),
  ]
  return `${parts.join('; ')}. ${rule.does === 'list' ? 'Only listed.' : 'Classified at once.'}`
}

function ofCodes(codes: string[], without: boolean, any: string, none: string): string {
  if (codes.length === 0) return any
  return without ? `${codes.join(', ')} and ${none}` : codes.join(', ')
}

const quoted = (words: string[]) => words.map((one) => `“${one}”`).join(' or ')
