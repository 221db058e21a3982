import { trendOf } from '../bench/support/trend.ts'
import type { Sample } from './sample.ts'

/** Caches, pools and compiled code fill up first: so large a share of the time does not count. */
export const WARM_UP = 0.3

interface Quantity {
  what: string
  unit: 'MB' | 'files'
  of: (sample: Sample) => number | null
  /** How much it may grow after the warm-up, and how much it may be at most. */
  growth: number | null
  most: number | null
}

/** What is told a leak. The limits are for the whole time, so that a longer run finds smaller ones. */
export const QUANTITIES: readonly Quantity[] = [
  { what: 'memory of the core', unit: 'MB', of: ({ coreRss }) => coreRss, growth: 96, most: null },
  { what: 'heap of the core, collected', unit: 'MB', of: ({ coreHeap }) => coreHeap, growth: 16, most: null },
  { what: 'open files of the core', unit: 'files', of: ({ coreFiles }) => coreFiles, growth: 8, most: null },
  { what: 'memory of the engine', unit: 'MB', of: ({ engineRss }) => engineRss, growth: 96, most: null },
  { what: 'open files of the engine', unit: 'files', of: ({ engineFiles }) => engineFiles, growth: 8, most: null },
  { what: 'memory of trainings and all else', unit: 'MB', of: ({ othersRss }) => othersRss, growth: null, most: null },
  { what: 'write-ahead log of the database', unit: 'MB', of: ({ wal }) => wal, growth: 16, most: 128 },
  { what: 'temporary files', unit: 'files', of: (one) => one.temporaryFiles, growth: 32, most: null },
]

export interface Finding {
  what: string
  unit: string
  first: number | null
  last: number | null
  most: number | null
  /** Per hour, and over the time after the warm-up, by a line of Theil and Sen; null with fewer than two samples. */
  perHour: number | null
  growth: number | null
  limits: string
  leak: boolean
}

/** @param left what is still there once all is closed: processes, temporary files */
export function judge(samples: readonly Sample[], left: Readonly<Record<string, number>>): Finding[] {
  const end = samples.at(-1)?.at ?? 0
  const found = QUANTITIES.map((quantity) => judgeOne(quantity, samples, WARM_UP * end))
  const rest = Object.entries(left).map(([what, count]) => ({
    ...{ what, unit: '', first: null, last: count, most: null, perHour: null, growth: null },
    limits: 'none',
    leak: count > 0,
  }))
  return [...found, ...rest]
}

function judgeOne({ what, unit, of, growth, most }: Quantity, samples: readonly Sample[], from: number): Finding {
  const known = samples.flatMap((sample) => {
    const value = of(sample)
    return value === null ? [] : [{ at: sample.at, value }]
  })
  const later = known.filter(({ at }) => at >= from)
  const trend = trendOf(later)
  const highest = known.length > 0 ? Math.max(...known.map(({ value }) => value)) : null
  const grown = growth !== null && trend !== null && trend.growth > growth
  const high = most !== null && highest !== null && highest > most
  const limits = [growth === null ? '' : `grows ≤ ${growth}`, most === null ? '' : `≤ ${most}`].filter(Boolean)
  return {
    ...{ what, unit, first: later[0]?.value ?? null, last: later.at(-1)?.value ?? null, most: highest },
    perHour: trend && 3600 * trend.slope,
    growth: trend?.growth ?? null,
    limits: limits.join(', '),
    leak: grown || high,
  }
}

/** A table for a terminal. */
export function tableOf(findings: readonly Finding[]): string {
  const number = (value: number | null) => (value === null ? '–' : value.toFixed(1))
  const head = ['', 'after warm-up', 'at the end', 'most', 'per hour', 'growth', 'limit', '']
  const lines = findings.map(({ what, unit, first, last, most, perHour, growth, limits, leak }) => [
    unit ? `${what}, ${unit}` : what,
    ...[first, last, most, perHour, growth].map(number),
    limits,
    leak ? 'LEAK' : '',
  ])
  const widths = head.map((_, column) => Math.max(...[head, ...lines].map((line) => (line[column] ?? '').length)))
  const padded = (line: string[]) =>
    line.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
  return [head, ...lines].map((line) => padded(line).join('  ').trimEnd()).join('\n')
}
