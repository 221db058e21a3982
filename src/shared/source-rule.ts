import { z } from 'zod'

const MOST = 50

/** A code string of DICOM (PS3.5, section 6.2), in capitals whatever is typed. */
export const codeSchema = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[A-Z0-9_ ]{1,16}$/, 'A code such as MR or HEAD has 1 to 16 letters, digits, spaces or underscores.')

/** Words as they stand in a description, one or several in a row. */
export const wordsSchema = z.string().trim().min(1).max(64, 'Words of a description have 64 characters at most.')

/** What is taken of what comes by itself, and what becomes of it. Any source can have one. */
export const sourceRuleSchema = z.strictObject({
  /** Taken; all where it is empty. */
  modalities: z.array(codeSchema).max(MOST),
  /** Whether files that name no modality are taken, where only some are. */
  withoutModality: z.boolean(),
  /** Taken; any where it is empty. */
  bodyParts: z.array(codeSchema).max(MOST),
  /** Whether files that name no body part are taken, where only some are. */
  withoutBodyPart: z.boolean(),
  /** The description of study or series has one of these; any will do where it is empty. */
  describedBy: z.array(wordsSchema).max(MOST),
  /** It has none of these. */
  notDescribedBy: z.array(wordsSchema).max(MOST),
  /** Whether files that are no DICOM (PNG, JPEG …) are taken. Nothing above is known of them. */
  pictures: z.boolean(),
  /** What is taken is classified at once, or is on the work list until a reader has it classified. */
  does: z.enum(['classify', 'list']),
})
export type SourceRule = z.infer<typeof sourceRuleSchema>

/**
 * MR, which the models were made for, and what names no modality: every DICOM image has to name one, so that such a file
 * comes from a converter, and as likely from an MR as from anything else. Copies of screens (SC) and others (OT) are left out:
 * dose sheets, other programs’ results, Gyrus’s own come back from a PACS. Body parts are too often missing or wrong to go by.
 */
export const DEFAULT_RULE: SourceRule = {
  modalities: ['MR'],
  withoutModality: true,
  bodyParts: [],
  withoutBodyPart: true,
  describedBy: [],
  notDescribedBy: [],
  pictures: true,
  does: 'classify',
}

/** Why something is not taken: the parts of a rule, or that it holds no image. */
export const PASSED = ['modality', 'body-part', 'description', 'picture', 'no-image'] as const
export type Passed = (typeof PASSED)[number]
export const passedSchema = z.partialRecord(z.enum(PASSED), z.int())

/** What a rule goes by. '' for what a file does not say. */
export interface RuleFacts {
  modality: string
  bodyPart: string
  studyDescription: string
  seriesDescription: string
}

/** Why a DICOM image is not taken by a rule; null where it is. */
export function passedBy(rule: SourceRule, facts: RuleFacts): Passed | null {
  if (!isAmong(facts.modality, rule.modalities, rule.withoutModality)) return 'modality'
  if (!isAmong(facts.bodyPart, rule.bodyParts, rule.withoutBodyPart)) return 'body-part'
  // Words must not run together over the end of one description.
  const described = plain(`${facts.studyDescription}\n${facts.seriesDescription}`)
  const has = (words: string) => described.includes(plain(words))
  const wanted = rule.describedBy.length === 0 || rule.describedBy.some(has)
  return wanted && !rule.notDescribedBy.some(has) ? null : 'description'
}

/** Whether a rule takes any DICOM image, so that it need not be looked at. */
export const takesAny = (rule: SourceRule): boolean =>
  [rule.modalities, rule.bodyParts, rule.describedBy, rule.notDescribedBy].every((list) => list.length === 0)

function isAmong(code: string, wanted: string[], without: boolean): boolean {
  if (wanted.length === 0) return true
  const stated = code.trim().toUpperCase()
  return stated === '' ? without : wanted.includes(stated)
}

/** Without capitals and accents. */
const plain = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
