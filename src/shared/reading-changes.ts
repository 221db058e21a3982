import { z } from 'zod'
import type { Source } from './cases.ts'

export const CHANGES = ['unchanged', 'towards', 'away', 'elsewhere'] as const
/**
 * What became of a reader's impression once the answer was shown: the same in the signed verdict; now what the answer says;
 * no longer what the answer says; or something else than either.
 */
export type Change = (typeof CHANGES)[number]

export const TRUTHS = ['unknown', 'better', 'worse', 'still-right', 'still-wrong'] as const
/** What it was worth, by the adjudicated label: wrong before and right after; the other way round; right, or wrong, twice. */
export type Truth = (typeof TRUTHS)[number]

/** Instants between which readings were signed, UTC; `until` is not in it. */
export const readingSpanSchema = z.strictObject({
  from: z.iso.datetime().nullable().default(null),
  until: z.iso.datetime().nullable().default(null),
})
export type ReadingSpan = z.infer<typeof readingSpanSchema>

/**
 * Which readings: of a span of time, and where they are not null of one model's answers, and of cases from one source, one
 * scanner, one sequence ('' is not said by the file).
 */
export interface ReadingFilter extends ReadingSpan {
  model?: string | null
  source?: Source | null
  scanner?: string | null
  sequence?: string | null
}

/** Readings of one reader and one day (UTC, `2026-11-20`) that have this in common. */
export interface ReadingCount {
  reader: string
  day: string
  change: Change
  truth: Truth
  n: number
}

/** `of` out of `n`, with the 95 % interval of the share by Wilson's score; null where `n` is 0. */
export const shareOfSchema = z.strictObject({
  of: z.int(),
  n: z.int(),
  low: z.number().min(0).max(1).nullable(),
  high: z.number().min(0).max(1).nullable(),
})
export type ShareOf = z.infer<typeof shareOfSchema>

/** Readings, of how many the impression and the signed verdict are what. Shares of `changes` are of all readings. */
export const changesSchema = z.strictObject({
  n: z.int(),
  changes: z.record(z.enum(CHANGES), shareOfSchema),
  /** Readings whose truth is known; the shares of `truths` are of these. */
  known: z.int(),
  truths: z.record(z.enum(TRUTHS).exclude(['unknown']), shareOfSchema),
})
export type Changes = z.infer<typeof changesSchema>

export const readingChangesSchema = z.strictObject({
  /** When it was counted, from this installation's record. */
  at: z.iso.datetime(),
  ...readingSpanSchema.shape,
  /** Whose readings: one reader's own, or all. */
  of: z.string().nullable(),
  all: changesSchema,
  readers: z.array(changesSchema.extend({ reader: z.string() })),
  /** Oldest first. */
  months: z.array(changesSchema.extend({ month: z.string() })),
})
export type ReadingChanges = z.infer<typeof readingChangesSchema>

/** The standard normal quantile of 97.5 %. */
const Z = 1.959963984540054

/**
 * The share `of` / `n` with its 95 % interval by the score method: E. B. Wilson, “Probable inference, the law of
 * succession, and statistical inference”, J. Am. Stat. Assoc. 22 (1927) 209–212.
 */
export function shareOf(of: number, n: number): ShareOf {
  if (n === 0) return { of, n, low: null, high: null }
  const p = of / n
  const scale = 1 + Z ** 2 / n
  const centre = p + Z ** 2 / (2 * n)
  const half = Z * Math.sqrt((p * (1 - p)) / n + Z ** 2 / (4 * n ** 2))
  return { of, n, low: Math.max(0, (centre - half) / scale), high: Math.min(1, (centre + half) / scale) }
}

/** What counts come to. */
export function changesOf(counts: ReadingCount[]): Changes {
  const sum = (fits: (count: ReadingCount) => boolean) =>
    counts.filter(fits).reduce((total, count) => total + count.n, 0)
  const n = sum(() => true)
  const known = sum(({ truth }) => truth !== 'unknown')
  const change = (name: Change) =>
    shareOf(
      sum((one) => one.change === name),
      n,
    )
  const truth = (name: Truth) =>
    shareOf(
      sum((one) => one.truth === name),
      known,
    )
  return {
    n,
    changes: {
      unchanged: change('unchanged'),
      towards: change('towards'),
      away: change('away'),
      elsewhere: change('elsewhere'),
    },
    known,
    truths: {
      better: truth('better'),
      worse: truth('worse'),
      'still-right': truth('still-right'),
      'still-wrong': truth('still-wrong'),
    },
  }
}
