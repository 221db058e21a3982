/** 0–1, or null where there is nothing to take a share of. Never NaN, which JSON does not know. */
export type Share = number | null

export const share = (part: number, whole: number): Share => (whole > 0 ? part / whole : null)

/** Of the values that are there. */
export function mean(values: Share[]): Share {
  const known = values.filter((value) => value !== null)
  return share(
    known.reduce((total, value) => total + value, 0),
    known.length,
  )
}
