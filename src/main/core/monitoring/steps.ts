import type { Step } from '../../../shared/monitoring.ts'

/** A calendar month, or a week from Monday, UTC; `until` is not in it. */
export interface Period {
  from: string
  until: string
}

/** The last ones up to now, oldest first; the one that runs is the last. */
export function lastPeriods(step: Step, steps: number, now: Date): Period[] {
  const starts = Array.from({ length: steps + 1 }, (_, i) => startOf(step, now, i + 1 - steps))
  return starts.slice(0, -1).map((from, i) => ({ from, until: starts[i + 1] as string }))
}

/** A calendar month by its name, `2026-11`. */
export function monthPeriod(month: string): Period {
  const from = new Date(`${month}-01T00:00:00.000Z`)
  return { from: from.toISOString(), until: startOf('month', from, 1) }
}

/** A span of time in pieces that end with each day, UTC. */
export function daysIn({ from, until }: Period): Period[] {
  const days: Period[] = []
  for (let start = from; start < until; ) {
    const [year, month, day] = start.slice(0, 10).split('-').map(Number) as [number, number, number]
    const midnight = new Date(Date.UTC(year, month - 1, day + 1)).toISOString()
    const end = midnight < until ? midnight : until
    days.push({ from: start, until: end })
    start = end
  }
  return days
}

/** When the period begins that is `later` ones after that of `now`. */
function startOf(step: Step, now: Date, later: number): string {
  const [year, month, day] = [now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()]
  const time =
    step === 'month' ? Date.UTC(year, month + later, 1) : Date.UTC(year, month, day - weekday(now) + 7 * later)
  return new Date(time).toISOString()
}

/** Days since Monday. */
const weekday = (date: Date) => (date.getUTCDay() + 6) % 7
