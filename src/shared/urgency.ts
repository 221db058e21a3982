import { z } from 'zod'
import { formatConfidence } from './labels.ts'
import { decimals, fixed } from './language.ts'

const weight = z.number().min(0).max(10)

/** What a case gets points for. The first two need an answer; of the last two at most one counts, in their place. */
export const URGENCY_PARTS = ['tumour', 'uncertainty', 'waiting', 'unjudged', 'unreadable'] as const
export type UrgencyPart = (typeof URGENCY_PARTS)[number]

/** How the work list says which case comes first of those that wait for a reader: points for what is known of it. */
export const urgencyRuleSchema = z
  .strictObject({
    /** For a probability of a tumour of 1. */
    tumour: weight,
    /** For a confidence in the answer of 0. */
    uncertainty: weight,
    /** For each day since the case was received. */
    waiting: weight,
    /** Where the model gives no answer: it does not judge the image, or has not looked at it yet. */
    unjudged: weight,
    /** Where the file cannot be read, or its analysis failed. */
    unreadable: weight,
  })
  .refine((rule) => Object.values(rule).some((points) => points > 0), 'nothing would count')
export type UrgencyRule = z.infer<typeof urgencyRuleSchema>

/**
 * An image that is called a tumour has 0.75 points or more, one that is called none 0.75 or less: what is not judged comes
 * between them, what cannot be read before what the model is sure has none.
 */
export const DEFAULT_URGENCY: UrgencyRule = {
  ...{ tumour: 1, uncertainty: 0.5, waiting: 0.1 },
  ...{ unjudged: 0.7, unreadable: 0.3 },
}

/** The points of a case that waits for a reader, and what they are made of. */
export const urgencySchema = z.strictObject({
  points: z.number(),
  /** Those that count for it: `points` is `each` of the rule times `of`. */
  parts: z.array(z.strictObject({ part: z.enum(URGENCY_PARTS), each: z.number(), of: z.number(), points: z.number() })),
})
export type Urgency = z.infer<typeof urgencySchema>

/** What is known of a case that waits for a reader. */
export interface Waiting {
  /** Whether its analysis failed. */
  failed: boolean
  /** Probability of any tumour, and that of what it is called, 0–1; null where the model gives no answer. */
  answer: { tumour: number; confidence: number } | null
  /** Since it was received. */
  days: number
}

/** As the record keeps it in `cases.urgency`, but for the days that all cases gain alike. */
export function urgencyOf(rule: UrgencyRule, { failed, answer, days }: Waiting): Urgency {
  const judged = failed ? null : answer
  const counts: [UrgencyPart, number][] = judged
    ? [
        ['tumour', judged.tumour],
        ['uncertainty', 1 - judged.confidence],
      ]
    : [[failed ? 'unreadable' : 'unjudged', 1]]
  counts.push(['waiting', days])
  const parts = counts.map(([part, of]) => ({ part, each: rule[part], of, points: rule[part] * of }))
  return { points: parts.reduce((sum, { points }) => sum + points, 0), parts: parts.filter(({ each }) => each > 0) }
}

/** The parts of a rule. */
export const URGENCY_WORDS = {
  tumour: (points: string) => `${points} × tumour probability`,
  uncertainty: (points: string) => `${points} × (1 − confidence)`,
  waiting: (points: string) => `${points} a day of waiting`,
  unjudged: (points: string) => `${points} where the model gives no answer`,
  unreadable: (points: string) => `${points} where the file cannot be read`,
}

/** The parts of a case's points: what it got, and for how much. */
export const URGENCY_PARTS_WORDS = {
  tumour: (points: string, of: string) => `${points} for a tumour probability of ${of}`,
  uncertainty: (points: string, of: string) => `${points} for doubt of ${of}`,
  waiting: (points: string, days: string) => `${points} for ${days} days of waiting`,
  unjudged: (points: string, _: string) => `${points} for no answer of the model`,
  unreadable: (points: string, _: string) => `${points} for a file that cannot be read`,
}

/** As it stands over the list; an older entry of the audit trail has fewer parts. */
export function urgencyInWords(rule: Partial<UrgencyRule>): string {
  const parts = URGENCY_PARTS.flatMap((part) => {
    const points = rule[part] ?? 0
    return points > 0 ? [URGENCY_WORDS[part](decimals(`${points}`))] : []
  })
  return parts.join(' + ')
}

/** `1.03 = 0.98 for a tumour probability of 0.98 + 0.01 for doubt of 0.02 + 0.04 for 0.4 days of waiting`; without what rounds to nothing. */
export function pointsInWords({ points, parts }: Urgency): string {
  const counts = parts.filter((part) => part.points >= 0.005)
  const said = (counts.length > 0 ? counts : parts).map(({ part, of, points: own }) =>
    URGENCY_PARTS_WORDS[part](fixed(own, 2), part === 'waiting' ? fixed(of, 1) : formatConfidence(of)),
  )
  return `${fixed(points, 2)} = ${said.join(' + ')}`
}
