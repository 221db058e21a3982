import type { Count } from '../../../shared/tumour-evaluation.ts'
import { groupMean, groupShares } from './group-means.ts'
import { type Share, share } from './share.ts'

/** Of the images `among`, those with the flag: a count, and a function of how often each image was drawn. */
export interface Counted {
  count: Count
  weighted(weights: ArrayLike<number>): { share: Share; groupMean: Share }
}

export function counted(flags: boolean[], among: boolean[], groups: number[][] | null): Counted {
  const members = among.flatMap((counts, i) => (counts ? [i] : []))
  const hits = members.filter((i) => flags[i])
  const shares =
    groups &&
    groupShares(
      groups,
      flags.map((flag, i) => (among[i] ? flag : null)),
    )
  const meanOf = (weights?: ArrayLike<number>) => (groups && shares ? groupMean(groups, shares, weights) : null)
  const total = (images: number[], weights: ArrayLike<number>) =>
    images.reduce((sum, i) => sum + (weights[i] as number), 0)
  return {
    count: {
      n: hits.length,
      of: members.length,
      share: share(hits.length, members.length),
      groupMean: meanOf(),
    },
    weighted: (weights) => ({
      share: share(total(hits, weights), total(members, weights)),
      groupMean: meanOf(weights),
    }),
  }
}
