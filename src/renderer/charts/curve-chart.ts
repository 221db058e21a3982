/** An axis of shares: from and to in 0–1, told in percent. */
export interface ShareAxis {
  name: string
  from: number
  to: number
}

/** One line, or one set of dots, over two shares. */
export interface Curve {
  name: string
  /** Told in the legend, e.g. an area under the line. */
  value?: string
  /** From which data, which model and when; told on hover. */
  about?: string
  mark: 'line' | 'dots'
  /** `low` and `high`: ends of an interval of y. `weight`: 0–1, the area of a dot. `note`: told on hover and in the table. */
  points: { x: number; y: number; low?: number; high?: number; weight?: number; note?: string }[]
}

/** The end of an axis that holds `value` and has round parts. */
export const niceEnd = (value: number): number =>
  [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5].find((end) => end >= value) ?? 1

export const WHOLE = { from: 0, to: 1 } as const
export const LOW_CORNER = { from: 0, to: 0.2 } as const
export const HIGH_CORNER = { from: 0.8, to: 1 } as const
