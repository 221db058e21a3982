import { z } from 'zod'
import { viewSchema } from './view.ts'

export const PAPERS = ['a4', 'letter'] as const
export type Paper = (typeof PAPERS)[number]
export const PAPER_NAMES: Record<Paper, string> = { a4: 'A4', letter: 'Letter' }

/** What a page asks for when it wants a case's report. */
export const reportOptionsSchema = z.strictObject({
  paper: z.enum(PAPERS).default('a4'),
  /** As the reader looks at the image now; null is as the viewer opens it. */
  view: viewSchema.nullable().default(null),
  /** On a page of its own, the heat map of the answer. */
  heat: z.boolean().default(false),
})
export type ReportOptions = z.infer<typeof reportOptionsSchema>

/** A finished report. */
export const reportFileSchema = z.strictObject({
  fileName: z.string(),
  pages: z.int(),
  /** The PDF, in base64. */
  pdf: z.string(),
})
