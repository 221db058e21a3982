import type { DataSet } from './data-set.ts'
import type { Keyword } from './dictionary.ts'

/**
 * Where a frame's attributes of one functional group are: in its own groups, in those that all frames share, or in an
 * older object at the top of the file (PS3.3, C.7.6.16).
 */
export function groupOf(set: DataSet, frame: number, sequence: Keyword): DataSet {
  return statedGroup(set, frame, sequence) ?? set
}

/** As `groupOf`, without what stands at the top of the file; undefined where no group says it. */
export function statedGroup(set: DataSet, frame: number, sequence: Keyword): DataSet | undefined {
  const own = set.items('PerFrameFunctionalGroups')[frame]?.items(sequence)[0]
  return own ?? set.items('SharedFunctionalGroups')[0]?.items(sequence)[0]
}
