/** Beyond these an archive is refused as a whole. A CD has some thousand files and 700 MB. */
export const MAX_ENTRIES = 50_000
export const MAX_TOTAL_BYTES = 20 * 2 ** 30
/** One file in it, as any other file. */
export const MAX_ENTRY_BYTES = 512 * 2 ** 20
/** Deflate comes to some 1,030 times at most, images to 2 to 10 times, black ones to a few hundred. */
export const MAX_RATIO = 200
/** Less than this is unpacked whatever its ratio: a black slice is no attack. */
export const RATIO_COUNTS_FROM = 16 * 2 ** 20
/** A sealed archive is read in memory. */
export const MAX_SEALED_BYTES = 512 * 2 ** 20
/** Entries looked at for one answer. */
export const PAGE = 500
