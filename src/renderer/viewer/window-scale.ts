import type { Types } from '@cornerstonejs/core'

/** `value × slope + intercept` is what was measured; null where values are only greys. */
export type Scale = { slope: number; intercept: number } | null

const NONE = { slope: 1, intercept: 0 }

/** A window of stored values as one of measured ones, and (`stored`) back: the stored values of slices may differ. */
export const measured = ({ lower, upper }: Types.VOIRange, scale: Scale): Types.VOIRange => {
  const { slope, intercept } = scale ?? NONE
  return inOrder(lower * slope + intercept, upper * slope + intercept)
}

export const stored = ({ lower, upper }: Types.VOIRange, scale: Scale): Types.VOIRange => {
  const { slope, intercept } = scale ?? NONE
  return inOrder((lower - intercept) / slope, (upper - intercept) / slope)
}

const inOrder = (one: number, other: number) => ({ lower: Math.min(one, other), upper: Math.max(one, other) })
