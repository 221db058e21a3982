import type { GyrusError } from '../../../shared/errors.ts'

/** Between two tries, ms: the first doubles up to the second. */
const FIRST_MS = 30_000
const LONGEST_MS = 60 * 60_000
/** A weekend: from when it was asked for, ms. */
const GIVE_UP_MS = 3 * 24 * 60 * 60_000

/** What may be otherwise the next time: the PACS, the way there, this machine. The rest is in the case itself. */
const PASSING = /^(pacs|engine|database)-|^disk-full$|^internal$/
/** That connection is gone for good. */
const FOR_GOOD = ['pacs-unknown']

/**
 * When a try that failed is made again; null for never.
 *
 * @param tries made so far, with this one
 */
export function nextTry(error: GyrusError, tries: number, askedAt: string, now: number): string | null {
  if (!PASSING.test(error.code) || FOR_GOOD.includes(error.code)) return null
  const at = now + Math.min(FIRST_MS * 2 ** (tries - 1), LONGEST_MS)
  return at - Date.parse(askedAt) > GIVE_UP_MS ? null : new Date(at).toISOString()
}
