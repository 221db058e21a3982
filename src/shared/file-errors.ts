import { type ErrorCode, GyrusError } from './errors.ts'

/** The operating system's error names and what they mean to a user. */
const CODES: Record<string, ErrorCode> = {
  ENOENT: 'file-missing',
  ENOTDIR: 'file-missing',
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
  EROFS: 'database-read-only',
}

/** What fails when the data folder is written is that folder, whatever file it was about. */
export function asDataFolderError(error: unknown, path: string): GyrusError {
  const known = asFileError(error)
  if (known.code === 'disk-full') return known
  return new GyrusError('data-folder-unusable', { path, reason: known.details.reason ?? known.code }, { cause: error })
}

/** A file system error as one of ours; whatever has no name of its own is `file-unreadable` with the system's name. */
export function asFileError(error: unknown): GyrusError {
  if (error instanceof GyrusError) return error
  const name = (error as { code?: unknown } | null)?.code
  const reason = typeof name === 'string' ? name : String(error)
  return new GyrusError(CODES[reason] ?? 'file-unreadable', { reason }, { cause: error })
}
