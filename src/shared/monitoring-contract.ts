import { z } from 'zod'
import { limitsSchema, monitoringQuerySchema, monitoringStatusSchema, useReportSchema } from './monitoring.ts'
import { monthlyOptionsSchema } from './monthly.ts'
import { reportFileSchema } from './report.ts'

/** The part of the contract that is about how the model does in use. */
export const monitoringContract = {
  /** Alarms: for whoever reads with the model, too. */
  'monitoring.status': { may: 'read', input: z.strictObject({}), output: monitoringStatusSchema },
  /** Figures by month or week, from signed cases. */
  'monitoring.report': { may: 'oversee', input: monitoringQuerySchema, output: useReportSchema },
  /** How many months or weeks of a report that is being made are counted; null where none is. */
  'monitoring.counting': {
    may: 'oversee',
    input: z.strictObject({}),
    output: z.strictObject({ done: z.int(), total: z.int() }).nullable(),
  },
  /** A month as a PDF. */
  'monitoring.monthly': { may: 'oversee', input: monthlyOptionsSchema, output: reportFileSchema },
  /** From when on there is an alarm. */
  'monitoring.limits': { may: 'oversee', input: z.strictObject({}), output: limitsSchema },
  'monitoring.set-limits': { may: 'administer', input: limitsSchema, output: z.strictObject({}) },
} as const
