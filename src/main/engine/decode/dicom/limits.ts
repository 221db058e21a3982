/** Nested sequences. Standard objects have fewer than ten levels. */
export const MAX_DEPTH = 32
/** Elements of a file, those in sequences included: an Enhanced MR of 5,000 frames with 100 a frame has half of them. */
export const MAX_ELEMENTS = 1_000_000
/** Frames of a file. */
export const MAX_FRAMES = 20_000
/** Bytes that a deflated data set may become: what the largest file that is opened has uncompressed. */
export const MAX_INFLATED = 512 * 2 ** 20
