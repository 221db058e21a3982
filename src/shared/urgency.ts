import { z } from 'zod'
import { decimals } from './language.ts'

const weight = z.number().min(0).max(10)

/** How the work list says which unread case comes first: points for what the model says, and for each day of waiting. */
export const urgencyRuleSchema = z
  .strictObject({
    /** For a probability of a tumour of 1. */
    tumour: weight,
    /** For a confidence in the answer of 0. */
    uncertainty: weight,
    /** For each day since the case was received. */
    waiting: weight,
  })
  .refine((rule) => Object.values(rule).some((points) => points > 0), 'nothing would count')
export type UrgencyRule = z.infer<typeof urgencyRuleSchema>

export const DEFAULT_URGENCY: UrgencyRule = { tumour: 1, uncertainty: 0.5, waiting: 0.1 }

/** The parts of a rule. */
export const URGENCY_WORDS = {
  tumour: (points: string) => `${points} × tumour probability`,
  uncertainty: (points: string) => `${points} × (1 − confidence)`,
  waiting: (points: string) => `${points} a day of waiting`,
}

/** As it stands over the list. */
export function urgencyInWords({ tumour, uncertainty, waiting }: UrgencyRule): string {
  const parts = [
    tumour > 0 ? URGENCY_WORDS.tumour(decimals(`${tumour}`)) : null,
    uncertainty > 0 ? URGENCY_WORDS.uncertainty(decimals(`${uncertainty}`)) : null,
    waiting > 0 ? URGENCY_WORDS.waiting(decimals(`${waiting}`)) : null,
  ].filter((part) => part !== null)
  return parts.join(' + ')
}
