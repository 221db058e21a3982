import { z } from 'zod'
import {
  CHANGES,
  type Change,
  changesOf,
  changesSchema,
  type ReadingCount,
  type ShareOf,
  shareOf,
  shareOfSchema,
} from './reading-changes.ts'

export const STANCES = ['agreed', 'overruled', 'cannot-tell'] as const
/** What a signed verdict made of the answer: it says the same, something else, or does not say what it is. */
export type Stance = (typeof STANCES)[number]

/** Verdicts of one stance in cases that a third reader decided, that say what it came to, or do not. */
export interface JudgedCount {
  stance: Stance
  right: boolean
  n: number
}

/** What readers made of the answers, and what that was worth where the truth is known: where a third reader decided. */
export const interplaySchema = z.strictObject({
  /** Readings that began with an impression. */
  readings: changesSchema,
  /** Of these, by what became of the impression: those that ended right, of those whose truth is known. */
  right: z.record(z.enum(CHANGES), shareOfSchema),
  /** Verdicts in adjudicated cases, with an impression before them or not: those that are right. */
  judged: z.record(z.enum(STANCES), shareOfSchema),
})
export type Interplay = z.infer<typeof interplaySchema>

/** What is counted of signed cases. */
interface Signed {
  signed: number
  agreement: ShareOf
  cannotTell: ShareOf
}

/** Of signed cases, those whose standing verdict is each stance. */
export function stancesOf({ signed, agreement, cannotTell }: Signed): Record<Stance, ShareOf> {
  return {
    agreed: shareOf(agreement.of, signed),
    overruled: shareOf(agreement.n - agreement.of, signed),
    'cannot-tell': cannotTell,
  }
}

export function interplayOf(counts: ReadingCount[], judged: JudgedCount[]): Interplay {
  const ended = (change: Change) => {
    const known = counts.filter((one) => one.change === change && one.truth !== 'unknown')
    const right = known.filter(({ truth }) => truth === 'better' || truth === 'still-right')
    return shareOf(total(right), total(known))
  }
  const of = (stance: Stance) => {
    const all = judged.filter((one) => one.stance === stance)
    return shareOf(total(all.filter(({ right }) => right)), total(all))
  }
  return {
    readings: changesOf(counts),
    right: {
      ...{ unchanged: ended('unchanged'), towards: ended('towards') },
      ...{ away: ended('away'), elsewhere: ended('elsewhere') },
    },
    judged: { agreed: of('agreed'), overruled: of('overruled'), 'cannot-tell': of('cannot-tell') },
  }
}

const total = (counts: { n: number }[]) => counts.reduce((sum, { n }) => sum + n, 0)
