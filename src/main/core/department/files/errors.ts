import { GyrusError } from '../../../../shared/errors.ts'

/** The store does not answer, or not now. */
export const isAway = (error: unknown): boolean => error instanceof GyrusError && error.code === 'files-unreachable'

/** The store has no such file, or another one under its name. */
export const isLost = (error: unknown): boolean =>
  error instanceof GyrusError && (error.code === 'files-missing' || error.code === 'files-altered')
