import { z } from 'zod'
import { type Label, VERDICT_LABELS, type VerdictLabel } from './labels.ts'

export const IMPRESSIONS = [...VERDICT_LABELS, 'cannot-tell'] as const
/** What a reader thinks a scan shows, before they are shown what the model says. */
export type Impression = VerdictLabel | 'cannot-tell'

/** Whether an impression is recorded before the answer is shown. What the department says goes before one's own choice. */
export const readingSettingsSchema = z.strictObject({ department: z.boolean(), own: z.boolean() })
export type ReadingSettings = z.infer<typeof readingSettingsSchema>

/** One reads, another one reads second, and where they differ a third one decides. */
export const READERS_NEEDED = 3

export const SECOND_STATES = ['marked', 'open', 'agreed', 'disputed', 'adjudicated'] as const
/**
 * Where a case stands that two are to read: marked (the first reading is not signed yet) → open (for the second reader) →
 * agreed, or disputed (for a third one) → adjudicated.
 */
export type SecondState = (typeof SECOND_STATES)[number]

export const SECOND_STATE_NAMES: Record<SecondState, string> = {
  marked: 'Marked, first not signed',
  open: 'For second reading',
  agreed: 'Two agree',
  disputed: 'To adjudicate',
  adjudicated: 'Adjudicated',
}

export const MARK_REASONS = ['reader', 'every', 'below'] as const
/** Who wanted two to read a case: a reader, or the department for every case or for those below a confidence. */
export type MarkReason = (typeof MARK_REASONS)[number]

export const SECOND_WHEN = ['none', 'every', 'below'] as const

/** Which cases two read by themselves, and who decides where they differ. */
export const secondSettingsSchema = z.strictObject({
  when: z.enum(SECOND_WHEN),
  /** Marked are cases whose AI label has a lower probability than this. */
  below: z.number().min(0).max(1),
  /** Names of accounts; empty is any third reader. */
  adjudicators: z.array(z.string().max(40)).max(100),
})
export type SecondSettings = z.infer<typeof secondSettingsSchema>

/** What a verdict on an answer comes to: agreeing says the answer's label. */
export const saysOf = (verdict: string, label: VerdictLabel | null, ai: Label | null): Impression =>
  verdict === 'agree' && ai !== null ? ai : (label ?? 'cannot-tell')
