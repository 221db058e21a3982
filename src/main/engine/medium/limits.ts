/** A record has some 500 bytes. */
export const MAX_DIRECTORY_BYTES = 64 * 2 ** 20
/** As entries of a ZIP file. A CD has some thousand images, a DVD ten thousand. */
export const MAX_RECORDS = 50_000
/** Characters of a File ID that are shown; it has eight parts of eight at most. */
export const MAX_SHOWN = 200
