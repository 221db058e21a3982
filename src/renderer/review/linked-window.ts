/** From black to white, in measured values. */
interface Range {
  lower: number
  upper: number
}

/**
 * The window of a second image that changed as much from its own (`own`) as that of the first did from its (`opening`).
 * Values of MR mean nothing across scanners, so that the same numbers would not do.
 */
export function linked(now: { width: number; level: number }, opening: Range, own: Range): Range {
  const [before, after] = [opening.upper - opening.lower || 1, own.upper - own.lower || 1]
  const width = (now.width / before) * after
  const level = (own.upper + own.lower) / 2 + ((now.level - (opening.upper + opening.lower) / 2) / before) * after
  return { lower: level - width / 2, upper: level + width / 2 }
}
