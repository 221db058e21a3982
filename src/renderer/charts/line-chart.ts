/** One line of a chart. */
export interface Line {
  name: string
  /**
   * In the order of x; a `y` of null leaves a gap. `low` and `high`: the ends of its interval. `note`: what it stands on,
   * told on hover and in the table.
   */
  points: { x: number; y: number | null; low?: number; high?: number; note?: string }[]
}

/** Told apart without colours too: by dash and by mark. The colours are Okabe and Ito's (2008), for colour-blind readers. */
export const STYLES = [
  { colour: 'var(--series-1)', dash: '' },
  { colour: 'var(--series-2)', dash: '6 3' },
  { colour: 'var(--series-3)', dash: '2 3' },
  { colour: 'var(--series-4)', dash: '8 3 2 3' },
  { colour: 'var(--series-5)', dash: '12 4' },
] as const

/** From the least to the largest value, intervals included; null where there is none. */
export function extent(values: (number | null | undefined)[]): [number, number] | null {
  const known = values.filter((value) => value !== null && value !== undefined)
  return known.length === 0 ? null : [Math.min(...known), Math.max(...known)]
}
