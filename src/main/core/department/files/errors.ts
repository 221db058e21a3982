import { GyrusError } from '../../../../shared/errors.ts'

const AWAY: ReadonlySet<string> = new Set(['files-unreachable', 'files-unmarked', 'files-gone', 'files-other-record'])

/** The store does not answer, or the shared folder is not there: its drive may be connected again. No file is to blame. */
export const areFilesAway = (error: unknown): boolean => error instanceof GyrusError && isAway(error.code)

/** The same by the code. */
export const isAway = (code: string): boolean => AWAY.has(code)

/** The store has no such file, or another one under its name. */
export const isLost = (error: unknown): boolean =>
  error instanceof GyrusError && (error.code === 'files-missing' || error.code === 'files-altered')
