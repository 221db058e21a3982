import { z } from 'zod'
import { VERDICT_LABELS, type VerdictLabel } from './labels.ts'

export const IMPRESSIONS = [...VERDICT_LABELS, 'cannot-tell'] as const
/** What a reader thinks a scan shows, before they are shown what the model says. */
export type Impression = VerdictLabel | 'cannot-tell'

/** Whether an impression is recorded before the answer is shown. What the department says goes before one's own choice. */
export const readingSettingsSchema = z.strictObject({ department: z.boolean(), own: z.boolean() })
export type ReadingSettings = z.infer<typeof readingSettingsSchema>
