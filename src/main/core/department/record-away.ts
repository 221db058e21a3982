import { GyrusError } from '../../../shared/errors.ts'

/** Whether this is what the store says while the department's record is away; it is there again some time. */
export const isRecordAway = (error: unknown): boolean =>
  error instanceof GyrusError && (error.code === 'database-unreachable' || error.code === 'database-locked')
