import { mean, type Share, share } from './share.ts'

/** Each group's share of images with the flag; images whose flag is null do not count, groups of only such give null. */
export function groupShares(groups: number[][], flags: (boolean | null)[]): Share[] {
  return groups.map((members) => {
    const counted = members.filter((image) => flags[image] !== null)
    return share(counted.filter((image) => flags[image]).length, counted.length)
  })
}

/**
 * Mean over groups of their shares, so that a group with many images weighs no more than one with a single image.
 * `weights`: how often each image was drawn, the same within a group.
 */
export function groupMean(groups: number[][], shares: Share[], weights?: ArrayLike<number>): Share {
  if (!weights) return mean(shares)
  let [sum, count] = [0, 0]
  shares.forEach((value, g) => {
    const weight = weights[groups[g]?.[0] as number] as number
    if (value === null) return
    sum += weight * value
    count += weight
  })
  return share(sum, count)
}
