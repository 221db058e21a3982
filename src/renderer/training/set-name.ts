import { texts } from '../texts.ts'

/** The frozen set of a run or search; null where its files were named by a path. */
export const setName = (set: { name: string; version: number } | null): string =>
  set ? `${set.name}@${set.version}` : texts.training.otherSet
