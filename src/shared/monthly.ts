import { z } from 'zod'
import { PAPERS } from './report.ts'

/** A calendar month, UTC: `2026-11`. */
export const monthSchema = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/)

/** How a department is called at the head of its reports. */
export const departmentSchema = z.string().trim().max(120)

/** What is asked for when somebody wants a month as a PDF. */
export const monthlyOptionsSchema = z.strictObject({
  month: monthSchema,
  paper: z.enum(PAPERS).default('a4'),
  department: departmentSchema.default(''),
})
export type MonthlyOptions = z.infer<typeof monthlyOptionsSchema>

/** The month of an instant. */
export const monthOf = (at: string | Date): string => new Date(at).toISOString().slice(0, 7)
