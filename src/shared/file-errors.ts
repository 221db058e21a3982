import { type ErrorCode, GyrusError } from './errors.ts'

/** The operating system's error names and what they mean to a user. */
const CODES: Record<string, ErrorCode> = {
  ENOENT: 'file-missing',
  ENOTDIR: 'file-missing',
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
  EROFS: 'database-read-only',
}

/** A file system error as one of ours; whatever has no name of its own is `file-unreadable` with the system's name. */
export function asFileError(error: unknown): GyrusError {
  if (error instanceof GyrusError) return error
  const name = (error as { code?: unknown } | null)?.code
  const reason = typeof name === 'string' ? name : String(error)
  return new GyrusError(CODES[reason] ?? 'file-unreadable', { reason }, { cause: error })
}
