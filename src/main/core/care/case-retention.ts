import { timeNow } from '../../../shared/clock.ts'
import { GyrusError } from '../../../shared/errors.ts'
import { hasRules, type RetentionRun } from '../../../shared/retention.ts'
import type { Store, VerifyFollowing } from '../../store/types.ts'
import type { DataFolder } from '../data-folder.ts'
import { findDue, type Share } from './due.ts'
import { saltedReason } from './reason.ts'
import { removeScans, type Settled } from './remove-scans.ts'

interface Parts {
  folder: DataFolder
  store: Store
  settled?: Settled
}

/** Cases of one transaction: a kill leaves whole ones, and nobody waits long behind it. */
const CHUNK = 50

/**
 * Refuses to go by a clock that went on by more than 30 days at once, or while Gyrus was not at work: nobody has said yet
 * that the time is right.
 *
 * @throws GyrusError `retention-clock`
 */
export async function checkClock(store: Store, now: Date): Promise<void> {
  const { clockSeq } = await store.retentionSettings()
  const jump = await store.findJump(clockSeq, now.toISOString())
  if (jump) throw new GyrusError('retention-clock', { before: day(jump.before), after: day(jump.after) })
}

const day = (instant: string) => instant.slice(0, 10)

/** An administrator says that it is right. Nothing is logged where there was no doubt. */
export async function confirmClock(store: Store, by: string, now: Date = new Date()): Promise<void> {
  const { clockSeq } = await store.retentionSettings()
  const jump = await store.findJump(clockSeq, now.toISOString())
  if (jump) await store.confirmClock(jump, by)
}

/**
 * Takes away what is due by the department's rules: whole cases the way an erasure does, images with a tombstone of their
 * own. Each case has an entry that names the rule.
 *
 * @throws GyrusError `retention-off`, `retention-clock`, `cancelled`, and what the record gives
 */
export async function runRetention(
  parts: Parts,
  { by, now }: { by: string; now: Date },
  { signal, onProgress }: VerifyFollowing = {},
): Promise<RetentionRun> {
  const { store } = parts
  const { rules } = await store.retentionSettings()
  if (!hasRules(rules)) throw new GyrusError('retention-off')
  await checkClock(store, now)
  const { shares, plan } = await findDue(store, rules, now)
  const total = plan.cases.cases + plan.images.cases
  let done = 0
  for (const share of shares) {
    for (let first = 0; first < share.cases.length; first += CHUNK) {
      if (signal?.aborted) throw new GyrusError('cancelled')
      const caseIds = share.cases.slice(first, first + CHUNK).map(({ id }) => id)
      await takeAway(parts, share, caseIds, by)
      done += caseIds.length
      onProgress?.({ stage: 'retention', done, total })
    }
  }
  const { files, bytes } = plan
  const run = { at: timeNow(), cases: plan.cases.cases, images: plan.images.cases, files, bytes }
  await store.logRetention(run, by)
  return run
}

async function takeAway(parts: Parts, { rule, what }: Share, caseIds: string[], by: string): Promise<void> {
  const { store, settled } = parts
  const erasure = { caseIds, by, rule }
  const { scans } =
    what === 'image' ? await store.removeImages(erasure) : await store.erase({ ...erasure, reason: saltedReason(rule) })
  await removeScans(parts, scans, settled)
}
